"""Clips against known answers: what validates a movement."""

from dataclasses import replace
from typing import Any

import pytest

from motion.errors import InputError
from motion.exercise.evidence import (
    EVIDENCE_COLUMNS,
    LEAST_IN_BAND,
    MOST_ERROR_DEG,
    MovementEvidence,
    judge_evidence,
    parse_evidence,
)

GOOD = MovementEvidence(
    motion="squat",
    movement="squat",
    angle="knee_flexion",
    clips_n=4,
    held_out_n=1,
    exact_n=4,
    mae_deg=3.0,
    peak_error_deg=-4.0,
    range_error_deg=2.0,
    repetitions_n=10,
    in_band_n=10,
)
ROW = {name: str(getattr(GOOD, name)) for name in EVIDENCE_COLUMNS}


def test_a_row_is_read() -> None:
    assert parse_evidence(ROW) == GOOD


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"clips_n": "many"}, "squat: not readable .*many"),
        ({"mae_deg": ""}, "squat: not readable"),
        ({"mae_deg": None}, "squat: not readable"),
        ({"motion": ""}, "row without a motion"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(change: dict[str, Any], part: str) -> None:
    row = ROW | change
    if change.get("motion") == "":
        del row["angle"]
    with pytest.raises(InputError, match=f"^evidence of exercises, {part}"):
        parse_evidence(row)


def test_good_figures_validate() -> None:
    assert judge_evidence([GOOD]) == ()


def test_no_clip_validates_nothing() -> None:
    assert judge_evidence([]) == ("no clip shows it",)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"clips_n": 1, "exact_n": 1}, "only 1 clip"),
        ({"exact_n": 3}, "another count in 1 of 4 clips"),
        ({"held_out_n": 0}, "no body held out of every fit"),
        ({"mae_deg": 10.1}, "the curve is 10.1 degrees off"),
        ({"peak_error_deg": -10.1}, "the peak is 10.1 degrees off"),
        ({"range_error_deg": 14.3}, "the range is 14.3 degrees off"),
        ({"mae_deg": float("nan")}, "the curve is nan degrees off"),
        ({"in_band_n": 7}, "the stated band holds 7 of 10 repetitions"),
    ],
)
def test_each_condition_alone_says_no(change: dict[str, Any], reason: str) -> None:
    assert judge_evidence([replace(GOOD, **change)]) == (reason,)


def test_the_limits_themselves_still_validate() -> None:
    edge = replace(GOOD, peak_error_deg=-MOST_ERROR_DEG, in_band_n=int(LEAST_IN_BAND * 10))

    assert judge_evidence([edge]) == ()


def test_clips_of_several_motions_count_together_by_their_number() -> None:
    few = replace(GOOD, clips_n=2, exact_n=2, held_out_n=0, peak_error_deg=11.0)

    assert judge_evidence([GOOD, few]) == ()  # (4 x -4 + 2 x 11) / 6 = 1
    assert judge_evidence([few]) == (
        "no body held out of every fit",
        "the peak is 11.0 degrees off",
    )
