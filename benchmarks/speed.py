"""How long `motion analyse` takes against the plain MediaPipe loop, on the same frames.

The plain loop reads with cv2, turns BGR to RGB and calls `detect_for_video`, one after
another. The whole is what `motion analyse` does: measuring, tables, annotated video. Model
loading is outside both; runs alternate; medians are compared.

    python benchmarks/speed.py [VIDEO ...] [--runs 5]
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import cv2
import mediapipe as mp
from mediapipe.tasks import python as tasks
from mediapipe.tasks.python import vision
from rich.console import Console
from rich.table import Table

from motion.capture import KeptFrames
from motion.console import quieten_native_logs
from motion.pipeline import analyse_video, write_annotated, write_results
from motion.pose import MediaPipeEstimator, find_model
from motion.settings import AnalysisSettings

REAL = Path(__file__).resolve().parents[2] / "shared" / "validation" / "real"
SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"


def load_plain() -> vision.PoseLandmarker:
    """Return MediaPipe's own landmarker, with the model and options that the product uses."""
    options = vision.PoseLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(find_model())),
        running_mode=vision.RunningMode.VIDEO,
    )
    return vision.PoseLandmarker.create_from_options(options)


def time_plain_loop(video: Path) -> float:
    """Return the seconds of the plain loop over one video."""
    with load_plain() as landmarker:
        start_s = time.perf_counter()
        capture = cv2.VideoCapture(str(video))
        while True:
            found, image = capture.read()
            if not found:
                break
            rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            picture = mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)
            landmarker.detect_for_video(picture, round(capture.get(cv2.CAP_PROP_POS_MSEC)))
        elapsed_s = time.perf_counter() - start_s
        capture.release()
    return elapsed_s


def time_whole(video: Path, with_video: bool) -> float:
    """Return the seconds of everything `motion analyse` does with one video."""
    estimator = MediaPipeEstimator()
    settings = AnalysisSettings()
    with tempfile.TemporaryDirectory() as folder:
        start_s = time.perf_counter()
        kept = KeptFrames() if with_video else None
        analysis = analyse_video(video, settings, estimator=estimator, kept=kept)
        if with_video:
            target = Path(folder) / "annotated.mp4"
            write_annotated(analysis, video, target, settings, kept=kept)
        write_results(analysis, Path(folder))
        return time.perf_counter() - start_s


def compare(video: Path, runs: int) -> tuple[float, float, float]:
    """Return the median seconds of the plain loop, of the whole, and without the video."""
    kinds = (
        lambda: time_plain_loop(video),
        lambda: time_whole(video, with_video=True),
        lambda: time_whole(video, with_video=False),
    )
    seconds: list[list[float]] = [[] for _ in kinds]
    for _ in range(runs):
        for collected, run in zip(seconds, kinds, strict=True):
            collected.append(run())
    plain, whole, without = (statistics.median(each) for each in seconds)
    return plain, whole, without


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("videos", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    usual = [REAL / "balance_4cam/single_cam03.mp4", REAL / "walk_sagittal/walk.mp4"]
    videos = chosen.videos or [v for v in usual if v.exists()] or sorted(SAMPLES.glob("*.mp4"))
    quieten_native_logs()
    time_whole(videos[0], with_video=True)  # imports and caches are warm from here on
    table = Table("video", "plain loop s", "whole s", "ratio", "no video s", "ratio")
    for video in videos:
        plain, whole, without = compare(video, chosen.runs)
        table.add_row(
            video.name,
            f"{plain:.2f}",
            f"{whole:.2f}",
            f"{whole / plain:.2f}",
            f"{without:.2f}",
            f"{without / plain:.2f}",
        )
    Console(file=sys.stdout).print(table)


if __name__ == "__main__":
    main()
