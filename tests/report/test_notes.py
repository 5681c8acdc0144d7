"""Notes to copy: everything a number needs, in letters that any record system takes."""

from dataclasses import replace

from clinic_makers import make_measurement
from clinic_takes import make_take
from report_makers import follow_numbers, right_knee, with_take

from motion.clinic.answer_columns import Answers
from motion.clinic.other_side import OtherSide
from motion.model import Mode, ModelInfo, Position, Side, TakeConditions, ViewName
from motion.report.notes import note_for_record

ANSWERS = Answers(pain_before=2, pain_during=None, pain_after=4, exertion=6)


def test_a_number_has_all_that_a_file_needs() -> None:
    other = make_measurement(138.0, side=Side.LEFT)
    conditions = TakeConditions(position=Position.SUPINE, mode=Mode.PASSIVE, aid="crutch")
    followed = follow_numbers(
        [make_measurement(value, side=Side.RIGHT) for value in (92, 104, 110)],
        conditions=conditions,
    )
    followed = replace(
        with_take(followed, signed_off_by="A. Meyer", hand_points=2),
        target=120.0,
        other=OtherSide(
            take=make_take(0, other), measurement=other, difference=-28.0, beyond_error=True
        ),
    )

    note = note_for_record("P-1", [followed], {str(followed.last.take.id): ANSWERS})

    assert note.splitlines() == [
        "Patient P-1",
        "",
        "16 Mar 2026, Knee flexion, supine, at the clinic, aid: crutch:",
        "- Knee flexion R, passive: 110°; since 2 Mar 2026 92°: +18° (MDC 9.7°), improved beyond "
        "measurement error (provisional error figure); since the take before: +6°, change not "
        "detectable with this camera (provisional error figure); left 138°; target 120°.",
        "Pain (0 to 10): before 2, after 4.",
        "Exertion (0 to 10): 6.",
        "Method: camera from the side, pose model full, software 0.1.0. "
        "Corrected by hand: landmarks. Signed off by A. Meyer.",
        "",
        "Supports a qualified clinician's judgement; no automatic change to treatment.",
    ]


def test_a_rounded_difference_that_contradicts_its_verdict_stands_unrounded_beside_it() -> None:
    def told(*values: float) -> str:
        return note_for_record("P-1", [right_knee(*values)], {})

    # -9.5 is within the error of 9.7 and reads as -10; +9.8 is beyond it and reads as +9.
    assert "120°: -10° (MDC 9.7°; -9.5 before rounding), change not detectable" in told(
        119.8, 110.3
    )
    assert "100°: +9° (MDC 9.7°; +9.8 before rounding), improved" in told(99.6, 109.4)
    assert "before rounding" not in told(100.0, 109.0)
    assert "before rounding" not in told(100.0, 112.0)
    later = told(80.0, 119.8, 110.3)
    assert "since the take before: -10°, -9.5 before rounding, change not detectable" in later


def test_extension_lacks_or_exceeds() -> None:
    numbers = [make_measurement(v, measure="rom_min", mdc95=5.0) for v in (18.0, -8.0)]
    followed = follow_numbers(numbers, movement="knee_extension")

    note = note_for_record("P-1", [followed], {})

    assert "Knee extension L, active: 8° hyperextension; since 2 Mar 2026 lacks 18°" in note
    assert "Not signed off." in note


def test_a_value_by_hand_names_its_instrument_and_no_camera() -> None:
    followed = follow_numbers(
        [make_measurement(95.0, mdc95=float("nan"))],
        movement="",
        view=ViewName.UNKNOWN,
        model=ModelInfo(name="goniometer", sha256=""),
    )

    note = note_for_record("P-1", [followed], {})

    assert "- Knee flexion L, active, by goniometer: 95°." in note
    assert "camera" not in note


def test_several_takes_stand_in_the_order_of_time() -> None:
    later, earlier = right_knee(92.0), follow_numbers([make_measurement(4.0)], days=(-3,))

    note = note_for_record("P-1", [later, earlier], {})

    assert note.index("27 Feb 2026") < note.index("2 Mar 2026")


def test_only_letters_that_old_systems_have() -> None:
    note = note_for_record("P-1", [right_knee(92, 110), right_knee(110, 92, 91)], {})

    assert note == note.encode("latin-1").decode("latin-1")
    assert "\N{NO-BREAK SPACE}" not in note


def test_nothing_measured_is_said() -> None:
    assert note_for_record("P-1", [], {}) == "Patient P-1: nothing was measured."
