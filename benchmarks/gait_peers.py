"""Runs pose2sim's gait-event utility on the series that motion's own events are validated on.

    python benchmarks/gait_peers.py FOLDER [FOLDER ...] --landmarks KEPT --peer-python PYTHON
        [--write data/validation/gait_peers.csv]

FOLDER holds recordings with known events, as for `motion validate`; KEPT their landmarks. PYTHON
is that of an environment of its own with pose2sim (``pip install pose2sim``; its utility needs
numpy, scipy, pandas and matplotlib only), called as a separate program: nothing of it enters this
project. It gets what it is made for: the points it names, in metres, x the way that is walked,
y up, one pass at a time, without gaps, and a camera's points filtered as its own pipeline does
(Butterworth, fourth order, 6 Hz). Metres are the true ones of the clip. Its three methods run
with their own defaults.
"""

import argparse
import csv
import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.signal import butter, filtfilt

from motion.gait import GaitSettings
from motion.library import load_marker_sets
from motion.markers import read_markers, recognise_set, to_recording
from motion.markers.picture import PX_PER_M
from motion.model import (
    FOOT_OFF,
    INITIAL_CONTACT,
    Event,
    FloatArray,
    IndexArray,
    ModelInfo,
    PoseRecording,
    Side,
)
from motion.pose import find_model
from motion.pose.assets import read_model_info
from motion.settings import AnalysisSettings
from motion.signals import find_runs
from motion.validation.clips import KnownClip, find_clips, load_clip
from motion.validation.gait_figures import describe_events
from motion.validation.gait_found import TABLES
from motion.validation.gait_markers import walk_of_markers
from motion.validation.gait_matching import match_events
from motion.validation.gait_run import CAMERA, TRUE_POINTS, find_marker_files
from motion.validation.gait_truth import KnownWalk, project_truth, walk_of_clip
from motion.validation.landmarks import SeenVideo, find_landmarks
from motion.validation.measured import measure_seen

METHODS = ("forward_coordinates", "height_coordinates", "forward_velocity")
POINTS = {
    "RHeel": "right_heel",
    "RBigToe": "right_foot_index",
    "LHeel": "left_heel",
    "LBigToe": "left_foot_index",
}
SHORTEST_S = 1.5
WAY_N = 15
"""Frames over which the feet say which way is walked."""

LONGEST_GAP_S = 0.01
"""More than the rounding of a clip's times."""

CUTOFF_HZ = 6.0

# Runs in the peer's own Python: a list of TRC files and methods in, their events out.
RUN_PEER = """
import contextlib, io, json, sys
from Pose2Sim.Utilities.trc_gaitevents import trc_gaitevents_func
found = []
for job in json.load(sys.stdin):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            times, _ = trc_gaitevents_func(
                trc_path=job["trc"], method=job["method"], gait_direction="X", up_direction="Y",
                plot=False, save_output=False,
            )
        found.append([[float(t) for t in each] for each in times])
    except Exception as error:
        found.append(f"{type(error).__name__}: {error}")
print("\\n" + json.dumps(found))
"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """One walk: what is true, our own events, and the points in metres for the peer.

    ``position_m`` is ``(n, 5, 2)``: middle of the hips and the four points of the feet, along
    the way and up.
    """

    name: str
    known: KnownWalk
    own: tuple[Event, ...]
    time_s: FloatArray
    position_m: FloatArray


def main() -> None:
    """Print the table, and write it if wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--landmarks", type=Path, required=True)
    parser.add_argument("--peer-python", required=True)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    every = list(_list_series(given.folders, given.landmarks))
    lines = list(_compare(every, given.peer_python))
    print(pd.DataFrame(lines).to_string())
    if given.write:
        with given.write.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(lines[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(lines)


def _list_series(folders: Sequence[Path], kept: Path) -> Iterator[Series]:
    model = read_model_info(find_model(None))
    for folder in folders:
        for file in find_marker_files(folder):
            markers = read_markers(file.path)
            known = walk_of_markers(file.path, file.known, markers)
            recording = to_recording(markers, recognise_set(markers.names, load_marker_sets()))
            own = _find_own(file.path, SeenVideo(recording=recording, model=_NAMELESS))
            yield Series(
                name=f"markers: {known.group}",
                known=known,
                own=own,
                time_s=recording.time_s,
                position_m=_take_room(recording),
            )
        for video in find_clips(folder):
            clip = load_clip(video)
            known_walk = walk_of_clip(clip)
            if known_walk is None:
                continue
            perfect = SeenVideo(recording=project_truth(clip), model=_NAMELESS)
            seen = find_landmarks(video, model, kept)
            for source, landmarks in ((CAMERA, seen), (TRUE_POINTS, perfect)):
                yield Series(
                    name=f"{source}: {known_walk.group}",
                    known=known_walk,
                    own=_find_own(video, landmarks),
                    time_s=landmarks.recording.time_s,
                    position_m=_take_picture(clip, landmarks.recording),
                )


_NAMELESS = ModelInfo(name="known points", sha256="")


def _find_own(path: Path, seen: SeenVideo) -> tuple[Event, ...]:
    return measure_seen(path, seen, AnalysisSettings(gait=GaitSettings())).events


def _take_room(recording: PoseRecording) -> FloatArray:
    """Return the points of markers along the way and up."""
    # The side view of markers has an even scale; the person walks to the right in it.
    return _choose(recording) * [1.0, -1.0] / PX_PER_M + [0.0, _lowest(recording) / PX_PER_M]


def _lowest(recording: PoseRecording) -> float:
    return float(np.nanmax(_choose(recording)[:, 1:, 1]))


def _take_picture(clip: KnownClip, recording: PoseRecording) -> FloatArray:
    """Return the points of a camera along the picture and up from the floor, by the true scale."""
    camera = clip.about["camera"]
    ends = np.array([[0.0, 0.0, -1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
    seen = ends @ np.array(camera["R_world_to_cam"]).T + np.array(camera["t"])
    px = seen[:, :2] / seen[:, 2:] * [camera["fx"], camera["fy"]] + [camera["cx"], camera["cy"]]
    px_per_m = abs(px[1, 0] - px[0, 0]) / 2.0
    points = _choose(recording)
    rate_hz = 1.0 / float(np.median(np.diff(recording.time_s)))
    b, a = butter(2, CUTOFF_HZ / (rate_hz / 2.0))
    for run in _find_whole(recording.time_s, points):
        if len(run) > 15:
            points[run] = filtfilt(b, a, points[run], axis=0)
    return (points - [0.0, px[2, 1]]) * [1.0, -1.0] / px_per_m


def _find_whole(time_s: FloatArray, points: FloatArray) -> Iterator[IndexArray]:
    """Yield the rows of each stretch in which every point is there."""
    valid = np.all(np.isfinite(points), axis=(1, 2))
    return find_runs(time_s, valid, float(np.median(np.diff(time_s))), max_gap_s=LONGEST_GAP_S)


def _choose(recording: PoseRecording) -> FloatArray:
    poses = recording.poses()
    hips = (poses["left_hip"] + poses["right_hip"]) / 2.0
    return np.stack([hips, *(poses[name] for name in POINTS.values())], axis=1)


def _compare(every: Sequence[Series], python: str) -> Iterator[dict[str, object]]:
    """Yield a line for each group of recordings, method and kind of event."""
    matched: dict[tuple[str, str], list[pd.DataFrame]] = {}
    failed: dict[tuple[str, str], int] = {}
    with tempfile.TemporaryDirectory() as folder:
        jobs = [
            {"trc": str(path), "method": method, "at": at}
            for at, one in enumerate(every)
            for path in _write_passes(one, Path(folder) / str(at))
            for method in METHODS
        ]
        asked = json.dumps(jobs)
        answer = subprocess.run(
            [python, "-c", RUN_PEER], input=asked, text=True, capture_output=True, check=True
        )
    answers = json.loads(answer.stdout.splitlines()[-1])
    for at, one in enumerate(every):
        _add(matched, (one.name, "ours"), one, one.own)
        for method in METHODS:
            key = (one.name, f"pose2sim {method}")
            events: list[Event] = []
            for job, found in zip(jobs, answers, strict=True):
                if (job["at"], job["method"]) != (at, method):
                    continue
                if isinstance(found, str):
                    failed[key] = failed.get(key, 0) + 1
                else:
                    events += _read_events(found)
            _add(matched, key, one, events)
    for (name, method), rows in sorted(matched.items()):
        table = pd.concat(rows)
        for kind, title in ((INITIAL_CONTACT, "initial contact"), (FOOT_OFF, "foot off")):
            figures = describe_events(table[table["event"] == kind])
            yield {
                "recordings": name,
                "method": method,
                "event": title,
                **{key: _say(value) for key, value in figures.items()},
                "failed": failed.get((name, method), 0),
            }


def _say(value: float) -> str:
    if isinstance(value, float):
        return "-" if np.isnan(value) else f"{value:.0f}"
    return str(value)


def _read_events(times: Sequence[Sequence[float]]) -> Iterator[Event]:
    kinds = (
        (Side.RIGHT, INITIAL_CONTACT),
        (Side.LEFT, INITIAL_CONTACT),
        (Side.RIGHT, FOOT_OFF),
        (Side.LEFT, FOOT_OFF),
    )
    for (side, event), moments in zip(kinds, times, strict=True):
        for time_s in moments:
            yield Event(time_s=time_s, side=side, event=event, confidence=1.0)


def _add(
    matched: dict[tuple[str, str], list[pd.DataFrame]],
    key: tuple[str, str],
    one: Series,
    events: Sequence[Event],
) -> None:
    rows = [
        {"event": each.event, "outcome": each.outcome, "error_ms": each.error_ms}
        for each in match_events(one.known.events, events)
        if each.true is not None or not one.known.only_listed
    ]
    columns = [name for name in TABLES["events"] if name in ("event", "outcome", "error_ms")]
    matched.setdefault(key, []).append(pd.DataFrame(rows, columns=columns))


def _write_passes(one: Series, stem: Path) -> Iterator[Path]:
    """Write each pass without gaps as TRC, turned so that it goes along +x."""
    feet = one.position_m[:, [2, 4], 0] - one.position_m[:, [1, 3], 0]
    way = np.sign(np.convolve(np.nan_to_num(feet.mean(axis=1)), np.ones(WAY_N), mode="same"))
    runs = [
        (sign, run)
        for sign in (1.0, -1.0)
        for run in _find_whole(
            one.time_s, np.where((way == sign)[:, None, None], one.position_m, np.nan)
        )
    ]
    for number, (sign, run) in enumerate(runs):
        if one.time_s[run[-1]] - one.time_s[run[0]] < SHORTEST_S:
            continue
        path = stem.with_name(f"{stem.name}_{number}.trc")
        _write_trc(path, one.time_s[run], one.position_m[run] * [sign, 1.0])
        yield path


def _write_trc(path: Path, time_s: FloatArray, position_m: FloatArray) -> None:
    names = ("Hip", *POINTS)
    rate = f"{1.0 / float(np.median(np.diff(time_s))):.6f}"
    n = len(time_s)
    lines = [
        f"PathFileType\t4\t(X/Y/Z)\t{path.name}",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\t"
        "OrigNumFrames",
        f"{rate}\t{rate}\t{n}\t{len(names)}\tm\t{rate}\t1\t{n}",
        "Frame#\tTime\t" + "\t\t\t".join(names) + "\t\t",
        "\t\t" + "\t".join(f"{axis}{k}" for k in range(1, len(names) + 1) for axis in "XYZ"),
    ]
    for row, (moment, points) in enumerate(zip(time_s, position_m, strict=True), start=1):
        cells = [f"{value:.6f}" for x, y in points for value in (x, y, 0.0)]
        lines.append(f"{row}\t{moment:.6f}\t" + "\t".join(cells))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
