"""Says whose body a recording shows: by boxes drawn by hand, or by the truth of composed clips."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pose.composed import Composed, Floats, Person

from motion.model import LANDMARKS, PoseRecording

Flags = NDArray[np.bool_]

REAL: Final = Path(__file__).resolve().parents[3] / "shared/validation/real"
RECORDINGS: Final = {
    "walk": REAL / "walk_sagittal" / "walk.mp4",
    "single_cam01": REAL / "balance_4cam" / "single_cam01.mp4",
    "single_cam02": REAL / "balance_4cam" / "single_cam02.mp4",
}
BOXES: Final = Path(__file__).with_name("person_boxes.csv")

LEAST_OVERLAP: Final = 0.3
"""A body whose box covers less of the hand-drawn one than this (intersection over union) is
somebody else's; landmarks lie inside the flesh, so a perfect body reaches 0.6 to 0.9."""

FARTHEST_TRUNKS: Final = 0.5
"""A body farther from the truth than this, in trunk lengths and on average, is nobody's."""

LEAST_LANDMARKS: Final = 4
"""Of the twelve compared: with fewer, a frame is not judged."""

_COMPARED: Final = tuple(
    f"{side}_{joint}"
    for side in ("left", "right")
    for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
)
_COLUMNS: Final = [LANDMARKS.index(name) for name in _COMPARED]


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """What somebody saw in one frame: a box, and how much of the person it holds."""

    clip: str
    frame: int
    box_px: tuple[float, float, float, float] | None
    state: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whose body was measured, counted over the frames that have an answer.

    ``checked`` frames have a body and an answer; in ``others`` of them the body is somebody
    else's, in ``strays`` it is far from everybody: made of two people, or of none. Of ``whole``
    frames, in which the subject is whole in the picture and unhidden, ``kept`` show the subject.
    """

    checked: int
    others: int
    whole: int
    kept: int
    strays: int = 0
    other_frames: tuple[int, ...] = ()
    missed_frames: tuple[int, ...] = ()

    @property
    def kept_share(self) -> float:
        return self.kept / self.whole if self.whole else float("nan")


def read_boxes(clip: str) -> tuple[DrawnBox, ...]:
    """Return the boxes of one recording, named as in ``RECORDINGS``."""
    lines = [line for line in BOXES.read_text().splitlines() if not line.startswith("#")]
    found = []
    for row in csv.DictReader(lines):
        if row["clip"] != clip:
            continue
        sides = [row[name] for name in ("x0_px", "y0_px", "x1_px", "y1_px")]
        box = tuple(float(side) for side in sides) if all(sides) else None
        found.append(DrawnBox(clip, int(row["frame"]), box, row["state"]))  # type: ignore[arg-type]
    return tuple(found)


def overlap(one: Iterable[float], other: Iterable[float]) -> float:
    """Return the intersection over union of two boxes ``x0, y0, x1, y1``."""
    a, b = np.array(list(one)), np.array(list(other))
    shared = np.prod(np.maximum(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0))
    areas = np.prod(np.maximum(a[2:] - a[:2], 0)) + np.prod(np.maximum(b[2:] - b[:2], 0))
    return float(shared / (areas - shared)) if areas > shared else 0.0


def body_box_px(image_px: Floats, size_px: tuple[int, int]) -> Floats:
    """Return the box of one body's landmarks ``(33, 2)`` as far as they lie in the picture."""
    seen = image_px[np.isfinite(image_px).all(axis=1)]
    box = np.concatenate([seen.min(axis=0), seen.max(axis=0)])
    return np.clip(box, 0, np.array([*size_px, *size_px], dtype=float))


def match_box(recording: PoseRecording, boxes: Sequence[DrawnBox]) -> Verdict:
    """Judge a recording by the boxes drawn on some of its frames.

    A measured body is the subject's if its box overlaps the subject's by ``LEAST_OVERLAP`` and
    more than it overlaps a box of anybody else in that frame; else it is somebody else's, as any
    body is where the subject is absent. Where the subject is partly hidden the body may reach
    beyond the box, so there its own middle must lie in the box.
    """
    measured = shows_body(recording)
    other_boxes = {each.frame: each.box_px for each in boxes if each.state == "other"}
    others, missed, checked, whole, kept = [], [], 0, 0, 0
    for drawn in boxes:
        if drawn.state == "other":
            continue
        whole += drawn.state == "whole"
        if not measured[drawn.frame]:
            if drawn.state == "whole":
                missed.append(drawn.frame)
            continue
        checked += 1
        body_px = np.asarray(recording.image_px[drawn.frame], dtype=float)
        size_px = (recording.width_px, recording.height_px)
        if _is_subject(body_px, size_px, drawn, other_boxes.get(drawn.frame)):
            kept += drawn.state == "whole"
        else:
            others.append(drawn.frame)
    return Verdict(
        checked, len(others), whole, kept, other_frames=tuple(others), missed_frames=tuple(missed)
    )


def _is_subject(
    body_px: Floats,
    size_px: tuple[int, int],
    drawn: DrawnBox,
    other_px: tuple[float, float, float, float] | None,
) -> bool:
    if drawn.box_px is None:
        return False
    box = body_box_px(body_px, size_px)
    mine = overlap(box, drawn.box_px)
    if other_px is not None and overlap(box, other_px) > mine:
        return False
    if drawn.state == "whole":
        return mine >= LEAST_OVERLAP
    x0, y0, x1, y1 = drawn.box_px
    margin = 0.25 * (y1 - y0)
    middle = (box[:2] + box[2:]) / 2
    return bool(x0 - margin <= middle[0] <= x1 + margin and y0 - margin <= middle[1] <= y1 + margin)


def shows_body(recording: PoseRecording) -> Flags:
    """Return ``(n,)`` where enough of a body lies in the picture to say whose it is.

    Landmarks beyond the edges are not measured; of a body that leaves, a foot may remain.
    """
    there = np.isfinite(recording.image_px[:, _COLUMNS]).all(axis=2)
    enough: Flags = there.sum(axis=1) >= LEAST_LANDMARKS
    return enough


def distances(recording: PoseRecording, person: Person) -> Floats:
    """Return ``(n,)`` how far the measured body is from a person's truth, in trunk lengths.

    It is the mean over the measured ones of shoulders, elbows, wrists, hips, knees and ankles,
    with the sides as they are or swapped, whichever is nearer: which leg is which is another
    question. NaN where too little was measured or the person is not there.
    """
    true_px = np.stack([person.points[name] for name in _COMPARED], axis=1)
    trunk_px = np.linalg.norm(person.points["mid_shoulder"] - person.points["mid_hip"], axis=1)
    found_px = np.asarray(recording.image_px, dtype=float)[:, _COLUMNS]
    half = len(_COMPARED) // 2
    swapped = np.roll(true_px, half, axis=1)
    away: Floats = np.full(len(found_px), np.nan)
    for k in np.flatnonzero(shows_body(recording) & np.isfinite(trunk_px)):
        apart = [np.linalg.norm(found_px[k] - each[k], axis=1) for each in (true_px, swapped)]
        away[k] = min(np.nanmean(each) for each in apart) / trunk_px[k]
    return away


def match_truth(recording: PoseRecording, clip: Composed, subject: str = "") -> Verdict:
    """Judge a recording by the truth of a composed clip.

    A measured body is the subject's if it is nearer to the subject's truth than to that of anybody
    else in view and nearer than ``FARTHEST_TRUNKS``. It is somebody else's if it is nearer to
    theirs, and as near; else it is a stray.
    """
    people = {person.name: person for person in clip.people}
    one = people[subject] if subject else clip.subject
    measured = shows_body(recording)
    away = {name: distances(recording, person) for name, person in people.items()}
    mine = np.nan_to_num(away.pop(one.name), nan=np.inf)
    nearest_other = np.full(len(mine), np.inf)
    for values in away.values():
        nearest_other = np.fmin(nearest_other, values)
    is_subject: Flags = (mine <= nearest_other) & (mine < FARTHEST_TRUNKS)
    is_other: Flags = (nearest_other < mine) & (nearest_other < FARTHEST_TRUNKS)
    missed = one.whole & ~is_subject
    return Verdict(
        checked=int(measured.sum()),
        others=int(is_other.sum()),
        whole=int(one.whole.sum()),
        kept=int((one.whole & is_subject).sum()),
        strays=int((measured & ~is_subject & ~is_other).sum()),
        other_frames=tuple(np.flatnonzero(is_other).tolist()),
        missed_frames=tuple(np.flatnonzero(missed).tolist()),
    )
