"""Heads and poses of journals with known numbers in them."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import numpy as np

from motion.exercise.prescription import Dose, Prescription
from motion.live.journal_header import JournalHeader
from motion.model import LivePose, LiveSource, Side

STARTED_AT = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=1)))
RATE_HZ = 30.0


def make_header(**changes: Any) -> JournalHeader:
    known: dict[str, Any] = {
        "started_at": STARTED_AT,
        "source": LiveSource.CAMERA,
        "prescription": Prescription(
            exercise="squat", side=Side.LEFT, dose=Dose(sets=2, raise_s=1.5), target_deg=90.0
        ),
        "patient_code": "P-7",
        "size_px": (640, 480),
    }
    return JournalHeader(**(known | changes))


def make_pose(number: int) -> LivePose:
    """Return the body of a picture: every value tells its picture, landmark and place."""
    if number % 10 == 9:
        return LivePose.nobody(number / RATE_HZ)
    landmarks = np.arange(33.0)
    return LivePose(
        time_s=number / RATE_HZ,
        image_px=np.stack([number + landmarks, number - landmarks], axis=1),
        world_m=np.stack([landmarks + place + 0.5 * number for place in range(3)], axis=1),
        visibility=np.full(33, 0.75),
        presence=landmarks / 33.0,
    )


def make_poses(many: int) -> Iterator[LivePose]:
    return (make_pose(number) for number in range(many))
