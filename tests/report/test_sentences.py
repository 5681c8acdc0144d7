"""The sentences of clinical.md, sections 5 and 7: one for each thing a change can amount to."""

import math
from dataclasses import replace

import pytest
from clinic_makers import make_gait_measurement, make_measurement
from clinic_takes import WALK, make_take
from report_makers import follow_numbers, follow_takes, right_knee

from motion.clinic.other_side import OtherSide
from motion.model import MeasureVerdict, Mode, Position, Side, TakeConditions
from motion.report.sentences import change_text, mdc_text, name_of, progress_sentence

PUBLISHED = {"mdc_source": "somebody 2000"}


def test_the_example_of_the_clinical_definitions() -> None:
    other = make_measurement(138.0, side=Side.LEFT)
    followed = replace(
        right_knee(92.0, 110.0, **PUBLISHED),
        target=120.0,
        other=OtherSide(
            take=make_take(0, other), measurement=other, difference=-28.0, beyond_error=True
        ),
    )

    assert progress_sentence(followed) == (
        "Active knee flexion R: 92° → 110° (+18°, MDC 9.7°): improved beyond measurement error; "
        "target 120°; left 138°."
    )


@pytest.mark.parametrize(
    ("values", "given", "said"),
    [
        ((92, 100), PUBLISHED, "change not detectable with this camera"),
        ((92, 92), PUBLISHED, "change not detectable with this camera"),
        ((92, 110), PUBLISHED, "improved beyond measurement error"),
        ((92, 110), {}, "improved beyond measurement error (provisional error figure)"),
        (
            (110, 92),
            PUBLISHED,
            "declined beyond measurement error (not yet confirmed by a second take)",
        ),
        (
            (110, 92, 91),
            PUBLISHED,
            "declined beyond measurement error, confirmed by a second take",
        ),
        ((92, 110), {"mdc95": math.nan, "mdc_source": ""}, "no error figure: change not judged"),
    ],
)
def test_each_verdict_stands_word_for_word(values, given, said: str) -> None:
    sentence = progress_sentence(right_knee(*values, **given))

    assert sentence.endswith(f": {said}.")
    assert "no change" not in sentence


def walk(*speeds: float, **changes: object) -> str:
    numbers = [make_gait_measurement(speed, **changes) for speed in speeds]
    return progress_sentence(follow_numbers(numbers, settings=WALK, movement="walking"))


def test_meaningful_beyond_the_error_and_within_it() -> None:
    beyond, within = walk(0.9, 1.05, mdc95=0.1), walk(0.9, 1.02, mdc95=0.2)

    assert beyond.startswith("Walking speed: 0.90\N{NO-BREAK SPACE}m/s → 1.05")
    assert "improved beyond measurement error and clinically meaningful (substantial" in beyond
    assert "may be meaningful, but within measurement error - repeat (substantial" in within


def test_too_few_strides_are_not_judged() -> None:
    few = make_gait_measurement(0.9, verdict=MeasureVerdict.FEW_STRIDES)
    alone = progress_sentence(follow_numbers([few], settings=WALK, movement="walking"))

    assert "(too few strides: change not judged)" in alone


def test_takes_that_differ_begin_a_line_of_their_own() -> None:
    def sitting(day: float, value: float):
        conditions = TakeConditions(position=Position.SITTING)
        return make_take(day, make_measurement(value), conditions=conditions)

    followed = follow_takes([make_take(0, make_measurement(70.0)), sitting(7, 92), sitting(14, 95)])

    sentence = progress_sentence(followed)

    assert "92° → 95°" in sentence
    assert sentence.endswith(
        "; counted from 9 Mar 2026: not comparable with the takes before (position differs)."
    )


def test_one_take_has_nothing_to_compare() -> None:
    assert progress_sentence(right_knee(92.4)) == (
        "Active knee flexion R: 92° (one take, nothing to compare yet)."
    )


def test_extension_lacks_or_exceeds_only_in_an_extension_test() -> None:
    def told(movement: str, *values: float) -> str:
        numbers = [make_measurement(v, measure="rom_min", mdc95=5.0) for v in values]
        return progress_sentence(follow_numbers(numbers, movement=movement))

    assert "Active knee extension L: lacks 18° → lacks 6° (-12°" in told("knee_extension", 18, 6)
    assert "lacks 18° → 0 within error, at 3° (-15°" in told("knee_extension", 18, 3)
    assert "lacks 18° → 0 within error, at -3° (-21°" in told("knee_extension", 18, -3)
    assert "lacks 18° → 0 within error (-18°" in told("knee_extension", 18, 0.4)
    assert "→ 8° hyperextension" in told("knee_extension", 18, -8)
    assert "Active knee flexion, smallest L: 18° → 6°" in told("squat", 18, 6)


def test_a_clear_trend_is_stated_beside_a_change_that_is_not_detectable() -> None:
    sentence = progress_sentence(right_knee(90, 92, 94, 96, **PUBLISHED))

    assert "change not detectable with this camera; trend over 4 comparable takes" in sentence
    assert "+2.0 degrees a week" in sentence


def test_mode_and_circumstances_are_part_of_the_name() -> None:
    passive = TakeConditions(mode=Mode.PASSIVE, position=Position.SUPINE)
    followed = replace(follow_numbers([make_measurement(92.0)], conditions=passive), several=True)

    assert name_of(followed) == (
        "Passive knee flexion L (Knee flexion, supine, from the side, at the clinic)"
    )


def test_angles_are_whole_degrees_and_the_error_has_one_decimal() -> None:
    followed = right_knee(91.6, 110.4)

    assert (change_text(followed), mdc_text(followed)) == ("+18°", "9.7°")
    assert "92° → 110°" in progress_sentence(followed)
