"""Recordings of one take by several calibrated cameras, measured together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from motion.cameras.files import match_videos, read_calibration
from motion.cameras.join import join_views
from motion.pipeline_cameras import CameraChoices
from motion.pose.sides import repair_sides
from motion.validation.comparing import Compared
from motion.validation.landmarks import SeenVideo
from motion.validation.real import KnownRecording, list_known
from motion.validation.ways import PRODUCT

__all__ = ["KnownRig", "check_rig", "find_rigs", "join_seen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRig:
    """The videos of one take, the first camera's first, and their entry in recordings.toml."""

    videos: tuple[Path, ...]
    known: Mapping[str, Any]

    @property
    def recording(self) -> KnownRecording:
        """The take as a recording of its first camera, which gives the frames their times."""
        return KnownRecording(video=self.videos[0], known=self.known)


def find_rigs(folder: Path) -> Iterator[KnownRig]:
    """Yield the known rigs of which every video lies below a folder."""
    videos = sorted(folder.resolve().rglob("*.mp4"))
    for known in list_known("rig"):
        found = [
            next((v for v in videos if v.as_posix().endswith(f"/{name}")), None)
            for name in known["files"]
        ]
        paths = tuple(path for path in found if path is not None)
        if len(paths) == len(found):
            yield KnownRig(videos=paths, known=known)


def join_seen(rig: KnownRig, seen: Sequence[SeenVideo]) -> SeenVideo:
    """Return the first camera's landmarks with the body that all of them see in the room.

    The steps are those of :func:`motion.pipeline_cameras.analyse_cameras`; how much later each
    camera began is found from the movement.

    Raises
    ------
    InputError
        If the calibration cannot be used, or no two views show one body.
    """
    choices = CameraChoices(
        others=rig.videos[1:],
        calibration=rig.videos[0].with_name(rig.known["calibration"]),
        up=rig.known["up"],
    )
    cameras = match_videos(read_calibration(choices.calibration), rig.videos)
    names = [video.name for video in rig.videos]
    recordings = [repair_sides(each.recording).recording for each in seen]
    joined = join_views(recordings, cameras, names, None, choices.up_axis)
    return replace(seen[0], recording=replace(seen[0].recording, triangulated=joined.body))


def check_rig(rig: KnownRig, compared: Sequence[Compared]) -> Iterator[dict[str, Any]]:
    """Yield a row for each goal: the error against the mean of the solutions, side by side."""
    for angle, goal_deg in rig.known["goal_rmse_deg"].items():
        rows = [each.row for each in compared]
        found = ", ".join(
            f"{row['side']} {row['rmse_deg']:.1f}"
            for row in rows
            if row["angle"] == angle and row["way"] == PRODUCT and "mean" in row["truth"]
        )
        yield {
            "recording": rig.known["name"],
            "what": f"{angle.replace('_', ' ')}: RMSE against the mean, degrees",
            "expected": f"{goal_deg:g} or less",
            "found": found,
        }
