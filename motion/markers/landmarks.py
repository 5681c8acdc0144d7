"""From the markers of a set to the landmarks that angles and gait are measured on."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from motion.errors import InputError, NoPersonError
from motion.markers.centres import find_chord_centre, find_hip_centres
from motion.markers.hinges import find_hinge, nearest_on_hinge
from motion.markers.picture import see_from_side
from motion.markers.recording import MarkerRecording
from motion.markers.sets import MarkerSet, Places, bare_name
from motion.model import (
    LANDMARKS,
    FloatArray,
    PoseRecording,
    Side,
    Triangulated,
    landmark_index,
)

__all__ = ["find_up", "place_landmarks", "stands_upright", "takes_usual_widths", "to_recording"]

_SIDES: Final = (Side.LEFT, Side.RIGHT)
_UPRIGHT: Final = 0.5
"""Of the way from heels to hips, so much leads up in somebody who stands, walks or sits."""

_LOWEST_HIPS_M: Final = 0.15
_HIGHEST_HIPS_M: Final = 2.0
"""Between the feet and the hips of a standing person, of a small child and of a giant."""


def to_recording(markers: MarkerRecording, marker_set: MarkerSet) -> PoseRecording:
    """Return the markers as a recording that is measured in the room, like that of cameras.

    ``triangulated`` holds the landmarks in the file's axes, in metres, each with confidence 1
    where its markers were seen; nothing is reprojected, so that ``reprojection_px`` is NaN.
    ``image_px`` is a side view of them (:func:`motion.markers.picture.see_from_side`), and
    ``world_m`` the same with depth, in metres from the middle of the hips. A landmark for which the
    set has no marker, or in a frame that lacks one, is missing.

    Parameters
    ----------
    markers
        Of :func:`motion.markers.read_markers`.
    marker_set
        Their set (:func:`motion.markers.recognise_set`).

    Raises
    ------
    InputError
        If two people's markers have the same names, or the sizes are not a person's.
    NoPersonError
        If no frame holds both feet and hips.
    """
    position_m = place_landmarks(markers, marker_set)
    up = find_up(markers, position_m)
    seen = np.all(np.isfinite(position_m), axis=2)
    confidence = np.where(seen, 1.0, np.nan)
    view = see_from_side(position_m, up)
    hips = np.mean(position_m[:, [landmark_index(f"{side}_hip") for side in _SIDES]], axis=1)
    return PoseRecording(
        time_s=markers.time_s,
        image_px=view.image_px,
        world_m=(position_m - hips[:, None]) @ view.axes.T,
        visibility=confidence,
        presence=confidence,
        width_px=view.width_px,
        height_px=view.height_px,
        triangulated=Triangulated(
            position_m=position_m,
            reprojection_px=np.full(seen.shape, np.nan),
            confidence=confidence,
            undecided=np.zeros(len(markers), dtype=bool),
            up=up,
        ),
    )


def place_landmarks(markers: MarkerRecording, marker_set: MarkerSet) -> FloatArray:
    """Return where the 33 landmarks are, ``(n, 33, 3)`` in the file's axes; NaN where not known.

    Raises
    ------
    InputError
        If two people's markers have the same names.
    """
    found = _Markers(markers)
    position_m = np.full((len(markers), len(LANDMARKS), 3), np.nan)
    for name, places in marker_set.landmarks.items():
        position_m[:, landmark_index(name)] = found.middle(places)
    if marker_set.pelvis:
        pelvis = marker_set.pelvis
        hips = find_hip_centres(
            found.one(pelvis.left_front), found.one(pelvis.right_front), found.middle(pelvis.back)
        )
        for side, hip in zip(_SIDES, hips, strict=True):
            position_m[:, landmark_index(f"{side}_hip")] = hip
    for side in _SIDES:
        _place_from_outside(position_m, found, marker_set, side)
        _place_from_clusters(position_m, found, marker_set, side)
    return position_m


def takes_usual_widths(markers: MarkerRecording, marker_set: MarkerSet) -> bool:
    """Whether a joint's width that the file does not say had to be taken as usual."""
    return any(joint not in markers.widths_m for joint in marker_set.outside)


def find_up(markers: MarkerRecording, position_m: FloatArray) -> FloatArray:
    """Return which way is up, ``(3,)``: as the file says, else from the feet to the hips.

    Of the file's six ways along an axis the one is taken that leads most from feet to hips.

    Raises
    ------
    NoPersonError
        If no frame holds both feet and hips.
    InputError
        If they are not as far apart as a person's.
    """
    rise_m = _rise(position_m)
    if not len(rise_m):
        msg = "markers: no frame holds both feet and hips; export a trial in which they are seen"
        raise NoPersonError(msg)
    length_m = float(np.median(np.linalg.norm(rise_m, axis=1)))
    if not _LOWEST_HIPS_M <= length_m <= _HIGHEST_HIPS_M:
        msg = (
            f"markers: hips are {length_m:.3g} m from the heels, expected {_LOWEST_HIPS_M:g} to "
            f"{_HIGHEST_HIPS_M:g}; check the file's unit"
        )
        raise InputError(msg)
    if markers.up is not None:
        return markers.up
    middle = np.median(rise_m, axis=0)
    axis = int(np.argmax(np.abs(middle)))
    up = np.zeros(3)
    up[axis] = np.sign(middle[axis])
    return up


def stands_upright(recording: PoseRecording) -> bool:
    """Whether the hips are mostly above the heels, and not beside or below them."""
    room = recording.triangulated
    if room is None:
        msg = "recording must be triangulated, got one camera's"
        raise ValueError(msg)
    rise_m = _rise(room.position_m)
    return bool(np.median(rise_m @ room.up) > _UPRIGHT * np.median(np.linalg.norm(rise_m, axis=1)))


def _rise(position_m: FloatArray) -> FloatArray:
    """Return the way from the heels to the hips in the frames that hold both, ``(m, 3)``."""
    rows = [[landmark_index(f"{side}_{n}") for side in _SIDES] for n in ("hip", "heel")]
    hips, heels = (np.mean(position_m[:, row], axis=1) for row in rows)
    return np.asarray((hips - heels)[np.all(np.isfinite(hips - heels), axis=1)])


class _Markers:
    """A recording's markers by their bare names."""

    def __init__(self, markers: MarkerRecording) -> None:
        self._position_m = markers.position_m
        self.widths_m = markers.widths_m
        self._columns: dict[str, int] = {}
        self._people: dict[str, str] = {}
        for column, name in enumerate(markers.names):
            bare, person = bare_name(name), name.rpartition(":")[0]
            if bare in self._columns and self._people[bare] != person:
                msg = (
                    f"markers: {name} is there of {self._people[bare]!r} and of {person!r}; "
                    "export one person's trial"
                )
                raise InputError(msg)
            self._columns.setdefault(bare, column)
            self._people.setdefault(bare, person)

    def one(self, name: str) -> FloatArray:
        """Return a marker's places, ``(n, 3)``; NaN if the file has none of that name."""
        if name not in self._columns:
            return np.full((len(self._position_m), 3), np.nan)
        return np.asarray(self._position_m[:, self._columns[name]])

    def several(self, names: Sequence[str]) -> FloatArray:
        """Return ``(n, k, 3)``."""
        return np.stack([self.one(name) for name in names], axis=1)

    def middle(self, places: Places) -> FloatArray:
        """Return the middle of the first alternative whose markers are all in the file."""
        whole = [names for names in places if set(names) <= set(self._columns)]
        return np.asarray(np.mean(self.several((whole or places)[0]), axis=1))


def _place_from_outside(
    position_m: FloatArray, found: _Markers, marker_set: MarkerSet, side: Side
) -> None:
    for joint, above in (("knee", "hip"), ("ankle", "knee")):
        name = f"{side}_{joint}"
        if name not in marker_set.outside:
            continue
        markers = marker_set.outside[name]
        width_m = found.widths_m.get(name, marker_set.usual_widths_m[joint])
        position_m[:, landmark_index(name)] = find_chord_centre(
            position_m[:, landmark_index(f"{side}_{above}")],
            found.one(markers.marker),
            found.one(markers.wand),
            (width_m + marker_set.marker_diameter_m) / 2.0,
        )


def _place_from_clusters(
    position_m: FloatArray, found: _Markers, marker_set: MarkerSet, side: Side
) -> None:
    """Place ankle and knee on the axes about which shank and foot, thigh and shank turn.

    The thigh is that of its markers and the hip. Along the axis the ankle is where that is nearest
    the line from heel to toe, the knee nearest the line from hip to ankle.
    """
    if side not in marker_set.clusters:
        return
    clusters = marker_set.clusters[side]
    hip, knee, ankle, heel, toe = (
        landmark_index(f"{side}_{name}") for name in ("hip", "knee", "ankle", "heel", "foot_index")
    )
    shank = found.several(clusters.shank)
    thigh = np.concatenate([found.several(clusters.thigh), position_m[:, [hip]]], axis=1)
    lower = find_hinge(shank, found.several(clusters.foot))
    if lower:
        position_m[:, ankle] = nearest_on_hinge(lower, position_m[:, heel], position_m[:, toe])
    upper = find_hinge(thigh, shank)
    if upper and lower:
        position_m[:, knee] = nearest_on_hinge(upper, position_m[:, hip], position_m[:, ankle])
