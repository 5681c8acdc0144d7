"""What the edit rows keep, in a clinician's words: names of numbers, whole degrees, verdicts."""

import json
import math
import re
from typing import Final

from motion.clinic.audit_repetitions import REPETITION_FIELD, REPETITION_STATE
from motion.clinic.units import number_text
from motion.clinic.values import Edit
from motion.clinic.wording import (
    NOT_MEASURED,
    functional_measure_title,
    label,
    movement_title,
    parameter_title,
    short_title,
    side_title,
)
from motion.model import FUNCTIONAL, GAIT, LeftOutTime, Side

__all__ = ["number_title", "tell_change", "tell_number", "tell_settings"]

_ENDS: Final = {
    "rom_max": "largest",
    "rom_min": "smallest",
    "rom_range": "range",
    "best_three_mean": "mean of the best three",
    "best_three_mean_down": "mean of the best three, the other way",
    "repetitions": "full repetitions",
}
_VERDICTS: Final = {"measured": "good", "uncertain": "fair", "few_strides": "fair"}
_FIELDS: Final = {
    "side": "Side that was done",
    "movement": "Exercise or angle",
    "mode": "Who moved the limb",
    "setting": "Recorded at",
    "mirrored": "Mirror image",
    "near_side": "Side nearest the camera",
    "weight_bearing": "Weight on the measured leg",
    "footwear_orthosis": "Shoes, brace, orthosis",
    "counted_on": "Repetitions counted on",
    "rest_deg": "Resting angle",
    "incomplete_repetitions": "Movements cut off by the start or end",
    "hand_points": "Landmarks placed by hand",
    "view_name": "View",
    "view_azimuth_deg": "Where the camera stood, around the body",
    "view_azimuth_sd_deg": "How sure that is",
    "view_off_plane_deg": "Camera off a straight view",
    "view_roll_deg": "Camera's lean",
    "view_pitch_deg": "Camera's tilt",
    "view_spread_deg": "How far the view changed",
    "view_facing": "Person faced",
    "sides_swapped_leg_frames": "Frames with legs put back",
    "sides_swapped_arm_frames": "Frames with arms put back",
    "sides_ambiguous_frames": "Frames with left and right unclear",
    "sides_suspicion": "Doubt about left and right",
    "value_deg": "Value",
    "measured_at": "Measured on",
    "software": "Version of this program",
    "model_name": "Pose model",
}
_CHOSEN: Final = {"side": "Planned side", "view": "Plane of the camera", "person": "Person chosen"}
"""Settings that somebody chooses, told where they change."""

_NUMBER_FIELD: Final = re.compile(r"(\S+) ([a-z]+)_(\S*) (left|right|both|none)")
_NUMBER_STATE: Final = re.compile(r"(nan|-?inf|-?[\d.]+(?:e[+-]?\d+)?) (\S*), (\w+)")
_POINT_STATE: Final = re.compile(r"(-?[\d.]+), (-?[\d.]+) px, (found|by hand)")
_LONG_DECIMAL: Final = re.compile(r"-?\d+\.\d{3,}")
_NOTHING: Final = "none"

_Told = tuple[str, str, str]
"""What changed, what it was, what it is."""


def number_title(measure: str, joint: str, motion: str, side: Side) -> str:
    """Return the title of one of a take's numbers: ``Left knee flexion, largest``."""
    if joint == GAIT:
        title = parameter_title(measure)
        return f"{side_title(side)}: {title}" if side in (Side.LEFT, Side.RIGHT) else title
    if joint == FUNCTIONAL:
        return functional_measure_title(measure, side)
    return f"{_angle(joint, motion, side)}, {_ENDS.get(measure, label(measure).lower())}"


def tell_number(key: str) -> str:
    """Return the title of a number from the words of its key: ``rom_max knee flexion left``."""
    measure, joint, motion, side = key.split(" ")
    return _lowered(number_title(measure, joint, motion, Side(side)))


def tell_change(edit: Edit) -> str:
    """Return a change in one line: ``Left knee flexion, largest: 95°, good → 94°, fair``.

    Empty where the two read alike: the change is smaller than what is shown of such a number.
    """
    if edit.field == "signed_off":
        return f"Sign-off of {edit.before} ended: the numbers are no more those signed off"
    title, before, after = _tell_found(edit) or _tell_column(edit)
    if REPETITION_FIELD.fullmatch(edit.field) and None in (edit.before, edit.after):
        return f"{title}, removed: {before}" if edit.after is None else f"{title}, added: {after}"
    return "" if before == after else f"{title}: {before} → {after}"


def tell_settings(edit: Edit) -> tuple[str, ...]:
    """Return in lines what somebody chose otherwise, from the settings before and after."""
    old, new = (dict(json.loads(text or "[]")) for text in (edit.before, edit.after))
    lines = []
    for name, title in _CHOSEN.items():
        was, is_now = (_said(str(each.get(name, "auto"))) for each in (old, new))
        if was != is_now:
            lines.append(f"{title}: {was} → {is_now}")
    if bool(old.get("sides_exchanged")) is not bool(new.get("sides_exchanged")):
        lines.append("Left and right of the whole take exchanged")
    was, is_now = (_times(LeftOutTime.read_all(each.get("left_out"))) for each in (old, new))
    if was != is_now:
        lines.append(f"Time that counts for no angle: {was} → {is_now}")
    return tuple(lines)


def _tell_found(edit: Edit) -> _Told | None:
    """Return a number, a repetition or a landmark that was found otherwise; else None."""
    if found := REPETITION_FIELD.fullmatch(edit.field):
        count, joint, motion, side = found.groups()
        title = f"Repetition {count}, {_lowered(_angle(joint, motion, Side(side)))}"
        return title, _repetition(edit.before), _repetition(edit.after)
    if found := _NUMBER_FIELD.fullmatch(edit.field):
        measure, joint, motion, side = found.groups()
        title = number_title(measure, joint, motion, Side(side))
        return title, *_numbers(edit.before, edit.after)
    if any(_POINT_STATE.fullmatch(text or "") for text in (edit.before, edit.after)):
        return _capital(_shorten(edit.field)), _point(edit.before), _point(edit.after)
    return None


def _tell_column(edit: Edit) -> _Told:
    name = edit.field
    title = _FIELDS.get(name) or _capital(_shorten(name.removesuffix("_deg")).replace("_", " "))
    before, after = (_value(name, text) for text in (edit.before, edit.after))
    return title, before, after


def _numbers(before: str | None, after: str | None) -> tuple[str, str]:
    """Return a number before and after; how sure it is only where that changed too."""
    (was, was_sure), (is_now, is_sure) = _number(before), _number(after)
    if was_sure == is_sure:
        return was, is_now
    return _with(was, was_sure), _with(is_now, is_sure)


def _number(state: str | None) -> tuple[str, str]:
    found = _NUMBER_STATE.fullmatch(state or "")
    if found is None:
        return _NOTHING if state is None else _said(state), ""
    value, unit, verdict = found.groups()
    if verdict not in _VERDICTS or not math.isfinite(float(value)):
        return NOT_MEASURED.lower(), ""
    return number_text(float(value), unit), _VERDICTS[verdict]


def _with(value: str, sure: str) -> str:
    return f"{value}, {sure}" if sure else value


def _repetition(state: str | None) -> str:
    found = REPETITION_STATE.fullmatch(state or "")
    if found is None:
        return _NOTHING if state is None else _said(state)
    start, end, peak, verdict = found.groups()
    times = f"{float(start):.2f} to {float(end):.2f} s"
    if not math.isfinite(float(peak)):
        return f"{times}, {NOT_MEASURED.lower()}"
    return f"{times}, {number_text(float(peak), 'deg')}, {_said(verdict)}"


def _point(state: str | None) -> str:
    found = _POINT_STATE.fullmatch(state or "")
    if found is None:
        return "not seen" if state is None else state
    x_px, y_px, who = found.groups()
    placed = "placed by hand" if who == "by hand" else "found by the camera"
    return f"{float(x_px):.0f}, {float(y_px):.0f} px, {placed}"


def _value(field: str, text: str | None) -> str:
    if text is None or text == "":
        return _NOTHING
    if field.endswith("_deg"):
        return number_text(float(text), "deg")
    if field == "movement":
        return movement_title(text)
    return _said(text)


def _said(text: str) -> str:
    """Return a stored word or number as one reads it."""
    words = {"True": "yes", "False": "no", "nan": NOT_MEASURED.lower(), "auto": "as the view shows"}
    return words.get(text) or _shorten(text).replace("_", " ")


def _shorten(text: str) -> str:
    return _LONG_DECIMAL.sub(lambda found: f"{float(found[0]):.2f}", text)


def _times(times: tuple[LeftOutTime, ...]) -> str:
    return ", ".join(each.text for each in times if not each.why.counts_for_range) or _NOTHING


def _angle(joint: str, motion: str, side: Side) -> str:
    """Return an angle's title; one that this version does not know keeps its name."""
    try:
        return short_title(joint, motion, side)
    except KeyError:
        where = "" if side is Side.NONE else f"{side.value} "
        return label(f"{where}{joint} {motion}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
