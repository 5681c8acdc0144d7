"""Composes pictures of two people out of rendered clips of one, with the truth of each.

The clips show one person in one room, before a camera that stands still. The empty room is the
median of a walk past the camera; of other cameras it is that picture carried over by its wall and
its floor. A person is cut out where the picture differs from the empty room and the true joints
say a body may be; the shadow is kept as what it takes from the room's light. Cut-outs are then
pasted from far to near, moved sideways, mirrored or scaled about the horizon as if they stood
nearer or farther. Mirrored people have their sides swapped and their shadow on the wrong side.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from video_makers import Picture, constant_times, read_pictures, write_video

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Bytes = NDArray[np.uint8]
Points = dict[str, Floats]
"""``(2,)`` or ``(n, 2)`` pixels of each named point; pixel edges lie at whole numbers."""

SYNTHETIC: Final = Path(__file__).resolve().parents[3] / "shared/validation/synthetic"

_SIZE: Final = (640, 480)
_EMPTY: Final = "walk_over"
_WALL_M: Final = 1.5
_OTHER_NAMES: Final = {"left_toe": "left_foot_index", "right_toe": "right_foot_index"}
_BLOCK: Final = np.ones((3, 3), np.uint8)
_HALF: Final = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
_BONES_M: Final = (
    ("shoulder", "elbow", 0.055),
    ("elbow", "wrist", 0.042),
    ("hip", "knee", 0.075),
    ("knee", "ankle", 0.05),
    ("heel", "foot_index", 0.035),
    ("ankle", "heel", 0.035),
)
_TRUNK: Final = ("left_shoulder", "right_shoulder", "right_hip", "left_hip")
_TRUNK_M: Final = (0.045, 0.19)
_HEAD_M: Final = 0.085
_HAND_M: Final = 0.11
_METRE_PX: Final = 183.0
"""One metre at 2.9 m from the camera."""


@dataclass(frozen=True, slots=True)
class Cutout:
    """One person cut out of one frame: a crop, how much of each pixel is body, and the shadow."""

    x_px: int
    y_px: int
    picture: Picture
    body: Bytes
    shade: Bytes
    """255 where the room is as bright as when empty."""
    points: Points


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a cut-out goes: ``x_px`` is where the middle of its own picture comes to lie."""

    frame: int
    x_px: float
    scale: float = 1.0
    mirrored: bool = False
    clip: str = ""
    """Where it is not the actor's own clip."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A rendered person and where it is in each picture (None: not there)."""

    name: str
    clip: str
    placed: Sequence[Placed | None]
    near_arm_in_front: bool = False
    """The arm nearer to the camera is pasted over everybody, the rest at its own depth."""


@dataclass(frozen=True, slots=True)
class Person:
    """The truth of one person of a composed clip."""

    name: str
    points: Points
    """``(n, 2)`` pixels; NaN where the person is not there."""
    box_px: Floats
    """``(n, 4)``: x0, y0, x1, y1 of the whole body, also where hidden or cut by the edge."""
    hidden: Floats
    """Share of the body in the picture that somebody nearer covers; NaN where not there."""
    inside: Floats
    """Share of the body that lies in the picture; 0 where not there."""

    @property
    def whole(self) -> NDArray[np.bool_]:
        """Return where the person is wholly in the picture and hidden by nobody."""
        return (self.inside > 0.995) & (self.hidden < 0.005)


@dataclass(frozen=True, slots=True)
class Composed:
    """A written clip; the first person is the subject."""

    path: Path
    fps: float
    size: tuple[int, int]
    people: tuple[Person, ...]

    @property
    def subject(self) -> Person:
        return self.people[0]

    @property
    def others(self) -> tuple[Person, ...]:
        return self.people[1:]

    def save_truth(self, path: Path) -> None:
        """Write the truth beside the clip: arrays named ``PERSON.POINT`` and the like."""
        arrays: dict[str, NDArray[np.generic]] = {
            "fps": np.array(self.fps),
            "people": np.array([person.name for person in self.people]),
        }
        for person in self.people:
            arrays |= {f"{person.name}.{name}": xy for name, xy in person.points.items()}
            for name in ("box_px", "hidden", "inside"):
                arrays[f"{person.name}.{name}"] = getattr(person, name)
        np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


# ---------------------------------------------------------------- the rendered clips


def read_points(clip: str) -> Points:
    """Return the true points of a rendered clip under the product's own names."""
    truth = pd.read_csv(SYNTHETIC / f"{clip}.csv")
    names = [column[:-2] for column in truth.columns if column.endswith("_u")]
    return {
        _OTHER_NAMES.get(name, name): truth[[f"{name}_u", f"{name}_v"]].to_numpy(dtype=float)
        for name in names
    }


def _facts(clip: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((SYNTHETIC / f"{clip}.json").read_text())
    return facts


@lru_cache(maxsize=32)
def _planes(clip: str) -> tuple[Floats, Floats, float]:
    """Return the homographies of the wall and the floor, and the row where they meet."""
    facts = _facts(clip)
    camera, azimuth = facts["camera"], np.radians(facts["nominal_azimuth_deg"])
    lens = np.array([[camera["fx"], 0, camera["cx"]], [0, camera["fy"], camera["cy"]], [0, 0, 1]])
    turn, shift = np.array(camera["R_world_to_cam"]), np.array(camera["t"])
    away = -np.array([np.sin(azimuth), 0.0, np.cos(azimuth)])
    up = np.array([0.0, 1.0, 0.0])
    along = turn @ np.cross(away, up)
    wall = lens @ np.stack([along, turn @ up, turn @ (_WALL_M * away) + shift], axis=1)
    floor = lens @ np.stack([along, turn @ away, shift], axis=1)
    corner = wall @ [0.0, 0.0, 1.0]
    return wall, floor, float(corner[1] / corner[2])


@lru_cache(maxsize=2)
def _median_room() -> Singles:
    pictures = np.stack(read_pictures(SYNTHETIC / f"{_EMPTY}.mp4")[::3])
    return np.asarray(np.median(pictures, axis=0), dtype=np.float32)


def empty_room(clip: str, width_px: int = _SIZE[0]) -> Singles:
    """Return the empty room as a clip's camera sees it, made wider to both sides."""
    wall, floor, meet_px = _planes(clip)
    from_wall, from_floor, _ = _planes(_EMPTY)
    wider = np.array([[1, 0, (width_px - _SIZE[0]) / 2], [0, 1, 0], [0, 0, 1.0]])
    seen = []
    for there, here in ((wall, from_wall), (floor, from_floor)):
        move = np.linalg.inv(_HALF) @ wider @ there @ np.linalg.inv(here) @ _HALF
        seen.append(
            cv2.warpPerspective(
                _median_room(),
                move,
                (width_px, _SIZE[1]),
                flags=cv2.INTER_CUBIC,
                borderMode=cv2.BORDER_REPLICATE,
            )
        )
    rows = np.arange(_SIZE[1])[:, None, None] + 0.5
    room = np.where(rows < meet_px, seen[0], seen[1])
    return np.asarray(np.clip(room, 0, 255), dtype=np.float32)


# ---------------------------------------------------------------- cutting out


def _draw_body(points: Points, metre_px: float, shape: tuple[int, int], grow: float) -> Bytes:
    """Draw the flesh about the true joints; ``grow`` widens every part."""
    drawn = np.zeros(shape, dtype=np.uint8)

    def line(start: Floats, end: Floats, radius_m: float) -> None:
        width = max(1, round(2 * radius_m * grow * metre_px))
        cv2.line(drawn, _pixel(start), _pixel(end), 255, width, cv2.LINE_8)

    for side in ("left", "right"):
        for start, end, radius_m in _BONES_M:
            line(points[f"{side}_{start}"], points[f"{side}_{end}"], radius_m)
        line(*_hand(points, side, metre_px, 1.0 if grow < 1.5 else 1.7), 0.035)
    middle = (points["mid_shoulder"] + points["mid_hip"]) / 2
    narrow = np.array([1.0 if grow > 1 else 0.6, 1.0])  # the waist is narrower than the shoulders
    trunk = [middle + (points[name] - middle) * narrow for name in _TRUNK]
    cv2.fillConvexPoly(drawn, cv2.convexHull(np.array([_pixel(each) for each in trunk])), 255)
    for start_xy, end_xy in pairwise((*trunk, trunk[0])):
        line(start_xy, end_xy, _TRUNK_M[grow > 1] / grow)
    head = (points["left_ear"] + points["right_ear"] + points["nose"]) / 3
    crown = head - np.array([0.0, 0.05 * metre_px])
    cv2.circle(drawn, _pixel(crown), round(_HEAD_M * grow * metre_px), 255, -1)
    line(head, points["mid_shoulder"], 0.05)
    return drawn


def _hand(points: Points, side: str, metre_px: float, reach: float) -> tuple[Floats, Floats]:
    wrist, elbow = points[f"{side}_wrist"], points[f"{side}_elbow"]
    along = wrist - elbow
    return wrist, wrist + along / max(
        float(np.linalg.norm(along)), 1e-6
    ) * _HAND_M * reach * metre_px


def _pixel(point: Floats) -> tuple[int, int]:
    return round(float(point[0]) - 0.5), round(float(point[1]) - 0.5)


class _Room:
    """The empty room, and what every comparison with it needs."""

    def __init__(self, picture: Singles) -> None:
        self.picture = picture
        self.light = picture.sum(axis=2) + 1
        self.hue = picture / self.light[..., None]
        edges = (cv2.dilate(picture, _BLOCK) - cv2.erode(picture, _BLOCK)).max(axis=2)
        self.least = 12 + 0.5 * edges
        """A smaller difference than this is no difference."""


def _cut_out(picture: Picture, room: _Room, points: Points, metre_px: float) -> Cutout:
    """Cut one person and their shadow out of one frame."""
    seen = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 0.6)
    total = seen.sum(axis=2) + 1
    light = total / room.light
    differs = np.abs(seen - room.picture).max(axis=2) > room.least
    same_hue = np.abs(seen / total[..., None] - room.hue).max(axis=2) < 0.016
    shadowed = (light > 0.42) & (light < 1.04) & same_hue
    sure = _draw_body(points, metre_px, light.shape, 0.7) > 0
    near = _draw_body(points, metre_px, light.shape, 1.75) > 0
    body = (sure | (near & differs & ~shadowed)).astype(np.uint8)
    body = cv2.morphologyEx(body, cv2.MORPH_CLOSE, _BLOCK)
    body = cv2.morphologyEx(body, cv2.MORPH_OPEN, _BLOCK)
    body = _keep_connected(body, sure)
    soft = cv2.GaussianBlur(body * np.float32(255), (0, 0), 0.7)
    shade = np.where(body > 0, 1, light).astype(np.float32)
    shade = cv2.morphologyEx(shade, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))  # no thin lines
    shade = np.clip(cv2.GaussianBlur(shade, (0, 0), 1.5), 0.3, 1)
    shade = np.where(shade > 0.95, 1, shade)
    rows, columns = (np.flatnonzero(((body > 0) | (shade < 1)).any(axis=axis)) for axis in (1, 0))
    box = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    return Cutout(
        x_px=int(columns[0]),
        y_px=int(rows[0]),
        picture=_without_rim(picture[box], body[box]),
        body=soft.astype(np.uint8)[box].copy(),
        shade=np.round(shade * 255).astype(np.uint8)[box].copy(),
        points=points,
    )


def _without_rim(picture: Picture, body: Bytes) -> Picture:
    """Give the rim of a body, where the old room shines through, the colour of its inside."""
    inner = cv2.erode(body, _BLOCK).astype(np.float32)
    weight = cv2.GaussianBlur(inner, (0, 0), 1.2)[..., None]
    inside = cv2.GaussianBlur(picture * inner[..., None], (0, 0), 1.2) / np.maximum(weight, 1e-6)
    rim = (inner[..., None] == 0) & (weight > 0.02)
    return np.where(rim, np.clip(inside, 0, 255), picture).astype(np.uint8)


def _keep_connected(body: Bytes, sure: NDArray[np.bool_]) -> Bytes:
    """Drop spots that touch no part of the body, and fill small holes."""
    _, labels = cv2.connectedComponents(body)
    kept = np.isin(labels, np.setdiff1d(np.unique(labels[sure]), [0])).astype(np.uint8)
    _, holes, sizes, _ = cv2.connectedComponentsWithStats(1 - kept)
    small = np.flatnonzero(sizes[:, cv2.CC_STAT_AREA] < 40)
    kept[np.isin(holes, small)] = 1
    return kept


class _Cutouts:
    """The person of every frame of a rendered clip, cut out when first asked for."""

    def __init__(self, clip: str) -> None:
        camera = _facts(clip)["camera"]
        self.points = read_points(clip)
        self._metre_px = camera["fx"] / float(np.linalg.norm(camera["t"]))
        self._room = _Room(empty_room(clip))
        self._pictures = dict(enumerate(read_pictures(SYNTHETIC / f"{clip}.mp4")))
        self._cut: dict[int, Cutout] = {}

    def __getitem__(self, frame: int) -> Cutout:
        if frame not in self._cut:
            points = {name: xy[frame] for name, xy in self.points.items()}
            picture = self._pictures.pop(frame)
            self._cut[frame] = _cut_out(picture, self._room, points, self._metre_px)
        return self._cut[frame]


@lru_cache(maxsize=4)
def cutouts(clip: str) -> _Cutouts:
    """Return the person of every frame of a rendered clip, by number."""
    return _Cutouts(clip)


# ---------------------------------------------------------------- pasting


class _Notes:
    """The truth of one person, collected while the pictures are made."""

    def __init__(self, actor: Actor) -> None:
        self.name = actor.name
        self.names = tuple(cutouts(actor.clip).points)
        self.points: list[Floats] = []
        self.boxes: list[Floats] = []
        self.hidden: list[float] = []
        self.inside: list[float] = []

    def add_absent(self) -> None:
        self.points.append(np.full((len(self.names), 2), np.nan))
        self.boxes.append(np.full(4, np.nan))
        self.hidden.append(np.nan)
        self.inside.append(0.0)

    def add(self, points: Points, box_px: Floats, hidden: float, inside: float) -> None:
        self.points.append(np.array([points[name] for name in self.names]))
        self.boxes.append(box_px)
        self.hidden.append(hidden)
        self.inside.append(inside)

    def finish(self) -> Person:
        stacked = np.stack(self.points, axis=1)
        return Person(
            name=self.name,
            points=dict(zip(self.names, stacked, strict=True)),
            box_px=np.array(self.boxes),
            hidden=np.array(self.hidden),
            inside=np.array(self.inside),
        )


@dataclass(frozen=True, slots=True)
class _Layer:
    """A cut-out as it lies in the composed picture."""

    picture: Singles
    body: Singles
    shade: Singles
    points: Points
    box_px: Floats
    area_px: float
    """Of the whole body, also beyond the edges of the picture."""


def _place(cut: Cutout, placed: Placed, shape: tuple[int, int]) -> _Layer:
    """Mirror, scale and move a cut-out about the middle of the picture that it came from."""
    width, height = shape[1], shape[0]
    flip = -1.0 if placed.mirrored else 1.0
    middle_x, middle_y = _SIZE[0] / 2, _SIZE[1] / 2
    move = np.array(
        [
            [flip * placed.scale, 0, placed.x_px - flip * placed.scale * middle_x],
            [0, placed.scale, middle_y * (1 - placed.scale)],
            [0, 0, 1],
        ]
    )
    start = np.array([[1, 0, cut.x_px], [0, 1, cut.y_px], [0, 0, 1.0]])
    in_pixels = (np.linalg.inv(_HALF) @ move @ start @ _HALF)[:2]

    def warp(values: Bytes, border: int) -> Singles:
        moved = cv2.warpAffine(
            values,
            in_pixels,
            (width, height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE if border < 0 else cv2.BORDER_CONSTANT,
            borderValue=max(border, 0),
        )
        return np.asarray(moved, dtype=np.float32)

    rows, columns = np.nonzero(cut.body > 127)
    left, right = columns.min() + cut.x_px, columns.max() + 1 + cut.x_px
    xs = np.sort(move[0, 0] * np.array([left, right]) + move[0, 2])
    ys = placed.scale * (np.array([rows.min(), rows.max() + 1]) + cut.y_px - middle_y) + middle_y
    points = {
        _swap_side(name) if placed.mirrored else name: move[:2, :2] @ xy + move[:2, 2]
        for name, xy in cut.points.items()
    }
    return _Layer(
        picture=warp(cut.picture, -1),
        body=warp(cut.body, 0) / np.float32(255),
        shade=warp(cut.shade, 255) / np.float32(255),
        points=points,
        box_px=np.array([xs[0], ys[0], xs[1], ys[1]]),
        area_px=len(rows) * placed.scale**2,
    )


def _swap_side(name: str) -> str:
    side, _, rest = name.partition("_")
    return {"left": "right", "right": "left"}.get(side, side) + (f"_{rest}" if rest else "")


def _arm(layer: _Layer, placed: Placed) -> Singles:
    """Return the part of a layer that is the arm nearer to the camera, from mid-upper arm on."""
    side = "right" if placed.mirrored else "left"
    points, drawn = layer.points, np.zeros(layer.body.shape, dtype=np.uint8)
    metre_px = placed.scale * _METRE_PX
    shoulder, elbow, wrist = (points[f"{side}_{name}"] for name in ("shoulder", "elbow", "wrist"))
    tip = _hand(points, side, metre_px, 2.0)[1]
    for start, end in (((shoulder + elbow) / 2, elbow), (elbow, wrist), (wrist, tip)):
        cv2.line(drawn, _pixel(start), _pixel(end), 1, round(0.14 * metre_px))
    return np.asarray(layer.body * drawn, dtype=np.float32)


def _make_pictures(
    actors: Sequence[Actor], notes: Sequence[_Notes], room: Singles
) -> Iterator[Picture]:
    """Yield the pictures; the actors stand from far to near."""
    shape = room.shape[:2]
    for number in range(len(actors[0].placed)):
        there: dict[int, _Layer] = {}
        sheets: list[tuple[int, Singles]] = []
        arms: list[tuple[int, Singles]] = []
        canvas = room.copy()
        for k, actor in enumerate(actors):
            placed = actor.placed[number]
            if placed is None:
                notes[k].add_absent()
                continue
            there[k] = _place(cutouts(placed.clip or actor.clip)[placed.frame], placed, shape)
            canvas *= there[k].shade[..., None]  # shadows fall on the room, not on people
            sheets.append((k, there[k].body))
            if actor.near_arm_in_front:
                arms.append((k, _arm(there[k], placed)))
        seen = np.full(shape, -1)
        for k, body in sheets + arms:
            canvas += (there[k].picture - canvas) * body[..., None]
            seen[body > 0.5] = k
        for k, layer in there.items():
            there_is = layer.body > 0.5
            inside = min(1.0, float(there_is.sum()) / layer.area_px)
            hidden = float(np.mean(seen[there_is] != k)) if there_is.any() else np.nan
            notes[k].add(layer.points, layer.box_px, hidden, inside)
        yield np.clip(np.round(canvas), 0, 255).astype(np.uint8)


def compose(
    path: Path,
    actors: Sequence[Actor],
    *,
    subject: str,
    fps: float = 30.0,
    width_px: int = _SIZE[0],
    alone: bool = False,
) -> Composed:
    """Write a clip of several actors, given from far to near, and return its truth.

    With ``alone`` everybody but the subject is left out.
    """
    if alone:
        actors = [actor for actor in actors if actor.name == subject]
    notes = [_Notes(actor) for actor in actors]
    pictures = _make_pictures(actors, notes, empty_room("walk_treadmill", width_px))
    count = len(actors[0].placed)
    write_video(path, pictures, constant_times(count, fps), rate_hz=fps)
    people = sorted((note.finish() for note in notes), key=lambda one: one.name != subject)
    return Composed(path=path, fps=fps, size=(width_px, _SIZE[1]), people=tuple(people))


# ---------------------------------------------------------------- the clips


def _stand(clip_frames: int, count: int, x_px: float) -> list[Placed | None]:
    """Stay at one place; after its last frame a clip is played backwards."""
    turn = max(1, clip_frames - 1)
    return [Placed(turn - abs(turn - k % (2 * turn)), x_px) for k in range(count)]


def _walk(
    clip: str,
    count: int,
    width_px: int,
    depth_m: float,
    *,
    start: int = 60,
    mirrored: bool = False,
) -> list[Placed | None]:
    """Walk right through the picture at a depth, from right to left or mirrored.

    The walk on the treadmill is moved at its own speed. The walk over ground ends and begins
    within its own picture: it is for walkers near enough to be outside a narrower one.
    """
    facts = _facts(clip)
    gait, own_depth_m = facts["gait"], facts["camera"]["t"][2]
    scale = own_depth_m / depth_m
    metre_px = facts["camera"]["fx"] / depth_m
    step_px = 0.0 if gait["overground"] else gait["speed_m_s"] / facts["fps"] * metre_px
    towards = 1.0 if mirrored else -1.0
    x_px = width_px / 2
    if not gait["overground"]:
        x_px -= towards * (width_px / 2 + 0.65 * metre_px)
    placed: list[Placed | None] = [None] * count
    for k in range(start, min(count, start + facts["frames"])):
        placed[k] = Placed(k - start, x_px + towards * (k - start) * step_px, scale, mirrored)
    return placed


def side_by_side(
    path: Path, count: int = 225, apart_px: int = 300, *, alone: bool = False
) -> Composed:
    """(a) Two patients beside each other: a squat at the left, a shoulder abduction at the right.

    The subject is the one at the left.
    """
    width_px, middle = 800, 400
    squat = Actor("squat", "squat", _stand(225, count, middle - apart_px / 2))
    arm = Actor("shoulder_abd_r", "shoulder_abd_r", _stand(225, count, middle + apart_px / 2))
    return compose(path, (squat, arm), subject="squat", width_px=width_px, alone=alone)


def walker_in_front(
    path: Path,
    walker: str = "walk_over_f_medium",
    patient: str = "shoulder_abd_r",
    count: int = 225,
    depth_m: float = 2.35,
    *,
    alone: bool = False,
) -> Composed:
    """(b) Somebody walks past between the camera and a patient."""
    width_px = 560
    still = Actor("patient", patient, _stand(225, count, width_px / 2))
    walk = Actor("walker", walker, _walk(walker, count, width_px, depth_m))
    return compose(path, (still, walk), subject="patient", width_px=width_px, alone=alone)


def walker_behind(
    path: Path,
    walker: str = "walk_treadmill",
    patient: str = "shoulder_abd_r",
    count: int = 225,
    depth_m: float = 3.4,
    *,
    alone: bool = False,
) -> Composed:
    """(c) Somebody walks past behind a patient."""
    width_px = 560
    still = Actor("patient", patient, _stand(225, count, width_px / 2))
    walk = Actor("walker", walker, _walk(walker, count, width_px, depth_m))
    return compose(path, (walk, still), subject="patient", width_px=width_px, alone=alone)


def two_walkers(
    path: Path,
    near: str = "walk_over_f_medium",
    far: str = "walk_treadmill",
    count: int = 165,
    near_depth_m: float = 2.35,
    *,
    alone: bool = False,
) -> Composed:
    """(d) Two people walk past each other: the nearer one from left to right is the subject."""
    width_px = 560
    one = _walk(far, count, width_px, 3.3, start=10)
    meet = next(k for k, at in enumerate(one) if at and at.x_px <= width_px / 2)
    length = _facts(near)["frames"] if _facts(near)["gait"]["overground"] else 0
    start = meet - length // 2 if length else 10
    other = _walk(near, count, width_px, near_depth_m, start=start, mirrored=True)
    actors = (Actor("to_left", far, one), Actor("to_right", near, other))
    return compose(path, actors, subject="to_right", width_px=width_px, alone=alone)


def somebody_enters(
    path: Path, count: int = 300, start: int = 120, *, alone: bool = False
) -> Composed:
    """(e) A patient alone for four seconds; then somebody comes in, stops beside and squats."""
    width_px, stop_px = 800, 590.0
    patient = Actor("patient", "shoulder_abd_r", _stand(225, count, 230.0))
    came = _walk("walk_treadmill", count, width_px, 2.9102, start=start)
    walk, squat = read_points("walk_treadmill"), read_points("squat")
    stride_px = np.abs(walk["left_ankle"][:, 0] - walk["right_ankle"][:, 0])
    late = [k for k, at in enumerate(came) if at and abs(at.x_px - stop_px) < 70]
    last = min(late, key=lambda k: stride_px[k - start])
    arrived = came[last]
    assert arrived is not None
    shift_px = walk["mid_hip"][last - start, 0] - squat["mid_hip"][0, 0]
    for k in range(last + 1, count):
        came[k] = Placed(min(k - last, 224), arrived.x_px + shift_px, clip="squat")
    actors = (patient, Actor("entering", "walk_treadmill", came))
    return compose(path, actors, subject="patient", width_px=width_px, alone=alone)


def _guiding(
    clip: str, count: int, x_px: float, depth_m: float, deg: tuple[float, float]
) -> list[Placed | None]:
    """Stand with the left arm held out, moving it a little up and down."""
    truth = pd.read_csv(SYNTHETIC / f"{clip}.csv")
    raised = truth["left_shoulder_flexion"].to_numpy()
    rising = np.flatnonzero((raised[:-1] > deg[0]) & (raised[:-1] < deg[1]) & (np.diff(raised) > 0))
    first = rising[: int(np.argmax(np.diff(rising, append=rising[-1] + 9) > 1)) + 1]
    scale = _facts(clip)["camera"]["t"][2] / depth_m
    there_and_back = [*first, *first[::-1]]
    return [Placed(int(there_and_back[k % len(there_and_back)]), x_px, scale) for k in range(count)]


def helper_in_front(path: Path, count: int = 112, *, alone: bool = False) -> Composed:
    """(f) Somebody stands half before the patient, an arm across the trunk, for the whole take."""
    patient = Actor("patient", "squat_m_dark", _stand(112, count, 300.0))
    arm = _guiding("shoulder_flex_l_f_dark", count, 345.0, 2.6, (35, 75))
    helper = Actor("helper", "shoulder_flex_l_f_dark", arm)
    return compose(path, (patient, helper), subject="patient", fps=15.0, alone=alone)


def helper_behind(path: Path, count: int = 225, *, alone: bool = False) -> Composed:
    """(f) Somebody who looks the same stands half behind the patient, a forearm before the trunk.

    All of the helper but that forearm is farther away than the patient.
    """
    patient = Actor("patient", "hip_abd_r", _stand(225, count, 300.0))
    arm = _guiding("shoulder_flex_l", count, 370.0, 3.1, (40, 65))
    helper = Actor("helper", "shoulder_flex_l", arm, near_arm_in_front=True)
    return compose(path, (helper, patient), subject="patient", alone=alone)
