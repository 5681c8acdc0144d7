"""The coach against the offline counter and against known answers, clip by clip.

    python benchmarks/coach_truth.py [FOLDER ...] [--landmarks FOLDER] [--video] [--out FILE.csv]
        [--repetitions FILE.csv]

Folders hold ``NAME.mp4``, ``NAME.csv`` (true angles) and ``NAME.json``; without one
../shared/validation/synthetic. Every clip with repetitions goes picture by picture through what
``motion live`` does with it (``motion.live.following.follow_video``): the person's choice, left and
right put right without looking ahead, angles, coach. The offline count is of the landmarks that
this gave. With ``--landmarks`` bodies that were found before are played back, with ``--anew`` the
pose model finds them again.

Start and end are held against where the true angle crosses a tenth of the repetition's amplitude.
"""

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from clips import SHARED
from scipy.signal import find_peaks

from motion.exercise.coach_state import CoachState
from motion.exercise.exercises import Exercise
from motion.exercise.prescription import Dose, Prescription
from motion.library import find_exercise, list_exercises
from motion.live.following import follow_video
from motion.model import CoachedRepetition, Repetition, Side
from motion.pose import FramePose
from motion.pose.assets import find_model, read_model_info
from motion.pose.fake import FakeEstimator
from motion.validation.clips import KnownClip, find_clips, load_clip
from motion.validation.landmarks import SeenVideo, find_landmarks
from motion.validation.markdown import table
from motion.validation.measured import measure_seen
from motion.validation.ways import settings_for

EXERCISES = {
    "heel_slide": "heel_slide",
    "straight_leg_raise": "straight_leg_raise",
    "bridge": "bridge",
    "prone_knee_bend": "prone_knee_bend",
    "elbow_past_straight": "elbow_curl",
    "knees_past_straight": "squat",
}
"""Exercises of the library that a motion shows beside the movement it is measured as."""

WHOLLY = frozenset({"shoulder_abd_lean"})
"""Motions that are done another way in each repetition; in the set ``compensations`` it is every
second one."""

PROMINENCE = 0.5
EDGE = 0.1
MANY = Dose(sets=1, repetitions=999)


@dataclass(frozen=True, slots=True)
class TrueRepetition:
    """When the true angle crosses a tenth of the amplitude, and its farthest value."""

    start_s: float
    peak_s: float
    end_s: float
    peak_deg: float


def find_true_repetitions(time_s: np.ndarray, true_deg: np.ndarray) -> list[TrueRepetition]:
    """Return each time a true curve leaves its first value and comes back, to either side."""
    away = np.abs(true_deg - true_deg[0])
    peaks, _ = find_peaks(away, prominence=PROMINENCE * float(np.ptp(away)))
    found = []
    for peak in peaks:
        level = EDGE * away[peak]
        before = np.flatnonzero(away[:peak] < level)
        after = np.flatnonzero(away[peak:] < level)
        if len(before) and len(after):
            start, end = before[-1], peak + after[0]
            found.append(
                TrueRepetition(
                    start_s=cross(time_s, away, start, level),
                    peak_s=float(time_s[peak]),
                    end_s=cross(time_s, away, end - 1, level),
                    peak_deg=float(true_deg[peak]),
                )
            )
    return found


def cross(time_s: np.ndarray, away: np.ndarray, row: int, level: float) -> float:
    """Return when a curve crosses a level between a row and the next."""
    share = (level - away[row]) / (away[row + 1] - away[row])
    return float(time_s[row] + share * (time_s[row + 1] - time_s[row]))


def exercise_of(clip: KnownClip) -> tuple[Exercise, Side] | None:
    """Return what is done in a clip and on which side; None where it is no exercise."""
    settings = settings_for(clip)
    stem = clip.motion.removesuffix("_r").removesuffix("_l")
    name = EXERCISES.get(stem, settings.movement)
    if name not in list_exercises():
        return None
    exercise = find_exercise(name)
    if exercise.movement is None:
        return None
    side = settings.side or (Side.BOTH if exercise.sides == "both" else Side.NONE)
    return exercise, side


def play_back(seen: SeenVideo) -> FakeEstimator:
    """Return an estimator that finds again what was found in a recording."""
    recording = seen.recording
    bodies = [
        FramePose(image_px, world_m, visibility, presence)
        if np.any(np.isfinite(visibility))
        else None
        for image_px, world_m, visibility, presence in zip(
            recording.image_px,
            recording.world_m,
            recording.visibility,
            recording.presence,
            strict=True,
        )
    ]
    return FakeEstimator(bodies, seen.model)


def compare(
    clip: KnownClip, seen: SeenVideo, *, anew: bool
) -> tuple[dict[str, object], list[dict[str, object]]] | None:
    """Return a clip's row, and one for each of its true repetitions."""
    known = exercise_of(clip)
    if known is None:
        return None
    exercise, side = known
    asked = Prescription(exercise=exercise.name, side=side, dose=MANY)
    estimator = None if anew else play_back(seen)
    coached = follow_video(clip.video, exercise, asked, estimator=estimator)
    seen = replace(seen, recording=coached.recording)
    settings = replace(settings_for(clip), movement=exercise.name)
    analysis = measure_seen(clip.video, seen, settings)
    angle = coached.states[-1].angle
    true_deg = clip.truth_of(angle)
    if true_deg is None:
        return None
    time_s = seen.recording.time_s
    true = find_true_repetitions(time_s, true_deg)
    offline = [r for r in analysis.repetitions if angle.endswith(f"{r.joint}_{r.motion}")]
    if side in (Side.BOTH, Side.NONE) and angle.startswith(("left", "right")):
        offline = [r for r in offline if r.side.value == angle.split("_")[0]]
    curve = analysis.angles[angle].value_deg
    error_deg = np.abs(curve - true_deg)
    rows = [
        {
            **describe_repetition(clip, exercise, number, each, coached.repetitions, offline),
            "called_out": say_called(each, coached.states),
        }
        for number, each in enumerate(true, start=1)
    ]
    called = sorted({name for state in coached.states for name in state.compensating})
    edges = [f"{who}_{edge}_error_s" for who in ("coach", "offline") for edge in ("start", "end")]
    worst = {
        f"worst_{edge}": max((abs(float(str(r[edge]))) for r in rows), default=math.nan)
        for edge in edges
    }
    clean = [r for r in rows if r["compensated"] is False]
    row = {
        "clip": clip.name,
        "exercise": exercise.name,
        "angle": angle,
        "subject": clip.subject,
        "held_out": clip.held_out,
        "off_plane_deg": abs(clip.yaw_deg),
        "true": len(true),
        "offline": len(offline),
        "coach": len(coached.repetitions),
        "shown": len(coached.states[-1].counted),
        **worst,
        "peak_error_deg": mean_of(rows, "coach_peak_error_deg"),
        "offline_peak_error_deg": mean_of(rows, "offline_peak_error_deg"),
        "mae_deg": float(np.nanmean(error_deg)) if np.any(np.isfinite(error_deg)) else math.nan,
        "called_out": " ".join(called),
        "clean_called_out": sum(bool(r["called_out"]) for r in clean),
        "clean": len(clean),
    }
    return row, rows


def say_called(true: TrueRepetition, states: tuple[CoachState, ...]) -> str:
    """Return the compensations that were called out within a repetition."""
    within = [s for s in states if true.start_s <= s.time_s <= true.end_s]
    return " ".join(sorted({name for state in within for name in state.compensating}))


def mean_of(rows: list[dict[str, object]], column: str) -> float:
    """Return the mean absolute value of a column; NaN where nothing is known."""
    values = [abs(float(str(row[column]))) for row in rows]
    seen = [value for value in values if math.isfinite(value)]
    return float(np.mean(seen)) if seen else math.nan


def describe_repetition(
    clip: KnownClip,
    exercise: Exercise,
    number: int,
    true: TrueRepetition,
    coached: tuple[CoachedRepetition, ...],
    offline: list[Repetition],
) -> dict[str, object]:
    """Return how far coach and offline counter are from one true repetition."""
    row: dict[str, object] = {
        "clip": clip.name,
        "exercise": exercise.name,
        "repetition": number,
        "compensated": clip.motion in WHOLLY
        or (clip.about.get("set") == "compensations" and number % 2 == 0),
        "start_s": true.start_s,
        "peak_s": true.peak_s,
        "end_s": true.end_s,
    }
    for who, found in (("coach", coached), ("offline", offline)):
        mine = next((r for r in found if r.start_s <= true.peak_s <= r.end_s), None)
        row[f"{who}_start_error_s"] = mine.start_s - true.start_s if mine else math.nan
        row[f"{who}_end_error_s"] = mine.end_s - true.end_s if mine else math.nan
        row[f"{who}_peak_error_deg"] = mine.peak_deg - true.peak_deg if mine else math.nan
    return row


def summarise(clips: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each exercise: how often the counts agree, and the worst times."""
    rows = []
    for name, of in clips.groupby("exercise"):
        rows.append(
            {
                "exercise": name,
                "clips": len(of),
                "held out": int(of["held_out"].sum()),
                "repetitions": int(of["true"].sum()),
                "coach = truth": int((of["coach"] == of["true"]).sum()),
                "coach = offline": int((of["coach"] == of["offline"]).sum()),
                "worst start, s": round(of["worst_coach_start_error_s"].max(), 2),
                "worst end, s": round(of["worst_coach_end_error_s"].max(), 2),
                "peak, deg": round(of["peak_error_deg"].mean(), 1),
                "offline peak, deg": round(of["offline_peak_error_deg"].mean(), 1),
                "curve, deg": round(of["mae_deg"].mean(), 1),
            }
        )
    return pd.DataFrame(rows)


def list_clips(folders: list[Path]) -> Iterator[KnownClip]:
    """Yield the clips that are no walks."""
    for folder in folders:
        for video in find_clips(folder):
            clip = load_clip(video)
            if "walk" not in clip.motion and not clip.leaves_picture:
                yield clip


def main() -> None:
    """Compare every clip and print what differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, default=[SHARED / "synthetic"])
    parser.add_argument("--landmarks", type=Path, help="keeps NAME.npz between runs")
    parser.add_argument("--anew", action="store_true")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--repetitions", type=Path)
    asked = parser.parse_args()
    model = read_model_info(find_model())
    clips, repetitions = [], []
    for clip in list_clips(asked.folders):
        seen = find_landmarks(clip.video, model, asked.landmarks)
        found = compare(clip, seen, anew=asked.anew)
        if found is not None:
            clips.append(found[0])
            repetitions.extend(found[1])
            print({k: v for k, v in found[0].items() if k in SHOWN}, flush=True)
    summary = summarise(pd.DataFrame(clips))
    print("\n".join(table(list(summary.columns), summary.astype(str).to_numpy().tolist())))
    for path, rows in ((asked.out, clips), (asked.repetitions, repetitions)):
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            pd.DataFrame(rows).round(3).to_csv(path, index=False)


SHOWN = ("clip", "true", "offline", "coach", "worst_coach_start_error_s", "worst_coach_end_error_s")


if __name__ == "__main__":
    main()
