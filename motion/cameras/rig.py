"""Where the cameras of a rig stand to each other, from moments in which they saw one board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import least_squares
from scipy.sparse import csr_array, lil_array
from scipy.spatial.transform import Rotation

from motion.cameras.calibration import Camera
from motion.cameras.opencv import Board, BoardSight, Lens, find_board_pose, project_board
from motion.errors import InputError
from motion.model import FloatArray

__all__ = ["FLOOR", "WALL", "Rig", "place_cameras"]

FLOOR: Final = "floor"
WALL: Final = "wall"

_ROOM_OF_BOARD: Final = {
    # Rows: the room's x, y and up in the board's axes (x right, y down, z behind the board).
    FLOOR: np.array([[1.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.0, 0.0, -1.0]]),
    WALL: np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]]),
}
_FEWEST_SHARED: Final = 3
_SOFT_PX: Final = 1.0
_GOOD_ENOUGH: Final = 1e-6

Moment = Mapping[int, BoardSight]
_Pose = tuple[FloatArray, FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rig:
    """Cameras in one room, and the root mean square reprojection error of what they shared."""

    cameras: tuple[Camera, ...]
    error_px: float
    moments_n: int


def place_cameras(
    board: Board,
    lenses: Sequence[Lens],
    moments: Sequence[Moment],
    names: Sequence[str],
    sizes_px: Sequence[tuple[int, int]],
    lies: str = FLOOR,
) -> Rig:
    """Find the place of each camera from moments in which two or more saw the board.

    Each pair's place to each other is first taken from the moment that agrees best with the
    others; then the places of all cameras and of the board in every moment are fitted together,
    so that the corners' reprojection error is least (bundle adjustment, soft L1 beyond 1 px).
    The room's axes are the board's in the first moment in which the first camera sees it: z up
    from a board that lies on the floor, or along one that stands upright.

    Parameters
    ----------
    board, lenses
        The board, and each camera's lens.
    moments
        For each moment what the cameras, by number, saw of the board.
    names, sizes_px
        Of each camera.
    lies
        ``floor`` or ``wall``.

    Raises
    ------
    InputError
        If a camera shares fewer than 3 moments with those it could be placed by.
    """
    shared = [moment for moment in moments if len(moment) >= 2]
    poses = [
        {view: find_board_pose(board, sight, lenses[view]) for view, sight in moment.items()}
        for moment in shared
    ]
    places = _chain(poses, names)
    boards = [_board_in_room(moment, places) for moment in poses]
    places, boards, error_px = _adjust(board, lenses, shared, places, boards)
    first = next(n for n, moment in enumerate(shared) if 0 in moment)
    turn, shift = boards[first]  # from the board to the first camera, which is the room so far
    axes = _ROOM_OF_BOARD[lies]
    cameras = []
    for view, (name, size_px, lens) in enumerate(zip(names, sizes_px, lenses, strict=True)):
        own_turn, own_shift = places[view]
        cameras.append(
            Camera(
                name=name,
                width_px=size_px[0],
                height_px=size_px[1],
                matrix=lens.matrix,
                distortion=lens.distortion,
                rotation=own_turn @ turn @ axes.T,
                translation_m=own_turn @ shift + own_shift,
            )
        )
    return Rig(cameras=tuple(cameras), error_px=error_px, moments_n=len(shared))


def _chain(poses: Sequence[Mapping[int, _Pose]], names: Sequence[str]) -> list[_Pose]:
    """Return each camera's place, from the first camera's axes to its own, one after another."""
    places: dict[int, _Pose] = {0: (np.eye(3), np.zeros(3))}
    while len(places) < len(names):
        found = {
            view: steps
            for view in range(len(names))
            if view not in places and len(steps := _steps_to(view, places, poses)) >= _FEWEST_SHARED
        }
        if not found:
            lost = next(name for view, name in enumerate(names) if view not in places)
            msg = (
                f"{lost}: shares fewer than {_FEWEST_SHARED} still moments of the board with the "
                "other cameras; hold the board still where two cameras see it, several times"
            )
            raise InputError(msg)
        view = max(found, key=lambda each: len(found[each]))
        places[view] = _most_central(found[view])
    return [places[view] for view in range(len(names))]


def _steps_to(
    view: int, places: Mapping[int, _Pose], poses: Sequence[Mapping[int, _Pose]]
) -> list[_Pose]:
    """Return a camera's place as each shared moment tells it."""
    steps = []
    for moment in poses:
        known = next((other for other in moment if other in places), None)
        if view not in moment or known is None:
            continue
        (own_turn, own_shift), (turn, shift) = moment[view], moment[known]
        # Board to this camera, less board to the known one, less that one's place.
        rotation = own_turn @ turn.T
        place_turn, place_shift = places[known]
        steps.append((rotation @ place_turn, rotation @ (place_shift - shift) + own_shift))
    return steps


def _most_central(steps: Sequence[_Pose]) -> _Pose:
    """Return the place that is nearest to all others: one bad moment does not spoil it."""
    turns = Rotation.from_matrix(np.stack([turn for turn, _ in steps]))
    shifts = np.stack([shift for _, shift in steps])
    apart = [
        np.sum((turns * turn.inv()).magnitude()) + np.sum(np.linalg.norm(shifts - shift, axis=1))
        for turn, shift in zip(turns, shifts, strict=True)
    ]
    return steps[int(np.argmin(apart))]


def _board_in_room(moment: Mapping[int, _Pose], places: Sequence[_Pose]) -> _Pose:
    """Return the board's place in the first camera's axes, as one camera sees it."""
    view = min(moment)
    (turn, shift), (place_turn, place_shift) = moment[view], places[view]
    return place_turn.T @ turn, place_turn.T @ (shift - place_shift)


def _adjust(
    board: Board,
    lenses: Sequence[Lens],
    shared: Sequence[Moment],
    places: Sequence[_Pose],
    boards: Sequence[_Pose],
) -> tuple[list[_Pose], list[_Pose], float]:
    start = np.concatenate([_pack(places[1:]), _pack(boards)])
    cut = 6 * (len(places) - 1)

    def miss(packed: FloatArray) -> FloatArray:
        cameras = [(np.eye(3), np.zeros(3)), *_unpack(packed[:cut])]
        parts = []
        for moment, (turn, shift) in zip(shared, _unpack(packed[cut:]), strict=True):
            for view, sight in moment.items():
                own_turn, own_shift = cameras[view]
                vector = Rotation.from_matrix(own_turn @ turn).as_rotvec()
                seen = project_board(
                    board, sight, lenses[view], vector, own_turn @ shift + own_shift
                )
                parts.append((seen - sight.image_px).ravel())
        return np.concatenate(parts)

    solved = least_squares(
        miss,
        start,
        jac_sparsity=_find_dependence(shared, len(places)),
        loss="soft_l1",
        f_scale=_SOFT_PX,
        x_scale="jac",
        ftol=_GOOD_ENOUGH,
        xtol=_GOOD_ENOUGH,
    )
    off = miss(solved.x).reshape(-1, 2)
    error_px = float(np.sqrt(np.mean(np.sum(off**2, axis=1))))
    adjusted = [(np.eye(3), np.zeros(3)), *_unpack(solved.x[:cut])]
    return adjusted, _unpack(solved.x[cut:]), error_px


def _find_dependence(shared: Sequence[Moment], views: int) -> csr_array:
    """Return which residual depends on which parameter: on one camera and one board's place."""
    counts = [2 * len(sight.corners) for moment in shared for sight in moment.values()]
    seen = [(view, place) for place, moment in enumerate(shared) for view in moment]
    owners = np.repeat(np.array(seen), counts, axis=0)
    rows = np.arange(len(owners))
    depends = lil_array((len(owners), 6 * (views - 1 + len(shared))), dtype=np.int8)
    for part in range(6):
        moved = owners[:, 0] > 0  # the first camera stays where it is
        depends[rows[moved], 6 * (owners[moved, 0] - 1) + part] = 1
        depends[rows, 6 * (views - 1 + owners[:, 1]) + part] = 1
    return csr_array(depends)


def _pack(poses: Sequence[_Pose]) -> FloatArray:
    return np.concatenate(
        [np.r_[Rotation.from_matrix(turn).as_rotvec(), shift] for turn, shift in poses]
    )


def _unpack(packed: FloatArray) -> list[_Pose]:
    rows = packed.reshape(-1, 6)
    return [(Rotation.from_rotvec(row[:3]).as_matrix(), row[3:]) for row in rows]
