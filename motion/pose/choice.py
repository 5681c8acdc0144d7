"""Which of several people is the one to be measured: said once, kept for the whole take."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from motion.errors import InputError
from motion.model import FloatArray, IndexArray, landmark_index
from motion.pose.bodies import measure_lengths, measure_middles

__all__ = ["PersonChoice", "PersonTrack", "Who", "choose_person", "parse_choice"]

_IN_VIEW_SHARE: Final = 0.25
"""Who is in view for less than this share of the longest stay only passes by."""

_POINTED_AT: Final = 0.12
"""Farthest from the middle lines of trunk, legs and head that a point on somebody may lie, in body
lengths: half the width of a trunk."""

_SOON_S: Final = 0.5
"""Somebody may be found a little later, or have been seen a little earlier, than pointed at."""

_LINES: Final = tuple(
    (landmark_index(start), landmark_index(end))
    for start, end in (
        *(
            (f"{side}_{a}", f"{side}_{b}")
            for side in ("left", "right")
            for a, b in (("shoulder", "hip"), ("hip", "knee"), ("knee", "ankle"))
        ),
        ("left_shoulder", "right_hip"),
        ("right_shoulder", "left_hip"),
        ("nose", "nose"),
    )
)

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
    points_px
        ``(m, 33, 2)`` their landmarks.
    """

    number: int
    frames: IndexArray
    time_s: FloatArray
    points_px: FloatArray

    @property
    def size_px(self) -> float:
        """The body's length where it is least foreshortened."""
        return float(np.percentile(measure_lengths(self.points_px), 80))


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
        msg = f"person: {_HOW}; got {text!r}"
        raise InputError(msg) from error
    if not all(np.isfinite([x_px, y_px, time_s])) or min(x_px, y_px, time_s) < 0:
        msg = f"person: {_HOW}; got {text!r}"
        raise InputError(msg)
    return PersonChoice(who=Who.POINT, x_px=x_px, y_px=y_px, time_s=time_s)


def choose_person(
    tracks: Sequence[PersonTrack], choice: PersonChoice, size_px: tuple[int, int]
) -> PersonTrack | None:
    """Return the track of the person that is meant; None where nobody is.

    By rule, people who only pass by do not count, and left, right and centre are meant among
    those who are in view together. A point lies on the person's trunk or legs, not only within
    reach of somebody's arm.

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
        If a point lies outside the picture, or on nobody.
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
    across = measure_middles(track.points_px)[:, 0]
    return float(np.median(across[together] if np.any(together) else across))


def _nearest_to_point(
    tracks: Sequence[PersonTrack], choice: PersonChoice, size_px: tuple[int, int]
) -> PersonTrack:
    if choice.x_px > size_px[0] or choice.y_px > size_px[1]:
        msg = (
            f"the point {choice.x_px:g},{choice.y_px:g} lies outside the picture of "
            f"{size_px[0]} x {size_px[1]} pixels; {_HOW}"
        )
        raise InputError(msg)

    def distance(track: PersonTrack) -> float:
        """Return how far the point is from trunk, legs and head, in body lengths and seconds."""
        row = int(np.argmin(np.abs(track.time_s - choice.time_s)))
        point = np.array([choice.x_px, choice.y_px])
        away_px = min(_from_line(point, track.points_px[row, list(line)]) for line in _LINES)
        away_s = abs(float(track.time_s[row]) - choice.time_s)
        return away_px / track.size_px + max(0.0, away_s - _SOON_S)

    nearest = min(tracks, key=distance)
    if distance(nearest) > _POINTED_AT:
        msg = (
            f"nobody was followed at {choice.x_px:g},{choice.y_px:g} at "
            f"{choice.time_s:g} s; point at the middle of the person's trunk, or at another time"
        )
        raise InputError(msg)
    return nearest


def _from_line(point: FloatArray, ends: FloatArray) -> float:
    along = ends[1] - ends[0]
    share = np.dot(point - ends[0], along) / max(float(np.dot(along, along)), 1e-9)
    return float(np.hypot(*(point - ends[0] - np.clip(share, 0.0, 1.0) * along)))
