"""Makes the chart of a story: takes, pain, scores, diary, notes, what was measured by hand."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import numpy as np

from motion.clinic import (
    AnnotationDetails,
    ByHand,
    DiaryDetails,
    MadeUpChart,
    MadeUpDiary,
    MadeUpHand,
    MadeUpTake,
    MadeUpTarget,
    OutcomeDetails,
    OutcomeItem,
)
from motion.demo.courses import Visit, list_visits
from motion.demo.guided import ask_pain, choose_guided, film_steps, write_guided
from motion.demo.story import Pain, Story
from motion.demo.takes import Cast, film_visits

__all__ = ["tell_story"]

_DAYS_PER_SCORE: Final = 14
_DONE_SHARE: Final = 0.8
_HAND_OFF_DEG: Final = 2.5
_LAST_WITH_MORE_PAIN: Final = 2
_WHO: Final = "demo (made up)"


def tell_story(cast: Cast, code: str, takes: int, today: date) -> MadeUpChart:
    """Return the chart of the patient of this code, with so many takes."""
    story = cast.story
    rng = np.random.default_rng([cast.seed, cast.number])
    guided = choose_guided(story.guided, takes)
    of_steps = film_steps(guided, today)
    own = list_visits(story.courses, takes - len(of_steps), today, rng)
    visits = sorted([*own, *of_steps.values()], key=lambda visit: visit.day)
    begins = today - timedelta(days=story.begins_day)
    answers = ask_pain(guided, today)
    outcomes = (
        *answers.values(),
        *_pain_scores(story, begins, today),
        *_activity_scores(story, begins, today),
        *_total_scores(story, begins, today),
    )
    begins_at = datetime.combine(begins, time(8), UTC)
    filmed = film_visits(cast, visits, _answers(story, visits, begins))
    settings = story.settings
    return MadeUpChart(
        patient=replace(story.patient, code=code),
        begins_at=begins_at,
        takes=filmed,
        settings=settings,
        items=story.items if settings is not None else (),
        diary=_diary(story, today, rng) if settings is not None else (),
        targets=tuple(
            MadeUpTarget(details=target, set_at=begins_at + timedelta(days=1))
            for target in story.targets
        ),
        annotations=tuple(
            AnnotationDetails(day=today - timedelta(days=days), kind=kind, text=words)
            for days, kind, words in story.events
        ),
        outcomes=outcomes,
        by_hand=_by_hand(story, visits, filmed, rng),
        visits=write_guided(
            guided,
            today,
            {key: visits.index(visit) for key, visit in of_steps.items()},
            {key: place for place, key in enumerate(answers)},
        ),
    )


def _felt(pain: Pain, weeks: float) -> int:
    return round(pain.end + (pain.start - pain.end) * math.exp(-weeks / pain.weeks))


def _answers(story: Story, visits: Sequence[Visit], begins: date) -> list[int | None]:
    """Return the pain that is answered at each visit; at the last ones what the story says."""
    if story.pain is None:
        return [None for _ in visits]
    pain = story.pain
    answers = []
    for visit in visits:
        felt = _felt(pain, (visit.day - begins).days / 7.0)
        late = visit.of - visit.number <= _LAST_WITH_MORE_PAIN
        answers.append(pain.last if late and pain.last is not None else felt)
    return list(answers)


def _score_days(begins: date, today: date) -> list[date]:
    days = range(0, (today - begins).days, _DAYS_PER_SCORE)
    return [begins + timedelta(days=each) for each in days]


def _pain_scores(story: Story, begins: date, today: date) -> list[OutcomeDetails]:
    if story.pain is None:
        return []
    found = []
    for day in _score_days(begins, today):
        felt = _felt(story.pain, (day - begins).days / 7.0)
        for context, share in (("movement", 1.0), ("rest", story.pain.rest_share)):
            score = float(round(share * felt))
            found.append(OutcomeDetails(instrument="nprs", day=day, score=score, context=context))
    return found


def _activity_scores(story: Story, begins: date, today: date) -> list[OutcomeDetails]:
    if not story.activities:
        return []
    whole = max((today - begins).days, 1)
    return [
        OutcomeDetails(
            instrument="psfs",
            day=day,
            items=tuple(
                OutcomeItem(
                    text=text, score=float(round(2 + place + 5.0 * (day - begins).days / whole))
                )
                for place, text in enumerate(story.activities)
            ),
        )
        for day in _score_days(begins, today)[::2]
    ]


def _total_scores(story: Story, begins: date, today: date) -> list[OutcomeDetails]:
    """Return total scores of a questionnaire: of one under copyright nothing else is known."""
    if story.questionnaire is None:
        return []
    instrument, first, last = story.questionnaire
    days = _score_days(begins, today)[::2]
    scores = np.round(np.linspace(first, last, len(days)))
    return [
        OutcomeDetails(instrument=instrument, day=day, score=float(score))
        for day, score in zip(days, scores, strict=True)
    ]


def _diary(story: Story, today: date, rng: np.random.Generator) -> tuple[MadeUpDiary, ...]:
    entries = []
    for item in story.diary_items:
        day = story.items[item].started_on
        dose = story.items[item].prescription.dose
        while day < today - timedelta(days=story.missed_days):
            if rng.random() < _DONE_SHARE:
                done_at = datetime.combine(day, time(18, int(rng.integers(60))), UTC)
                details = DiaryDetails(
                    done_at=done_at, sets=dose.sets, repetitions=dose.repetitions, exertion=3
                )
                entries.append(MadeUpDiary(item=item, details=details))
            day += timedelta(days=1)
    return tuple(entries)


def _by_hand(
    story: Story,
    visits: Sequence[Visit],
    filmed: Sequence[MadeUpTake],
    rng: np.random.Generator,
) -> tuple[MadeUpHand, ...]:
    """Return what somebody measured beside every third take of the first course."""
    if story.by_hand is None:
        return ()
    measure, joint, motion = story.by_hand
    first = story.courses[0]
    found = []
    for place, (visit, take) in enumerate(zip(visits, filmed, strict=True)):
        if visit.course is not first or visit.number % 3:
            continue
        for number in take.analysis.measurements:
            wanted = (measure, joint, motion, first.side)
            if (number.measure, number.joint, number.motion, number.side) == wanted:
                read_deg = float(round(number.value + rng.normal(scale=_HAND_OFF_DEG)))
                by_hand = ByHand(
                    measure=measure,
                    joint=joint,
                    motion=motion,
                    side=first.side,
                    value_deg=read_deg,
                    measured_by=_WHO,
                )
                found.append(MadeUpHand(take=place, by_hand=by_hand))
    return tuple(found)
