"""What a person reads in the place of the record's names and numbers: one wording for all.

Screens, reports and notes say the same number in the same words.
"""

import math
from typing import Final

from motion.clinic.hand_angles import find_hand_angle
from motion.clinic.units import number_text
from motion.errors import InputError
from motion.gait import TimedTest
from motion.kinematics import find_joint
from motion.library import find_movement
from motion.model import FUNCTIONAL, GAIT, Measurement, Mode, Side, ViewName

__all__ = [
    "EVERYTHING",
    "EXTENDED_TO_ZERO",
    "INTENDED_USE",
    "MODES",
    "NOT_BY_ONE_CAMERA",
    "NOT_MEASURED",
    "angle_title",
    "axis_title",
    "degrees",
    "extension",
    "functional_measure_title",
    "functional_title",
    "is_extension",
    "is_extension_test",
    "label",
    "movement_title",
    "parameter_title",
    "quantity_title",
    "reached",
    "result_title",
    "short_title",
    "side_title",
    "test_title",
    "view_title",
]

INTENDED_USE: Final = (
    "Supports a qualified clinician's judgement; no automatic change to treatment."
)
NOT_BY_ONE_CAMERA: Final = (
    "One camera cannot measure rotation of the shoulder or hip, the forearm, wrist and fingers, "
    "how a joint feels at the end of its range, or sideways laxity of the knee. "
    "Measure these by hand."
)
EVERYTHING: Final = "Everything the view shows"
NOT_MEASURED: Final = "Not measured"
EXTENDED_TO_ZERO: Final = ("knee", "elbow")
MODES: Final = {
    Mode.ACTIVE: "Active",
    Mode.ASSISTED: "Assisted",
    Mode.PASSIVE: "Passive",
}
_SIDES: Final = {Side.NONE: "", Side.BOTH: "Both sides"}
_VIEWS: Final = {
    ViewName.SAGITTAL: "From the side",
    ViewName.FRONTAL: "From the front or back",
    ViewName.OBLIQUE: "Between side and front",
    ViewName.SPATIAL: "From several cameras",
    ViewName.UNKNOWN: "Unknown",
}
_PARAMETERS: Final = {
    "walking_speed": "Walking speed",
    "cadence": "Cadence (steps in a minute)",
    "step_time": "Step time",
    "stride_time": "Stride time",
    "step_length": "Step length",
    "stride_length": "Stride length",
    "stance_percent": "Stance (foot on the floor)",
    "swing_percent": "Swing (foot in the air)",
    "single_support_percent": "Single support (on this leg alone)",
    "double_support_percent": "Double support (on both legs)",
    "walk_ratio": "Walk ratio (step length per cadence)",
    "hip_variable_score": "Hip curve, distance from the reference",
    "knee_variable_score": "Knee curve, distance from the reference",
    "ankle_variable_score": "Ankle curve, distance from the reference",
    "sagittal_variable_score": "All three curves, distance from the reference",
}
_ENDINGS: Final = {
    "_symmetry_ratio": "{}, larger side by smaller",
    "_symmetry_index": "{}, difference of the sides",
    "_cv": "Variability of {} (standard deviation per mean)",
}
_TESTS: Final = {
    TimedTest.TUG.value: "Timed up and go",
    TimedTest.WALK10.value: "10 m walk",
    TimedTest.WALK4.value: "4 m walk",
}
_FUNCTIONAL: Final = {
    "five_sit_to_stand_time": "Five times sit to stand",
    "thirty_second_stands": "Sit to stand in 30 seconds",
    "single_leg_stance_time": "Standing on one leg",
}
_AXES: Final = {
    "deg": "Angle in degrees (°)",
    "m/s": "Metres per second (m/s)",
    "m": "Metres (m)",
    "s": "Seconds (s)",
    "%": "Percent (%)",
    "steps/min": "Steps in a minute (steps/min)",
    "count": "Number",
    "": "Ratio (1 is equal)",
    "ratio": "Ratio (1 is equal)",
}
_SMALLEST: Final = ("rom_min", "best_three_mean_down")


def axis_title(unit: str) -> str:
    """Return what stands at the axis of a curve: the quantity, with its unit."""
    return _AXES.get(unit, unit)


def degrees(value: float) -> str:
    """Return whole degrees; angles carry no decimals on a screen or on paper."""
    return f"{round(value)}°" if math.isfinite(value) else "–"


def extension(value: float, mdc95: float) -> str:
    """Return how far a knee or an elbow straightens: 0 is straight, positive lacks extension."""
    if not math.isfinite(value):
        return NOT_MEASURED
    if math.isfinite(mdc95) and abs(value) < mdc95:
        return "0 within error"
    if round(value) == 0:
        return "0°"
    return f"lacks {degrees(value)}" if value > 0 else f"{degrees(-value)} hyperextension"


def is_extension_test(movement: str) -> bool:
    """Return whether a movement asks a joint to straighten: only there is extension a result."""
    return movement.endswith("_extension")


def reached(measurement: Measurement, movement: str = "") -> str:
    """Return a measurement's value as it is said, for the movement that was asked."""
    m = measurement
    if not math.isfinite(m.value):
        return NOT_MEASURED
    if m.unit != "deg":
        return number_text(m.value, m.unit)
    if is_extension(m, movement):
        return extension(m.value, m.mdc95)
    return degrees(m.value)


def result_title(measurement: Measurement, movement: str = "") -> str:
    """Return what an angle's number is called: ``Left knee flexion, largest``.

    In a test of extension it is ``Right knee extension``, beside which ``lacks 11°`` is a sentence.
    """
    m = measurement
    if is_extension(m, movement):
        return _with_side(f"{label(m.joint)} extension", m.side)
    end = "smallest" if m.measure in _SMALLEST else "largest"
    return f"{angle_title(m.joint, m.motion, m.side)}, {end}"


def is_extension(measurement: Measurement, movement: str) -> bool:
    """Return whether a number says how far a joint was straightened that was to be."""
    m = measurement
    return m.measure in _SMALLEST and m.joint in EXTENDED_TO_ZERO and is_extension_test(movement)


def side_title(side: Side) -> str:
    """Return ``Left``, ``Right``, ``Both sides`` or nothing."""
    return _SIDES.get(side, side.value.capitalize())


def angle_title(joint: str, motion: str, side: Side = Side.NONE) -> str:
    """Return an angle's title with its side in front: ``Left knee flexion``."""
    return _with_side(find_joint(f"{joint}_{motion}").full_title, side)


def short_title(joint: str, motion: str, side: Side = Side.NONE) -> str:
    """Return an angle's title without what it includes, for lists."""
    return _with_side(find_joint(f"{joint}_{motion}").title, side)


def _with_side(title: str, side: Side) -> str:
    if side in (Side.LEFT, Side.RIGHT):
        return f"{side_title(side)} {title[0].lower()}{title[1:]}"
    return title


def movement_title(name: str) -> str:
    """Return a movement's title; a movement that this version does not know keeps its name."""
    if not name:
        return EVERYTHING
    try:
        return find_movement(name).title
    except InputError:
        return label(name)


def view_title(view: ViewName) -> str:
    """Return from where the camera looked."""
    return _VIEWS[view]


def label(value: str) -> str:
    """Return a choice's name as a label: ``side_lying`` is ``Side lying``."""
    return str(value).replace("_", " ").capitalize()


def parameter_title(measure: str) -> str:
    """Return the title of a number of walking; one of another version keeps its name."""
    if measure in _PARAMETERS:
        return _PARAMETERS[measure]
    for ending, title in _ENDINGS.items():
        if measure.endswith(ending):
            base = parameter_title(measure.removesuffix(ending))
            inside = not title.startswith("{")
            return title.format(base[0].lower() + base[1:] if inside else base)
    for test, title in _TESTS.items():
        if measure.startswith(f"{test}_"):
            part = measure.removeprefix(f"{test}_").removesuffix("_time") or "time"
            return f"{title}, {part.replace('_', ' ')}"
    return label(measure)


def test_title(test: str) -> str:
    """Return the title of a timed test."""
    return _TESTS.get(test, label(test))


def functional_title(number: Measurement) -> str:
    """Return the title of a test's number, with the leg that is stood on."""
    return functional_measure_title(number.measure, number.side)


def functional_measure_title(measure: str, side: Side) -> str:
    """Return the title of what a test measures, with the leg that is stood on."""
    title = _FUNCTIONAL.get(measure, label(measure))
    leg = f", {side_title(side).lower()}" if side is not Side.BOTH else ""
    return f"{title}{leg}"


def quantity_title(number: Measurement, movement: str = "") -> str:
    """Return what a number is of, without its side: ``knee flexion``, ``walking speed``.

    The smallest angle is ``extension`` in an extension test only; otherwise it is named as the
    smallest one.
    """
    if number.joint == GAIT:
        return parameter_title(number.measure)
    if number.joint == FUNCTIONAL:
        return _FUNCTIONAL.get(number.measure, label(number.measure))
    title = _any_angle(f"{number.joint}_{number.motion}")
    if number.measure not in _SMALLEST:
        return title
    if number.joint in EXTENDED_TO_ZERO and is_extension_test(movement):
        return f"{number.joint.capitalize()} extension"
    return f"{title}, smallest"


def _any_angle(name: str) -> str:
    """Return the title of an angle that the camera sees or that is measured by hand only."""
    by_hand = find_hand_angle(name)
    return find_joint(name).full_title if by_hand.by_camera else by_hand.title
