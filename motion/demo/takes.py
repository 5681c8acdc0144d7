"""Turns visits into made-up takes: a recording's analysis at a time, with what was said of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Final

import numpy as np

from motion.clinic.made_up_values import MadeUpTake
from motion.demo.courses import Course, Visit
from motion.demo.filming import Motif, Studio, position_of
from motion.demo.story import Story
from motion.model import (
    Analysis,
    CoachedRepetition,
    LiveEnd,
    LiveFacts,
    LiveSource,
    Mirrored,
    Provenance,
    RepetitionVerdict,
    Setting,
    TakeConditions,
    WeightBearing,
)

__all__ = ["Cast", "film_visits"]

_VARIANTS_N: Final = 2
_FIRST_HOUR, _HOURS_N = 8, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who a story is told of: the record's seed, the patient's number, pain on a day."""

    story: Story
    seed: int
    number: int
    studio: Studio


def film_visits(
    cast: Cast, visits: Sequence[Visit], pain: Sequence[int | None]
) -> tuple[MadeUpTake, ...]:
    """Return a take for each visit; of home takes also what was asked and answered.

    Parameters
    ----------
    pain
        What was answered at each visit, 0 to 10.
    """
    left_out = len(visits) // 2 if cast.story.excluded else None
    return tuple(
        _film(cast, visit, place, answer, left_out == place)
        for place, (visit, answer) in enumerate(zip(visits, pain, strict=True))
    )


def _film(cast: Cast, visit: Visit, place: int, pain: int | None, left_out: bool) -> MadeUpTake:
    course = visit.course
    rng = np.random.default_rng([cast.seed, cast.number, place])
    motif = Motif(
        exercise=course.exercise,
        side=course.side,
        level=visit.level,
        weak=course.weak,
        turned_deg=course.turned_deg,
        lost_share=course.lost_share,
        variant=int(rng.integers(_VARIANTS_N)),
    )
    patient = cast.story.patient
    measured = cast.studio.measure(motif, patient.withheld_joints)
    minute = int(rng.integers(60))
    at = time(_FIRST_HOUR + place % _HOURS_N, minute, int(rng.integers(60)))
    analysis = replace(
        measured,
        started_at=visit.at or datetime.combine(visit.day, at, UTC),
        conditions=replace(_conditions(course), near_side=measured.conditions.near_side),
        provenance=_with_digest(measured.provenance, f"demo {cast.seed} {cast.number} {place}"),
    )
    home = course.setting is Setting.HOME and course.item is not None
    return MadeUpTake(
        analysis=analysis,
        facts=_facts(cast.story, course, analysis, pain) if home else None,
        item=course.item if home else None,
        excluded_reason=cast.story.excluded if left_out else None,
    )


def _conditions(course: Course) -> TakeConditions:
    return TakeConditions(
        position=position_of(course.exercise),
        mode=course.mode,
        setting=course.setting,
        weight_bearing=WeightBearing.FULL,
        aid=course.aid,
        footwear_orthosis="none",
        mirrored=Mirrored.NO,
    )


def _with_digest(provenance: Provenance, words: str) -> Provenance:
    digest = hashlib.sha256(words.encode()).hexdigest()
    return replace(provenance, input=replace(provenance.input, sha256=digest))


def _facts(story: Story, course: Course, analysis: Analysis, pain: int | None) -> LiveFacts:
    assert course.item is not None
    given = story.items[course.item].prescription
    limit = story.settings.pain_limit if story.settings is not None else given.pain_limit
    stopped = pain is not None and pain > limit
    return LiveFacts(
        exercise=given.exercise,
        side=given.side,
        source=LiveSource.BROWSER,
        rate_hz=analysis.provenance.input.rate_hz,
        dropped_frames=0,
        delay_p95_ms=80.0,
        end=LiveEnd.PAIN if stopped else LiveEnd.FINISHED,
        sets_wanted=given.dose.sets,
        repetitions_wanted=given.dose.repetitions,
        repetitions=tuple(
            CoachedRepetition(
                start_s=each.start_s,
                peak_s=each.peak_s,
                end_s=each.end_s,
                peak_deg=each.peak_deg,
                side=each.side,
                direction=each.direction,
                full=each.verdict is RepetitionVerdict.FULL,
                hold_s=0.0 if np.isnan(each.hold_s) else each.hold_s,
                set_number=1,
            )
            for each in analysis.repetitions
        ),
        pain_before=None if pain is None else max(pain - 1, 0),
        pain_during=pain if stopped else None,
        pain_after=pain,
        pain_pressed=stopped,
        exertion=4,
    )
