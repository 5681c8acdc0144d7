"""Calibration files: reading, writing, and which camera took which video."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from motion.cameras.calibration import Camera, parse_calibration
from motion.errors import InputError
from motion.model import FloatArray

__all__ = ["format_calibration", "match_videos", "read_calibration"]


def read_calibration(path: Path) -> tuple[Camera, ...]:
    """Read a calibration in Pose2Sim's form.

    Raises
    ------
    InputError
        If it cannot be read, or says something that cannot be.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror}); name a calibration file (.toml)"
        raise InputError(msg) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{path}: not a TOML file ({error}); name a calibration in Pose2Sim's form"
        raise InputError(msg) from error
    return parse_calibration(table, path.name)


def format_calibration(cameras: Sequence[Camera], error_px: float) -> str:
    """Return the text of a calibration file; ``error_px`` is the reprojection error."""
    parts = []
    for number, camera in enumerate(cameras, start=1):
        vector = Rotation.from_matrix(camera.rotation).as_rotvec()
        parts.append(
            f"[cam_{number:02d}]\n"
            f"name = {_quote(camera.name)}\n"
            f"size = {_numbers([camera.width_px, camera.height_px])}\n"
            f"matrix = [{', '.join(_numbers(row) for row in camera.matrix)}]\n"
            f"distortions = {_numbers(camera.distortion)}\n"
            f"rotation = {_numbers(vector)}\n"
            f"translation = {_numbers(camera.translation_m)}\n"
            f"fisheye = {str(camera.fisheye).lower()}\n"
        )
    parts.append(f"[metadata]\nadjusted = false\nerror = {float(error_px)!r}\n")
    return "\n".join(parts)


def match_videos(cameras: Sequence[Camera], videos: Sequence[Path]) -> tuple[Camera, ...]:
    """Return the camera of each video: by its name in the file's name, else by their order.

    A name counts with its punctuation left out, so ``cam_01`` is found in ``walk_cam01.mp4``,
    and only if every video holds exactly one camera's name and no two the same.

    Raises
    ------
    InputError
        If their order must tell and there are not as many videos as cameras.
    """
    named = [_named_in(video, cameras) for video in videos]
    if all(len(each) == 1 for each in named):
        found = tuple(each[0] for each in named)
        if len({camera.name for camera in found}) == len(found):
            return found
    if len(videos) != len(cameras):
        msg = (
            f"expected {len(cameras)} videos, one for each camera of the calibration "
            f"({', '.join(camera.name for camera in cameras)}), got {len(videos)}; or put the "
            "camera's name into each file's name"
        )
        raise InputError(msg)
    return tuple(cameras)


def _named_in(video: Path, cameras: Sequence[Camera]) -> list[Camera]:
    """Return the cameras whose name stands in a file's name; not those named within another's."""
    text = _bare(video.stem)
    found = [camera for camera in cameras if _bare(camera.name) and _bare(camera.name) in text]
    longest = max((len(_bare(camera.name)) for camera in found), default=0)
    return [camera for camera in found if len(_bare(camera.name)) == longest]


def _bare(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _numbers(values: Sequence[float] | FloatArray) -> str:
    return f"[{', '.join(repr(float(value)) for value in np.asarray(values))}]"


def _quote(text: str) -> str:
    """Return a TOML string; what may not stand in one is written by its number."""
    signs = (f"\\u{ord(s):04x}" if s in '"\\\x7f' or s < " " else s for s in text)
    return f'"{"".join(signs)}"'
