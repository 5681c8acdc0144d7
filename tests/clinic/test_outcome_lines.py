"""What scores say of each other: against the error, the published changes, and what is neither."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.clinic import Outcome, OutcomeItem, OutcomeScore, follow_outcomes, judge_scores
from motion.library import find_outcome_measure, load_outcome_measures
from motion.norms.outcome_measures import OutcomeChange, OutcomeError

NPRS = find_outcome_measure("nprs")
PSFS = find_outcome_measure("psfs")
DASH = find_outcome_measure("dash")
WOMAC = find_outcome_measure("womac")
KOOS = find_outcome_measure("koos")


def made(score: float, day: int = 0, **changes: object) -> OutcomeScore:
    base = OutcomeScore(
        instrument="nprs",
        day=date(2026, 3, 2) + timedelta(days=day),
        score=score,
        context="rest",
        id=uuid4(),
        version=1,
        created_at=datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=day),
        author=None,
        excluded_reason=None,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("measure", "scores", "outcome", "sentence"),
    [
        (
            NPRS, (7, 4), Outcome.IMPROVED,
            "NPRS 7 → 4 (-3): much better by the published 2 points (Salaffi 2004)",
        ),
        (
            NPRS, (4, 7), Outcome.DECLINED,
            "NPRS 4 → 7 (+3): worse by at least the published 2 points (Salaffi 2004)",
        ),
        (
            NPRS, (7, 6), Outcome.MAYBE_MEANINGFUL,
            "NPRS 7 → 6 (-1): may be meaningful by the published 1 point (Salaffi 2004), but "
            "within measurement error (minimal detectable change 1.33, Alghadir 2018): repeat",
        ),
        (
            NPRS, (5, 5), Outcome.NOT_DETECTABLE,
            "NPRS 5 → 5 (0): change not detectable with the NPRS (minimal detectable "
            "change 1.33, Alghadir 2018)",
        ),
        (
            PSFS, (3.33, 6.0), Outcome.IMPROVED,
            "PSFS 3.3 → 6 (+2.7): better, a large change by the published 2.7 points "
            "(Abbott & Schmitt 2014)",
        ),
        (
            PSFS, (3.0, 4.0), Outcome.NOT_JUDGED,
            "PSFS 3 → 4 (+1): below the published 1.3 points (Abbott & Schmitt 2014); no error "
            "figure: change not judged",
        ),
        (
            DASH, (60, 49), Outcome.MAYBE_MEANINGFUL,
            "DASH 60 → 49 (-11): may be meaningful by the published 10.83 points (Franchignoni "
            "2014), but within measurement error (minimal detectable change "
            "12.9, Franchignoni 2014): repeat",
        ),
        (
            WOMAC, (50, 44), Outcome.IMPROVED,
            "WOMAC 50 → 44 (-6): meaningfully better by the published 12 % of the first "
            "score, 6 (Angst 2001)",
        ),
    ],
)  # fmt: skip
def test_the_sentence_of_each_case(measure, scores, outcome, sentence) -> None:
    found = judge_scores(measure, *scores)

    assert found.outcome is outcome
    assert found.sentence == sentence


def test_beyond_the_error_but_below_what_matters_is_said_so() -> None:
    measure = replace(
        DASH,
        errors=(OutcomeError(mdc95=5.0, population="p", cite="A 2000", source="s"),),
    )
    found = judge_scores(measure, 60.0, 53.0)

    assert (found.outcome, found.meaningful) == (Outcome.IMPROVED, False)
    assert found.sentence.endswith(
        "better beyond measurement error (minimal detectable change 5, A 2000); below the "
        "published 10.83 points (Franchignoni 2014)"
    )


def test_a_context_has_figures_of_its_own() -> None:
    pain = judge_scores(KOOS, 40.0, 58.0, context="pain")
    sport = judge_scores(KOOS, 40.0, 58.0, context="sport")

    assert pain.outcome is Outcome.MAYBE_MEANINGFUL
    assert "minimal detectable change 20.2, Naylor 2014" in pain.sentence
    assert sport.outcome is Outcome.IMPROVED
    assert "17.5 points (Mostafaee 2021)" in sport.sentence


def test_an_unverified_figure_decides_nothing() -> None:
    change = OutcomeChange(
        label="better", population="p", cite="c", source="s", points=1.0, verified=False
    )
    measure = replace(DASH, changes=(change,), errors=())

    assert judge_scores(measure, 60.0, 20.0).outcome is Outcome.NOT_JUDGED


@given(
    st.sampled_from(load_outcome_measures()),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1.0),
)
def test_no_change_below_the_error_is_called_better_or_worse(measure, first, second) -> None:
    span = measure.high - measure.low
    a, b = (round(measure.low + share * span, 1) for share in (first, second))
    for context in (*(each.name for each in measure.contexts), ""):
        found = judge_scores(measure, a, b, context=context)
        error = measure.error_of(context)
        if error is not None and round(abs(b - a), 1) < error.mdc95:
            assert found.outcome in (Outcome.NOT_DETECTABLE, Outcome.MAYBE_MEANINGFUL)
        if found.outcome in (Outcome.IMPROVED, Outcome.DECLINED):
            improved = (b > a) == measure.higher_is_better
            assert (found.outcome is Outcome.IMPROVED) == improved
        assert "no change" not in found.sentence


def test_each_score_is_held_against_the_first_and_the_one_before() -> None:
    (line,) = follow_outcomes([made(7), made(6, 7), made(4, 14)], [NPRS])
    first, second, third = line.points

    assert (line.title, first.verdict, first.change) == ("NPRS, at rest", "Baseline", None)
    assert second.since_previous == second.change
    assert third.change is not None
    assert third.since_previous is not None
    assert (third.change.difference, third.since_previous.difference) == (-3.0, -2.0)
    assert third.verdict == third.change.sentence


def test_contexts_stand_on_lines_of_their_own_and_left_out_scores_on_none() -> None:
    scores = [made(7), made(3, 1, context="night"), made(0, 2, excluded_reason="slip")]
    lines = follow_outcomes(scores, [NPRS])

    assert [(line.context, len(line.points)) for line in lines] == [("rest", 1), ("night", 1)]


def test_other_activities_are_not_comparable_and_the_order_does_not_matter() -> None:
    def on(day: int, *names: str) -> OutcomeScore:
        items = tuple(OutcomeItem(text=name, score=4.0) for name in names)
        return made(4.0, day, instrument="psfs", context="", items=items)

    first, second = follow_outcomes(
        [on(0, "stairs", "kneeling", "work"), on(7, "Work", "stairs", "kneeling"),
         on(14, "stairs", "kneeling", "cycling")],
        [PSFS],
    )  # fmt: skip

    assert len(first.points) == 2
    assert first.activities == ("stairs", "kneeling", "work")
    assert [point.verdict for point in second.points] == ["Not comparable: activities differ"]


def test_a_measure_without_a_file_is_kept_and_not_judged() -> None:
    (line,) = follow_outcomes([made(7, instrument="gone"), made(1, 7, instrument="gone")], [NPRS])

    assert math.isnan(line.measure.high)
    assert line.points[1].change is not None
    assert line.points[1].change.outcome is Outcome.NOT_JUDGED


def test_a_share_of_a_first_score_of_nothing_decides_nothing() -> None:
    assert not judge_scores(WOMAC, 0, 1).meaningful
    assert not judge_scores(WOMAC, 2, 3).meaningful
    assert judge_scores(WOMAC, 50, 30).meaningful
