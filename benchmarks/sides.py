"""How many swapped sides are found, how many are seen where there are none, and how long it takes.

Swaps are put into recordings: single frames, bursts of 2 to 30 frames, half a take; of legs, arms,
either below hip or shoulder, and the whole body. A frame counts once for each group of landmarks
(face, shoulders, arms, hips, legs) in which the swap moves one by more than 10 % of the leg's
length in the picture. The clips' own true points are one kind of recording, the pose model's
landmarks another; the model's own swaps are told against the true points.

    python benchmarks/sides.py CLIPS [--landmarks FOLDER ...] [--repeats 6] [--no-depth]

CLIPS holds NAME.csv, NAME.json and NAME.mp4 (the folder may be given more than once). LANDMARKS
holds NAME.npz as `motion analyse` names their arrays; where it lacks a clip the pose model runs.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from motion.capture import Video
from motion.console import quieten_native_logs
from motion.model import BoolArray, PoseRecording, landmark_index
from motion.pose import FramePose, MediaPipeEstimator, PoseRecorder
from motion.pose.side_evidence import GROUPS, find_leg_length
from motion.pose.side_keeper import SideKeeper
from motion.pose.sides import repair_sides

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from side_makers import KINDS, find_relevant, read_truth, swap_frames

PATTERNS = ("single frames", "burst of 2-30", "half a take")
JOINTS = ("hip", "knee", "ankle", "heel", "foot_index", "shoulder", "elbow", "wrist")
SINGLE_FRAMES_N = 3
KEEPER_DELAY_S = 1.1


@dataclass(slots=True)
class Tally:
    """Counts over frames and groups of landmarks."""

    injected: int = 0
    found: int = 0
    ambiguous: int = 0
    clean: int = 0
    false: int = 0

    def add(self, wanted: BoolArray, found: BoolArray, ambiguous: BoolArray) -> None:
        """Count one recording: ``wanted`` and ``found`` where a swap would count."""
        self.injected += int(np.sum(wanted))
        self.found += int(np.sum(wanted & found))
        self.ambiguous += int(np.sum(wanted & ambiguous & ~found))
        self.clean += int(np.sum(~wanted))
        self.false += int(np.sum(~wanted & found))

    def cells(self) -> tuple[str, ...]:
        """Return the row of the table."""
        precision = self.found / max(self.found + self.false, 1)
        return (
            str(self.injected),
            f"{self.found / max(self.injected, 1):.2%}",
            f"{self.ambiguous / max(self.injected, 1):.2%}",
            f"{self.false / max(self.clean, 1):.3%}",
            f"{precision:.2%}",
        )


def read_landmarks(clip: Path, folders: list[Path], size_px: tuple[int, int]) -> PoseRecording:
    """Return the pose model's landmarks of a clip."""
    for folder in folders:
        path = folder / f"{clip.name}.npz"
        if path.exists():
            arrays = np.load(path)
            names = ("time_s", "image_px", "world_m", "visibility", "presence")
            return PoseRecording(
                **{name: arrays[name] for name in names}, width_px=size_px[0], height_px=size_px[1]
            )
    recorder, estimator = PoseRecorder(), MediaPipeEstimator()
    with Video(clip.parent / f"{clip.name}.mp4") as video:
        for frame in video:
            rgb = np.ascontiguousarray(frame.image_bgr[..., ::-1])
            recorder.add(frame.time_s, estimator.estimate(rgb, frame.time_s))
    estimator.close()
    return recorder.finish(*size_px)


def choose_frames(rng: np.random.Generator, pattern: str, n: int) -> BoolArray:
    """Return ``(n,)`` the frames to swap."""
    frames = np.zeros(n, dtype=bool)
    if pattern == PATTERNS[0]:
        frames[rng.choice(np.arange(2, n - 2), SINGLE_FRAMES_N, replace=False)] = True
    elif pattern == PATTERNS[1]:
        length = int(rng.integers(2, 31))
        start = int(rng.integers(1, n - length - 1))
        frames[start : start + length] = True
    else:
        frames[n // 2 + int(rng.integers(-n // 10, n // 10)) :] = True
        frames ^= bool(rng.integers(2))
    return frames


def play(recording: PoseRecording) -> BoolArray:
    """Return ``(n, 5)`` what the live keeper swaps."""
    keeper = SideKeeper(KEEPER_DELAY_S)
    kept = []
    for row, time_s in enumerate(recording.time_s):
        body = FramePose(
            recording.image_px[row],
            recording.world_m[row],
            recording.visibility[row],
            recording.presence[row],
        )
        kept += keeper.add(float(time_s), body if recording.detected[row] else None)
    return np.array([each.swapped for each in kept + keeper.finish()])


def inject(recordings: list[PoseRecording], repeats: int, seed: int) -> dict[str, dict[str, Tally]]:
    """Return the tally of each kind and pattern, and of the keeper on what fits its delay."""
    rng = np.random.default_rng(seed)
    tallies = {kind: {pattern: Tally() for pattern in PATTERNS} for kind in KINDS}
    for recording in recordings:
        relevant = find_relevant(recording)
        for kind in KINDS:
            for pattern in PATTERNS:
                for _ in range(repeats):
                    frames = choose_frames(rng, pattern, len(recording))
                    spoiled, swapped = swap_frames(recording, kind, frames)
                    found = repair_sides(spoiled)
                    ambiguous = np.repeat(found.ambiguous[:, None], len(GROUPS), axis=1)
                    tallies[kind][pattern].add(
                        swapped[relevant], found.swapped[relevant], ambiguous[relevant]
                    )
    return tallies


def compare_keeper(recordings: list[PoseRecording], seed: int) -> tuple[int, int]:
    """Return in how many recordings the live keeper differs from the whole one, and of how many."""
    rng = np.random.default_rng(seed)
    differ = total = 0
    for recording in recordings:
        relevant = find_relevant(recording)
        for kind in KINDS:
            for pattern in PATTERNS[:2]:
                frames = choose_frames(rng, pattern, len(recording))
                spoiled, _ = swap_frames(recording, kind, frames)
                differs = play(spoiled) != repair_sides(spoiled).swapped
                differ += int(np.any(differs[relevant]))
                total += 1
    return differ, total


def without_depth(recording: PoseRecording) -> PoseRecording:
    """Return the recording flat: in a side view nothing then says which limb is the nearer."""
    return replace(recording, world_m=recording.world_m * [1.0, 1.0, 0.0])


def native_swaps(found: PoseRecording, truth: PoseRecording) -> Iterator[tuple[str, BoolArray]]:
    """Yield, for each joint, ``(n,)`` where the model's two sides lie nearer the other's place."""
    n = min(len(found), len(truth))
    leg_px, _ = find_leg_length(truth)
    for joint in JOINTS:
        rows = [landmark_index(f"{side}_{joint}") for side in ("left", "right")]
        here, true = found.image_px[:n, rows], truth.image_px[:n, rows]
        apart = np.linalg.norm(true[:, 0] - true[:, 1], axis=1) > 0.1 * leg_px
        same = np.linalg.norm(here - true, axis=2).sum(axis=1)
        crossed = np.linalg.norm(here[:, ::-1] - true, axis=2).sum(axis=1)
        yield joint, apart & (crossed < same)


def measure_time(recording: PoseRecording) -> float:
    """Return seconds for 10,000 frames made of a clip played again and again."""
    at = np.arange(10_000) % len(recording)
    names = ("image_px", "world_m", "visibility", "presence")
    long = PoseRecording(
        time_s=np.arange(10_000) / 30.0,
        **{name: getattr(recording, name)[at] for name in names},
        width_px=recording.width_px,
        height_px=recording.height_px,
    )
    start_s = time.perf_counter()
    repair_sides(long)
    return time.perf_counter() - start_s


def show(console: Console, title: str, recordings: list[PoseRecording], repeats: int) -> None:
    """Print one table."""
    columns = ("kind", "swap", "counted", "found", "ambiguous", "false", "precision")
    table = Table(*columns, title=f"{title}: {len(recordings)} recordings")
    for kind, patterns in inject(recordings, repeats, seed=7).items():
        for pattern, tally in patterns.items():
            table.add_row(kind, pattern, *tally.cells())
    console.print(table)
    untouched = [repair_sides(recording) for recording in recordings]
    differ, total = compare_keeper(recordings, seed=8)
    console.print(
        f"as they are: {sum(int(r.swapped.any()) for r in untouched)} recordings repaired, "
        f"{sum(int(r.ambiguous.any()) for r in untouched)} with ambiguous frames; "
        f"live differs in {differ} of {total} recordings with short swaps"
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clips", nargs="+", type=Path)
    parser.add_argument("--landmarks", nargs="*", type=Path, default=[])
    parser.add_argument("--repeats", type=int, default=6)
    parser.add_argument("--no-depth", action="store_true", help="as if the model gave no depth")
    chosen = parser.parse_args()
    quieten_native_logs()
    console = Console(file=sys.stdout, width=110)
    paths = sorted(
        path.with_suffix("")
        for folder in chosen.clips
        for path in folder.glob("*.json")
        if path.with_suffix(".csv").exists() and path.with_suffix(".mp4").exists()
    )
    truths = {path.name: read_truth(path.parent / f"{path.name}.csv") for path in paths}
    models = {
        path.name: read_landmarks(
            path,
            chosen.landmarks,
            (truths[path.name].width_px, truths[path.name].height_px),
        )
        for path in paths
    }
    if chosen.no_depth:
        truths = {name: without_depth(each) for name, each in truths.items()}
        models = {name: without_depth(each) for name, each in models.items()}
    for title, wanted in (("walks", True), ("other clips", False)):
        names = [name for name in truths if name.startswith("walk") == wanted]
        show(console, f"{title}, true points", [truths[name] for name in names], chosen.repeats)
        show(console, f"{title}, pose model", [models[name] for name in names], chosen.repeats)
    natives = Table("clip", "joint: frames nearer the other side", title="the model's own swaps")
    for name, model in models.items():
        counts = {joint: int(np.sum(rows)) for joint, rows in native_swaps(model, truths[name])}
        repaired = native_swaps(repair_sides(model).recording, truths[name])
        left = {joint: int(np.sum(rows)) for joint, rows in repaired}
        if any(counts.values()) or any(left.values()):
            said = ", ".join(f"{j} {counts[j]}->{left[j]}" for j in JOINTS if counts[j] or left[j])
            natives.add_row(name, said)
    console.print(natives)
    console.print(f"{measure_time(models[sorted(models)[-1]]):.2f} s for 10,000 frames")


if __name__ == "__main__":
    main()
