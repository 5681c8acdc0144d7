"""Asks what must be known of a walk: the scale, the belt, the timed test."""

import math
from typing import Final

import streamlit as st

from dashboard import gait_words
from dashboard.components.choices import ask_one_of
from dashboard.components.floor import ask_floor_line
from dashboard.components.notices import show_error
from dashboard.components.source import Source
from motion.clinic import find_patient, open_record
from motion.errors import MotionError
from motion.gait import GaitSettings, TimedTest

__all__ = ["choose_gait"]

FloorPx = tuple[float, float, float, float]

_HEIGHT: Final = "The person's height"
_FLOOR: Final = "A known distance on the floor"
_NONE: Final = "None"
_CLICKS: Final = "Two clicks in the picture"
_NUMBERS: Final = "Numbers"
_GROUND: Final[dict[bool | None, str]] = {
    None: "Find out from the picture",
    False: "Over the floor",
    True: "On a treadmill",
}
_TESTS: Final[dict[TimedTest | None, str]] = {
    None: "No timed test",
    **{test: gait_words.test_title(test.value) for test in TimedTest},
}
_TO_M_S: Final = {"km/h": 1 / 3.6, "m/s": 1.0, "mph": 0.44704}
_NO_NEED: Final = (math.nan, math.nan, None)
"""Markers are in metres already."""

_NO_SCALE: Final = (
    "Without a scale step length, stride length and walking speed will be missing; times, cadence "
    "and shares of the gait cycle are measured all the same."
)


def choose_gait(source: Source | None, patient_code: str, *, mirrored: bool) -> GaitSettings | None:
    """Ask for the choices of a walk; None as long as a needed one is missing.

    Parameters
    ----------
    source
        The recording; None as long as there is none.
    patient_code
        Whose height is filled in; may be nobody's.
    """
    treadmill, belt_m_s = _ask_ground()
    try:
        scale = (
            _NO_NEED
            if source and source.is_markers
            else _ask_scale(source, patient_code, belt=math.isfinite(belt_m_s), mirrored=mirrored)
        )
    except MotionError as error:
        show_error(error)
        return None
    test, go_s = _ask_test()
    if scale is None:
        return None
    height_m, floor_m, floor_px = scale
    return GaitSettings(
        height_m=height_m,
        floor_m=floor_m,
        floor_px=floor_px,
        belt_m_s=belt_m_s,
        treadmill=treadmill,
        test=test,
        go_s=go_s,
    )


def _ask_ground() -> tuple[bool | None, float]:
    treadmill = ask_one_of("Where does the person walk?", _GROUND)
    if treadmill is not True:
        return treadmill, math.nan
    speed_column, unit_column = st.columns([2, 1])
    with speed_column:
        speed = st.number_input(
            "Speed of the belt, as it shows", min_value=0.0, max_value=30.0, value=None, step=0.1
        )
    with unit_column:
        unit = st.selectbox("Its unit", list(_TO_M_S))
    if not speed:
        st.caption("Without the belt's speed, walking speed and lengths need another scale.")
        return treadmill, math.nan
    speed_m_s = float(speed) * _TO_M_S[unit]
    if unit != "m/s":
        st.caption(f"{speed_m_s:.2f} m/s")
    return treadmill, speed_m_s


def _ask_scale(
    source: Source | None, patient_code: str, *, belt: bool, mirrored: bool
) -> tuple[float, float, FloorPx | None] | None:
    kinds = [_HEIGHT, _FLOOR, _NONE]
    kind = st.segmented_control(
        "What tells metres in the picture?", kinds, default=_HEIGHT, required=True
    )
    if kind == _HEIGHT:
        height_m = _ask_height(patient_code)
        if math.isnan(height_m) and not belt:
            st.caption(f"No height is given. {_NO_SCALE}")
        return height_m, math.nan, None
    if kind == _NONE:
        if not belt:
            st.caption(_NO_SCALE)
        return math.nan, math.nan, None
    st.caption(
        "The most exact way: two marks in the line that is walked on, such as strips of tape, "
        "with a measured distance between them."
    )
    floor_m = st.number_input(
        "Distance in metres (m)", min_value=0.1, max_value=50.0, value=None, step=0.1
    )
    floor_px = _ask_floor(source, mirrored=mirrored)
    if not floor_m or floor_px is None:
        st.caption("Still needed: the distance and both its ends.")
        return None
    return math.nan, float(floor_m), floor_px


def _ask_height(patient_code: str) -> float:
    known_cm = None
    if patient_code:
        with open_record() as record:
            patient = find_patient(record, patient_code)
        known_cm = patient.height_cm if patient else None
    height_cm = st.number_input(
        "Height in centimetres (cm)",
        min_value=50.0,
        max_value=250.0,
        value=known_cm,
        step=1.0,
        key=f"gait-height-{patient_code}",
        help="Filled in from the patient's details where they hold it.",
    )
    if height_cm:
        st.caption("Lengths by height may be wrong by 5 to 10 %; marks on the floor are better.")
    return float(height_cm) / 100.0 if height_cm else math.nan


def _ask_floor(source: Source | None, *, mirrored: bool) -> FloorPx | None:
    way = st.segmented_control("Its two ends", [_CLICKS, _NUMBERS], default=_CLICKS, required=True)
    if way == _CLICKS:
        if source is None:
            st.caption("Choose the recording first; then its picture is shown here.")
            return None
        return ask_floor_line(source, mirrored=mirrored)
    names = ("First end, across", "First end, down", "Second end, across", "Second end, down")
    given = [
        column.number_input(f"{name} (pixels)", min_value=0.0, value=None, step=1.0)
        for column, name in zip(st.columns(4), names, strict=True)
    ]
    x1, y1, x2, y2 = given
    if x1 is None or y1 is None or x2 is None or y2 is None:
        return None
    return x1, y1, x2, y2


def _ask_test() -> tuple[TimedTest | None, float]:
    test = ask_one_of("Timed test", _TESTS)
    if test is None:
        return None, math.nan
    go_s = st.number_input(
        "When was GO said, in seconds (s) of the recording?",
        min_value=0.0,
        value=None,
        step=0.1,
        help="The time of a test counts from GO.",
    )
    if go_s is None:
        st.caption("Without GO: timed from movement, not comparable with cut-offs.")
    return test, math.nan if go_s is None else float(go_s)
