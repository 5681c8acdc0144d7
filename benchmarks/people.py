"""Whose body is measured where several people are in view, and what several people cost.

Prints for each clip the frames with a measured body, those of them whose body is somebody else's,
those whose body is far from everybody ("strays": made of two people, or of none), the share of the
frames in which the subject is whole and unhidden that show the subject's body, the frames that the
lock calls lost, and the seconds, also those of the same take with nobody else in it where that can
be made. A body is the subject's

*   in recordings with boxes drawn by hand (every 5th frame counts), if the box of its landmarks
    overlaps the subject's by 0.3 (intersection over union) and more than anybody else's;
*   in composed clips (every frame counts), if its shoulders, elbows, wrists, hips, knees and
    ankles, as far as measured, are nearer to the subject's true ones than to anybody else's, and on
    average nearer than half a trunk length; somebody else's likewise.

    python benchmarks/people.py [NAME ...] [--kept FOLDER]
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from motion.console import quieten_native_logs
from motion.errors import InputError
from motion.model import Analysis, PoseRecording
from motion.pipeline import analyse_video
from motion.settings import AnalysisSettings

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

from pose import composed
from pose.composed import Composed
from pose.person_truth import RECORDINGS, Verdict, match_box, match_truth, read_boxes

MAKERS: dict[str, Callable[..., Composed]] = {
    "a side by side": composed.side_by_side,
    "b walker in front": composed.walker_in_front,
    "b, who looks the same": partial(composed.walker_in_front, walker="walk_treadmill"),
    "c walker behind": composed.walker_behind,
    "c, behind a squat": partial(composed.walker_behind, patient="squat"),
    "d two walkers": composed.two_walkers,
    "e somebody enters": composed.somebody_enters,
    "f helper in front": composed.helper_in_front,
    "f helper's arm": composed.helper_behind,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one clip."""

    name: str
    person: str
    frames: int
    analysis: Analysis
    verdict: Verdict
    seconds: float
    alone_s: float = float("nan")


def time_analysis(path: Path, person: str) -> tuple[Analysis, float]:
    """Return an analysis and its seconds, reading, estimating and measuring."""
    start_s = time.perf_counter()
    analysis = analyse_video(path, AnalysisSettings(person=person))
    return analysis, time.perf_counter() - start_s


def point_at(clip: Composed, who: str) -> str:
    """Return a choice by a point on somebody's trunk, when they are first wholly seen."""
    person = next(person for person in clip.people if person.name == who)
    frame = int(np.argmax(person.whole))
    x, y = (person.points["mid_shoulder"][frame] + person.points["mid_hip"][frame]) / 2
    return f"{x:.0f},{y:.0f}@{frame / clip.fps:.2f}"


def judge_recordings(names: list[str]) -> Iterator[Outcome]:
    """Judge the recordings by the boxes drawn by hand, with the default choice."""
    for name, path in RECORDINGS.items():
        if (names and name not in names) or not path.is_file():
            continue
        analysis, seconds = time_analysis(path, "largest")
        verdict = match_box(analysis.recording, read_boxes(name))
        yield Outcome(name, "largest", len(analysis.recording), analysis, verdict, seconds)


def judge_composed(names: list[str], folder: Path) -> Iterator[Outcome]:
    """Judge each composed clip for each of its people, chosen by a point."""
    for name, make in MAKERS.items():
        if names and name not in names:
            continue
        stem = name.replace(" ", "_").replace(",", "").replace("'", "")
        clip, single = (folder / f"{stem}{end}.mp4" for end in ("", "_alone"))
        made = make(clip)
        _, alone_s = time_analysis(make(single, alone=True).path, "largest")
        for who in made.people:
            choice = point_at(made, who.name)
            try:
                analysis, seconds = time_analysis(clip, choice)
            except InputError as refusal:
                print(f"{name}: {who.name}: {refusal}", file=sys.stderr)
                continue
            verdict = match_truth(analysis.recording, made, who.name)
            usual_s = alone_s if who is made.subject else float("nan")
            label = f"{name}: {who.name}"
            yield Outcome(
                label, choice, len(analysis.recording), analysis, verdict, seconds, usual_s
            )


def count_measured(recording: PoseRecording) -> int:
    """Return how many frames show anybody."""
    return int(recording.detected.sum())


def add_row(table: Table, outcome: Outcome) -> None:
    """Add what came of one clip."""
    verdict, alone = outcome.verdict, outcome.alone_s
    where = " ".join(str(frame) for frame in verdict.other_frames[:6])
    table.add_row(
        outcome.name,
        outcome.person,
        f"{count_measured(outcome.analysis.recording)} of {outcome.frames}",
        f"{verdict.others} of {verdict.checked}",
        str(verdict.strays),
        where + (" ..." if verdict.others > 6 else ""),
        f"{100 * verdict.kept_share:.1f} % of {verdict.whole}",
        str(outcome.analysis.person.lost_frames),
        f"{outcome.seconds:.1f}",
        f"{alone:.1f}" if np.isfinite(alone) else "",
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="recordings, or composed clips by their names")
    parser.add_argument("--kept", type=Path, help="keep the composed clips in this folder")
    chosen = parser.parse_args()
    quieten_native_logs()
    headings = (
        "clip",
        "person",
        "measured",
        "others",
        "strays",
        "in frames",
        "whole kept",
        "lost",
        "s",
    )
    table = Table(*headings, "s alone", title="whose body was measured")
    if not composed.SYNTHETIC.is_dir():
        sys.exit(f"{composed.SYNTHETIC} is not there: nothing to measure")
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.kept or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for outcome in judge_recordings(chosen.names):
            add_row(table, outcome)
        for outcome in judge_composed(chosen.names, folder):
            add_row(table, outcome)
    Console(file=sys.stdout, width=150).print(table)


if __name__ == "__main__":
    main()
