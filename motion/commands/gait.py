"""The choices of a walk, as typed, into settings."""

import math
from dataclasses import dataclass

from motion.errors import InputError
from motion.gait import GaitSettings, TimedTest

__all__ = ["GaitChoices", "read_moment"]

_HEIGHT_CM = (40.0, 250.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class GaitChoices:
    """What was typed about a walk."""

    height_cm: float | None = None
    scale_m: float | None = None
    scale_px: str = ""
    belt_m_s: float | None = None
    treadmill: bool | None = None
    test: str = ""
    go_s: float | None = None

    def to_settings(self, known_height_cm: float | None = None) -> GaitSettings:
        """Return the choices as settings.

        Parameters
        ----------
        known_height_cm
            The height in the patient's record, for a walk whose scale nobody gave.

        Raises
        ------
        InputError
            If a number cannot be meant, or what was said does not go together.
        """
        if (self.scale_m is None) != (not self.scale_px):
            msg = "--scale-m and --scale-px: a distance and its two ends go together; give both"
            raise InputError(msg)
        if self.treadmill is False and self.belt_m_s is not None:
            msg = "--treadmill-speed-m-s: there is no belt with --overground; leave one out"
            raise InputError(msg)
        unscaled = self.height_cm is None and self.scale_m is None
        height_cm = known_height_cm if unscaled else self.height_cm
        return GaitSettings(
            height_m=_read_height(height_cm),
            floor_m=_read_positive("--scale-m", self.scale_m),
            floor_px=_read_ends(self.scale_px) if self.scale_px else None,
            belt_m_s=_read_positive("--treadmill-speed-m-s", self.belt_m_s),
            treadmill=True if self.belt_m_s is not None else self.treadmill,
            test=_read_test(self.test),
            go_s=read_moment(self.go_s),
        )


def _read_height(height_cm: float | None) -> float:
    if height_cm is None:
        return math.nan
    low, high = _HEIGHT_CM
    if not low <= height_cm <= high:
        msg = f"--height-cm: expected {low:g} to {high:g} centimetres, got {height_cm:g}"
        raise InputError(msg)
    return height_cm / 100.0


def _read_positive(name: str, value: float | None) -> float:
    if value is None:
        return math.nan
    if not (value > 0 and math.isfinite(value)):
        msg = f"{name}: expected a number above 0, got {value:g}"
        raise InputError(msg)
    return value


def read_moment(value: float | None) -> float:
    """Return the moment of GO; NaN where none was typed.

    Raises
    ------
    InputError
        If it is no moment of a recording.
    """
    if value is None:
        return math.nan
    if not (value >= 0 and math.isfinite(value)):
        msg = f"--go-s: expected seconds from the beginning of the recording, got {value:g}"
        raise InputError(msg)
    return value


def _read_ends(text: str) -> tuple[float, float, float, float]:
    try:
        x1, y1, x2, y2 = (float(part) for part in text.split(","))
    except ValueError as error:
        msg = f"--scale-px: expected x1,y1,x2,y2 in pixels, got {text!r}"
        raise InputError(msg) from error
    if not all(math.isfinite(each) for each in (x1, y1, x2, y2)) or (x1, y1) == (x2, y2):
        msg = f"--scale-px: expected two different points in pixels, got {text!r}"
        raise InputError(msg)
    return x1, y1, x2, y2


def _read_test(text: str) -> TimedTest | None:
    if not text:
        return None
    try:
        return TimedTest(text)
    except ValueError as error:
        known = ", ".join(each.value for each in TimedTest)
        msg = f"--test: expected one of {known}, got {text!r}"
        raise InputError(msg) from error
