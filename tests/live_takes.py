"""A known body that bends its left knee, as a running camera and its estimator would give it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from journal_makers import make_header
from makers import make_recording, repetitions, uniform_times
from video_makers import SIZE, constant_times, numbered, write_video

from motion.exercise.prescription import Prescription
from motion.live.journal import Journal
from motion.live.journal_header import JournalHeader
from motion.model import LivePose, ModelInfo, PoseRecording, Side
from motion.pose import FramePose
from motion.settings import AnalysisSettings

SECONDS = 4.0
RATE_HZ = 20.0


def bend_knee(seconds: float = SECONDS, side: str = "left") -> PoseRecording:
    """Film from the left a knee that bends to 90 degrees and back, in a picture of 160 x 96."""
    times_s = uniform_times(seconds, RATE_HZ)
    knee = repetitions(times_s, [0.6 + 1.5 * n for n in range(int(seconds / 1.7))], 90.0, 0.0, 0.5)
    pose = {f"{side}_knee_flexion": knee, f"{side}_hip_flexion": knee / 3}
    film = make_recording(pose, times_s, scale_px=42.0, centre_px=(80.0, 46.0))
    return replace(film, width_px=SIZE[0], height_px=SIZE[1])


def as_bodies(film: PoseRecording) -> list[FramePose]:
    return [
        FramePose(
            image_px=np.array(film.image_px[row], dtype=float),
            world_m=np.array(film.world_m[row], dtype=float),
            visibility=np.array(film.visibility[row], dtype=float),
            presence=np.array(film.presence[row], dtype=float),
        )
        for row in range(len(film))
    ]


def write_clip(path: Path, seconds: float = SECONDS) -> Path:
    """Write pictures without a body in them, as many as :func:`bend_knee` films."""
    count = round(seconds * RATE_HZ) + 1
    return write_video(path, numbered(count), constant_times(count, RATE_HZ), rate_hz=RATE_HZ)


def heel_curl_header(**changes: object) -> JournalHeader:
    asked = Prescription(exercise="heel_curl", side=Side.LEFT, target_deg=90.0)
    settings = AnalysisSettings(movement="heel_curl", side=Side.LEFT, target_deg=90.0)
    known: dict[str, object] = {
        "prescription": asked,
        "settings": settings,
        "size_px": SIZE,
        "model": ModelInfo(name="fake", sha256="0" * 64),
        "patient_code": "",
    }
    return make_header(**(known | changes))


def leave_unfinished(root: Path, film: PoseRecording, **changes: object) -> Journal:
    """Write a journal as a session does, up to where the program might die."""
    journal = Journal.create(root, heel_curl_header(**changes))
    journal.note("begun", {"begun_s": 0.0, "neutral": None})
    for row in range(len(film)):
        journal.add(
            LivePose(
                time_s=float(film.time_s[row]),
                image_px=film.image_px[row],
                world_m=film.world_m[row],
                visibility=film.visibility[row],
                presence=film.presence[row],
            )
        )
    return journal
