"""The audit trail in clinical words: names of numbers, whole degrees, one and many."""

import json
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from uuid import UUID

import pytest

from motion.clinic import Edit, tell_edits
from motion.clinic.audit_words import number_title, tell_change, tell_settings
from motion.model import LeftOutTime, RemovedAs, Side

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def edit(
    field: str, before: str | None, after: str | None, *, table: str = "analysis", later_s: int = 0
) -> Edit:
    return Edit(
        table=table,
        row_id=UUID(int=1),
        field=field,
        before=before,
        after=after,
        reason="looked again",
        author="Bea",
        at=AT + timedelta(seconds=later_s),
    )


@pytest.mark.parametrize(
    ("field", "before", "after", "said"),
    [
        (
            "best_three_mean knee_flexion right",
            "124.28 deg, measured",
            "122.07 deg, uncertain",
            "Right knee flexion, mean of the best three: 124°, good → 122°, fair",
        ),
        (
            "repetitions knee_flexion right",
            "4 count, measured",
            None,
            "Right knee flexion, full repetitions: 4, good → none",
        ),
        (
            "rom_min trunk_lateral_flexion none",
            "nan deg, not_measurable",
            "-12.6 deg, measured",
            "Trunk side lean, smallest: not measured → -13°, good",
        ),
        (
            "cadence gait_ none",
            "101.273 steps/min, measured",
            "98.1 steps/min, few_strides",
            "Cadence (steps in a minute): 101 steps/min, good → 98 steps/min, fair",
        ),
        (
            "step_time gait_ left",
            "0.5512 s, measured",
            "0.6 s, measured",
            "Left: Step time: 0.55 s → 0.60 s",
        ),
        (
            "repetition 2 knee_flexion left",
            "3.70333 to 5.30121 s, peak 95.0017 deg, full",
            "3.7 to 5.3 s, peak nan deg, not_measurable",
            "Repetition 2, left knee flexion: 3.70 to 5.30 s, 95°, full → 3.70 to 5.30 s, "
            "not measured",
        ),
        (
            "left knee at 1.233 s",
            "220.2, 264.6 px, found",
            "300.0, 250.0 px, by hand",
            "Left knee at 1.23 s: 220, 265 px, found by the camera → 300, 250 px, placed by hand",
        ),
        ("rest_deg", "5.04", "7.96", "Resting angle: 5° → 8°"),
        ("weight_bearing", "unknown", "non_weight_bearing", "Weight on the measured leg: unknown "
         "→ non weight bearing"),
        ("value_deg", "92.0", "95.0", "Value: 92° → 95°"),
        ("left initial contact at 1.250 s", "1.250 s, found", None,
         "Left initial contact at 1.25 s: 1.25 s, found → none"),
        ("rom_max wrist_flexion left", "12.4 deg, measured", None,
         "Left wrist flexion, largest: 12°, good → none"),
    ],
)  # fmt: skip
def test_a_change_is_told_in_clinical_words(field, before, after, said):
    assert tell_change(edit(field, before, after)).replace("\N{NO-BREAK SPACE}", " ") == said


def test_what_changed_by_less_than_is_shown_is_counted_and_not_hidden():
    small = [
        edit("rest_deg", "5.01", "5.02"),
        edit("rom_max knee_flexion left", "90.1 deg, measured", "90.2 deg, measured"),
    ]
    seen = edit("rom_min knee_flexion left", "1 deg, measured", "5 deg, measured")
    assert [tell_change(each) for each in small] == ["", ""]
    (entry,) = tell_edits([seen, *small], [])
    assert entry.changes == (
        "Left knee flexion, smallest: 1° → 5°",
        "2 other values changed by less than what is shown",
    )
    (entry,) = tell_edits([seen, small[0]], [])
    assert entry.changes[-1] == "1 other value changed by less than what is shown"


def test_what_somebody_chose_is_told_and_what_follows_from_it_is_not():
    out = LeftOutTime(
        joint="knee",
        motion="flexion",
        side=Side.LEFT,
        start_s=3.7,
        end_s=5.3,
        why=RemovedAs.MISTRACKED,
    )
    before = {"side": "auto", "person": "largest", "cutoff_hz": 6.0}
    after = {"side": "left", "person": "largest", "left_out": out.code, "sides_exchanged": True}
    told = tell_settings(
        edit("settings", json.dumps(list(before.items())), json.dumps(list(after.items())))
    )
    assert told == (
        "Planned side: as the view shows → left",
        "Left and right of the whole take exchanged",
        "Time that counts for no angle: none → 3.7 to 5.3 s (tracked wrongly)",
    )


def test_a_value_by_hand_that_is_left_out_is_told_by_its_name():
    out = edit("excluded_reason", None, "typing error", table="manual_measurement")
    back = edit("excluded_reason", "typing error", None, table="manual_measurement", later_s=60)
    assert [each.sentence for each in tell_edits([out, back], [])] == [
        "Value measured by hand left out",
        "Value measured by hand taken in again",
    ]


def test_a_number_is_named_alike_in_the_list_and_in_the_trail():
    assert number_title("rom_range", "hip", "flexion", Side.RIGHT) == (
        "Right hip-trunk flexion, range"
    )
    assert number_title("five_sit_to_stand_time", "functional", "", Side.BOTH) == (
        "Five times sit to stand"
    )


ANALYSES = (UUID(int=11), UUID(int=12))
REPETITIONS = (
    "1.00 to 3.09 s, peak 118.2 deg, full",
    "4.39 to 6.48 s, peak 119.1 deg, full",
    "7.80 to 9.90 s, peak 117.0 deg, full",
)


def corrected(*others: Edit) -> tuple[str, ...]:
    """Return what is told of a correction with these rows."""
    made = edit("analysis", *map(str, ANALYSES), table="take")
    (told,) = tell_edits([made, *others], ())
    return told.changes


def numbered(before: tuple[str, ...], after: tuple[str, ...]) -> list[Edit]:
    """Return the rows that the record writes: by number, only where two differ."""
    return [
        edit(f"repetition {n + 1} knee_flexion left", was, is_now)
        for n, (was, is_now) in enumerate(zip_longest(before, after))
        if was != is_now
    ]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_removed_repetition_is_told_as_removed_and_no_other_as_moved(number):
    left = tuple(each for n, each in enumerate(REPETITIONS, 1) if n != number)
    (said,) = corrected(*numbered(REPETITIONS, left))

    assert said.startswith(f"Repetition {number}, left knee flexion, removed: ")
    assert said.split("removed: ")[1][:4] == REPETITIONS[number - 1][:4]


def test_a_moved_repetition_is_told_beside_itself_though_another_was_removed():
    moved = "4.60 to 6.48 s, peak 119.1 deg, full"
    said = corrected(*numbered(REPETITIONS, (moved, REPETITIONS[2])))

    assert said == (
        "Repetition 1, left knee flexion, removed: 1.00 to 3.09 s, 118°, full",
        "Repetition 2, left knee flexion: 4.39 to 6.48 s, 119°, full → 4.60 to 6.48 s, 119°, full",
    )


def test_an_added_repetition_is_told_as_added():
    (said,) = corrected(*numbered(REPETITIONS[1:], REPETITIONS))

    assert "added: 1.00 to 3.09 s, 118°, full" in said


def test_a_correction_says_whose_sign_off_it_ended_and_only_once():
    signed = edit("signed_off", None, "Bea", table="sign_off")
    edits = [
        signed,
        edit("analysis", *map(str, ANALYSES), table="take", later_s=10),
        edit("analysis", *map(str, ANALYSES), table="take", later_s=20),
    ]
    told = tell_edits(edits, ())
    ended = "Sign-off of Bea ended: the numbers are no more those signed off"

    assert [ended in entry.changes for entry in told] == [False, True, False]


def test_a_sign_off_that_was_withdrawn_is_not_ended_again():
    edits = [
        edit("signed_off", None, "Bea", table="sign_off"),
        edit("signed_off", "Bea", None, table="sign_off", later_s=5),
        edit("analysis", *map(str, ANALYSES), table="take", later_s=10),
    ]

    assert tell_edits(edits, ())[-1].changes == ()
