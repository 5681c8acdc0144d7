"""What a person reads in the place of the library's names and numbers."""

import math
import re
from datetime import datetime
from typing import Final

from motion.clinic.wording import (
    EVERYTHING,
    EXTENDED_TO_ZERO,
    INTENDED_USE,
    NOT_BY_ONE_CAMERA,
    NOT_MEASURED,
    angle_title,
    degrees,
    extension,
    is_extension,
    is_extension_test,
    label,
    movement_title,
    reached,
    result_title,
    short_title,
    side_title,
    view_title,
)
from motion.model import (
    Analysis,
    Measurement,
    MeasureVerdict,
    RepetitionVerdict,
    View,
    ViewName,
)

__all__ = [
    "DIFFERENCES",
    "EVERYTHING",
    "EXTENDED_TO_ZERO",
    "INTENDED_USE",
    "KNOWN_BIAS",
    "NOT_BY_ONE_CAMERA",
    "NOT_MEASURED",
    "STANDARD_ERROR",
    "angle_title",
    "confidence_of",
    "curve_title",
    "date_text",
    "degrees",
    "end_of_range",
    "error_figure",
    "extension",
    "is_extension",
    "is_extension_test",
    "label",
    "likely_range",
    "movement_title",
    "person_title",
    "plain",
    "reached",
    "repetition_verdict",
    "result_title",
    "seconds",
    "short_title",
    "side_title",
    "signed_degrees",
    "verdict",
    "view_text",
    "view_title",
]


DIFFERENCES: Final = (
    "Differences are those of the rounded numbers shown; verdicts are of the numbers before "
    "rounding."
)
STANDARD_ERROR: Final = (
    "Standard error of measurement: about two takes of three lie within it of the true value; two "
    "takes must differ by the smallest detectable change."
)
KNOWN_BIAS: Final = (
    "Compare a patient's takes with each other rather than with a goniometer or a table. "
    "Where no range stands under a value, the angle was never held against known answers in such "
    "a view or position, or another pose model or plain landmarks were used: then a knee and a hip "
    "read about 5° to 10° low."
)
_VERDICTS: Final = {
    MeasureVerdict.MEASURED: "Good",
    MeasureVerdict.UNCERTAIN: "Fair",
    MeasureVerdict.FEW_STRIDES: "Fair",
    MeasureVerdict.NOT_MEASURABLE: NOT_MEASURED,
}
_REPETITIONS: Final = {
    RepetitionVerdict.FULL: "Full",
    RepetitionVerdict.PARTIAL: "Partial",
    RepetitionVerdict.OTHER_MOVEMENT: "Moved another way",
    RepetitionVerdict.NOT_MEASURABLE: NOT_MEASURED,
}
_ENDS: Final = {"rom_max": "Largest", "rom_min": "Smallest"}


def signed_degrees(value: float) -> str:
    """Return a difference in whole degrees, with its sign."""
    return f"{round(value):+d}°" if math.isfinite(value) else "–"


def end_of_range(measure: str) -> str:
    """Return which end of the range a measure is: ``Largest`` or ``Smallest``."""
    return _ENDS[measure]


def seconds(value: float) -> str:
    """Return a duration with one decimal."""
    return f"{value:.1f} s" if math.isfinite(value) else "–"


def likely_range(measurement: Measurement) -> str:
    """Return the range that held 95 of 100 true values of rendered people; empty without one."""
    m = measurement
    if not (math.isfinite(m.value) and math.isfinite(m.band95)):
        return ""
    lowest = m.value - m.band95
    if m.measure == "rom_range":
        lowest = max(lowest, 0.0)  # a range has no sign
    return f"{degrees(lowest)} to {degrees(m.value + m.band95)}"


def error_figure(measurement: Measurement) -> tuple[str, str]:
    """Return the measurement error in whole degrees, and where it comes from."""
    m = measurement
    if not math.isfinite(m.sem):
        return "–", "no error figure"
    provisional = m.mdc_source.startswith("provisional")
    return f"± {degrees(m.sem)}", "provisional error figure" if provisional else m.mdc_source


def person_title(setting: object) -> str:
    """Return how the measured person was chosen: ``Largest in the picture``."""
    text = str(setting or "")
    if not text or text == "None":
        return "Not stated"
    if "," not in text:
        return f"{label(text)} in the picture"
    moment = text.partition("@")[2]
    return f"Clicked on at {seconds(float(moment))}" if moment else "Clicked on at the start"


def view_text(view: View) -> str:
    """Return from where the camera looked, and how far that is off a straight view."""
    off = view.off_plane_deg
    named = view_title(view.name)
    if view.name is ViewName.UNKNOWN or not math.isfinite(off):
        return named
    return f"{named}, about {degrees(off)} off"


def curve_title(analysis: Analysis, name: str) -> str:
    """Return the title of one of an analysis's curves."""
    curve = analysis.angles[name]
    return angle_title(curve.joint, curve.motion, curve.side)


def verdict(found: MeasureVerdict) -> str:
    """Return ``Good``, ``Fair`` or ``Not measured``."""
    return _VERDICTS[found]


def confidence_of(measurements: tuple[Measurement, ...]) -> str:
    """Return what can be said of a take: ``Fair`` where any of its measurements is."""
    found = {verdict(m.verdict) for m in measurements}
    return next((word for word in ("Fair", "Good") if word in found), NOT_MEASURED)


def repetition_verdict(found: RepetitionVerdict) -> str:
    """Return what a repetition was."""
    return _REPETITIONS[found]


def plain(text: str) -> str:
    """Return a text that Markdown shows letter by letter, whatever somebody typed into it."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>$~:-])", r"\\\1", text)


def date_text(moment: datetime) -> str:
    """Return a date and a time that no country reads the wrong way round."""
    return f"{moment.day} {moment:%b %Y, %H:%M}"
