"""How well timed tests are timed: rendered up and goes, and walks of known speed over 4 m.

    python benchmarks/timed.py FOLDER...

FOLDER holds clips of render_timed.py or render_walks.py. An up and go is held against the same
definitions on the true joints, which know nothing of a camera; a walk against its speed.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from motion.gait import GaitSettings, TimedMotion, TimedTest, measure_timed_test
from motion.library import load_gait_errors
from motion.model import Analysis, Scale, ScaleSource
from motion.pipeline import analyse_video
from motion.settings import AnalysisSettings

GO_S = 2.2
IN_METRES = Scale(m_per_unit=1.0, source=ScaleSource.METRES, relative_sd=0.0)


def make_true_motion(truth: pd.DataFrame) -> TimedMotion:
    """Return the true joints as a camera beside the way would see them: Z forward is the left."""

    def joint(name: str) -> np.ndarray:
        return truth[[f"{name}_X", f"{name}_Y", f"{name}_Z"]].to_numpy()

    def seen(points: np.ndarray) -> np.ndarray:
        return points[..., [2, 1]] * [-1.0, 1.0]

    hips = (joint("left_hip") + joint("right_hip")) / 2.0
    shoulders = (joint("left_shoulder") + joint("right_shoulder")) / 2.0
    forward = np.cross(joint("left_hip") - joint("right_hip"), [0.0, 1.0, 0.0])
    facing_deg = np.degrees(np.arctan2(forward[:, 0], forward[:, 2]))
    return TimedMotion(
        time_s=truth["time_s"].to_numpy(),
        mid_hip=seen(hips),
        ankles=seen(np.stack([joint("left_ankle"), joint("right_ankle")], axis=1)),
        trunk=seen(shoulders - hips),
        heading_deg=(90.0 - facing_deg + 180.0) % 360.0 - 180.0,
        scale=IN_METRES,
    )


def analyse(video: Path, settings: GaitSettings) -> Analysis:
    """Return the product's analysis of a clip."""
    return analyse_video(video, AnalysisSettings(gait=settings))


def compare_up_and_go(video: Path, about: dict[str, Any]) -> list[dict[str, object]]:
    """Return a row for each number of an up and go: the camera's, the true one, the error."""
    settings = GaitSettings(test=TimedTest.TUG, go_s=GO_S, height_m=about["subject_height_m"])
    measured = {m.measure: m for m in analyse(video, settings).measurements}
    truth = make_true_motion(pd.read_csv(video.with_suffix(".csv")))
    true = measure_timed_test(truth, settings, load_gait_errors())
    return [
        {
            "clip": video.stem,
            "measure": each.measure,
            "true": each.value,
            "measured": measured[each.measure].value,
            "error": measured[each.measure].value - each.value,
            "verdict": measured[each.measure].verdict.value,
            "note": measured[each.measure].note,
        }
        for each in true.measurements
    ]


def compare_walk(video: Path, about: dict[str, Any]) -> list[dict[str, object]]:
    """Return a row for the speed over 4 m of a walk over the floor."""
    true_m_s = about["gait"]["speed_m_s"]
    settings = GaitSettings(test=TimedTest.WALK4, height_m=about["subject_height_m"])
    found = analyse(video, settings).measurements
    speed = next(each for each in found if each.measure == "walk4_speed")
    return [
        {
            "clip": video.stem,
            "measure": speed.measure,
            "true": true_m_s,
            "measured": speed.value,
            "error": speed.value - true_m_s,
            "verdict": speed.verdict.value,
            "note": speed.note,
        }
    ]


def main() -> None:
    """Print a table of every number."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    rows: list[dict[str, object]] = []
    for folder in parser.parse_args().folders:
        for video in sorted(folder.glob("*.mp4")):
            about = json.loads(video.with_suffix(".json").read_text(encoding="utf-8"))
            if "up_and_go" in about:
                rows += compare_up_and_go(video, about)
            elif about.get("gait", {}).get("overground"):
                rows += compare_walk(video, about)
    with pd.option_context("display.width", 250, "display.max_columns", None):
        print(pd.DataFrame(rows).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
