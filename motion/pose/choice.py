"""Which of several people is the one to be measured: said once, kept for the whole take."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from motion.errors import InputError
from motion.model import FloatArray, IndexArray

__all__ = ["PersonChoice", "PersonTrack", "Who", "choose_person", "parse_choice"]

_IN_VIEW_SHARE: Final = 0.25
"""Who is in view for less than this share of the longest stay only passes by."""

_HOW = "expected largest, centre, left, right, or X,Y in pixels with @SECONDS if not at the start"


class Who(StrEnum):
    """The rule by which the person is chosen."""

    LARGEST = "largest"
    CENTRE = "centre"
    LEFT = "left"
    RIGHT = "right"
    POINT = "point"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChoice:
    """A rule, or a point on the person at a time of the take."""

    who: Who = Who.LARGEST
    x_px: float = 0.0
    y_px: float = 0.0
    time_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PersonTrack:
    """One person's way through a take.

    Parameters
    ----------
    number
        In the order of appearance.
    frames
        ``(m,)`` frames in which they were followed.
    time_s
        ``(m,)`` seconds of those frames.
    middle_px
        ``(m, 2)`` the middle of the trunk.
    box_px
        ``(m, 4)`` left, top, right and bottom of the body.
    length_px
        ``(m,)`` trunk and leg along the bones.
    """

    number: int
    frames: IndexArray
    time_s: FloatArray
    middle_px: FloatArray
    box_px: FloatArray
    length_px: FloatArray

    @property
    def size_px(self) -> float:
        """The body's length where it is least foreshortened."""
        return float(np.percentile(self.length_px, 80))


def parse_choice(text: str) -> PersonChoice:
    """Read ``largest``, ``centre``, ``left``, ``right``, ``X,Y`` or ``X,Y@SECONDS``.

    Raises
    ------
    InputError
        If it is none of these.
    """
    if text in (Who.LARGEST, Who.CENTRE, Who.LEFT, Who.RIGHT):
        return PersonChoice(who=Who(text))
    place, _, moment = text.partition("@")
    try:
        x_px, y_px = (float(part) for part in place.split(","))
        time_s = float(moment) if moment else 0.0
    except ValueError as error:
        msg = f"--person: {_HOW}; got {text!r}"
        raise InputError(msg) from error
    if not all(np.isfinite([x_px, y_px, time_s])) or min(x_px, y_px, time_s) < 0:
        msg = f"--person: {_HOW}; got {text!r}"
        raise InputError(msg)
    return PersonChoice(who=Who.POINT, x_px=x_px, y_px=y_px, time_s=time_s)


def choose_person(
    tracks: Sequence[PersonTrack], choice: PersonChoice, size_px: tuple[int, int]
) -> PersonTrack | None:
    """Return the track of the person that is meant; None where nobody is.

    By rule, people who only pass by do not count, and left, right and centre are meant among
    those who are in view together. By a point, it is who stands there at that time, or the
    nearest in the frames around it.

    Parameters
    ----------
    tracks
        Everybody of the take.
    choice
        Who is meant.
    size_px
        Width and height of the picture.

    Raises
    ------
    InputError
        If a point lies outside the picture.
    """
    if not tracks:
        return None
    if choice.who is Who.POINT:
        return _nearest_to_point(tracks, choice, size_px)
    longest = max(len(track.frames) for track in tracks)
    staying = [t for t in tracks if len(t.frames) >= _IN_VIEW_SHARE * longest]
    if choice.who is Who.LARGEST:
        return max(staying, key=lambda track: track.size_px)
    places = {track.number: _usual_place(track, staying) for track in staying}
    if choice.who is Who.CENTRE:
        return min(staying, key=lambda track: abs(places[track.number] - size_px[0] / 2))
    sign = 1.0 if choice.who is Who.LEFT else -1.0
    return min(staying, key=lambda track: sign * places[track.number])


def _usual_place(track: PersonTrack, everybody: Sequence[PersonTrack]) -> float:
    """Return the median place across the picture, in company if there is any."""
    others = [t.frames for t in everybody if t is not track]
    together = np.isin(track.frames, np.concatenate(others)) if others else np.zeros(0, dtype=bool)
    across = track.middle_px[:, 0]
    return float(np.median(across[together] if np.any(together) else across))


def _nearest_to_point(
    tracks: Sequence[PersonTrack], choice: PersonChoice, size_px: tuple[int, int]
) -> PersonTrack:
    if choice.x_px > size_px[0] or choice.y_px > size_px[1]:
        msg = (
            f"--person: the point {choice.x_px:g},{choice.y_px:g} lies outside the picture of "
            f"{size_px[0]} x {size_px[1]} pixels; {_HOW}"
        )
        raise InputError(msg)

    def distance(track: PersonTrack) -> tuple[float, float]:
        row = int(np.argmin(np.abs(track.time_s - choice.time_s)))
        left, top, right, bottom = track.box_px[row]
        beside = np.hypot(
            max(left - choice.x_px, 0.0, choice.x_px - right),
            max(top - choice.y_px, 0.0, choice.y_px - bottom),
        )
        away_s = abs(float(track.time_s[row]) - choice.time_s)
        middle = float(np.hypot(*(track.middle_px[row] - [choice.x_px, choice.y_px])))
        # Somebody who is not in view yet stands a body length away for each second.
        return float(beside) + away_s * track.size_px, middle

    return min(tracks, key=distance)
