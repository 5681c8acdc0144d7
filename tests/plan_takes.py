"""Plans, live takes and two computers, for the tests of plans and of the files between them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from makers import make_provenance, make_recording, repetitions, uniform_times

from motion.clinic import (
    DiaryDetails,
    ItemDetails,
    PlanItem,
    Record,
    StoredTake,
    store_live,
)
from motion.exercise.prescription import Dose, Prescription
from motion.measuring import measure_recording
from motion.model import (
    Analysis,
    CoachedRepetition,
    Compensated,
    LiveEnd,
    LiveFacts,
    LiveSource,
    NeutralPose,
    PoseRecording,
    Position,
    Setting,
    Side,
    TakeConditions,
)
from motion.settings import AnalysisSettings

START = date(2026, 3, 2)
"""A Monday."""

KNEE = "seated_knee_extension"
GUIDED = "quad_set"
STANDING = "heel_curl"


def make_prescription(exercise: str = KNEE, side: Side = Side.LEFT, **changes: Any) -> Prescription:
    """Return three repetitions of straightening the left knee; any field may be given."""
    dose = Dose(sets=1, repetitions=3, rest_s=30.0)
    given: dict[str, Any] = {"dose": dose}
    if exercise == KNEE:
        given |= {"target_deg": 20.0, "max_allowed_deg": 5.0}
    return Prescription(exercise=exercise, side=side, **(given | changes))


def make_item(exercise: str = KNEE, side: Side = Side.LEFT, **changes: Any) -> ItemDetails:
    """Return an item of a plan; fields of the item or of its prescription may be given."""
    of_item = {n: v for n, v in changes.items() if n in ItemDetails.__slots__}
    rest = {n: v for n, v in changes.items() if n not in of_item}
    given: dict[str, Any] = {
        "prescription": make_prescription(exercise, side, **rest),
        "started_on": START,
        "times_per_week": 7,
    }
    return ItemDetails(**(given | of_item))


def film_knee(peaks: int = 3, seed: int = 1) -> PoseRecording:
    """Return a seated person who straightens the left knee, a little differently by seed."""
    time_s = uniform_times(4.0 + 3.0 * peaks)
    down = repetitions(time_s, [1.0 + 3.0 * n for n in range(peaks)], -75.0 - seed, 88.0)
    upright = np.full(len(time_s), 85.0)
    return make_recording({"knee_flexion": down, "hip_flexion": upright}, time_s)


def make_live_analysis(peaks: int = 3, seed: int = 1, **changes: Any) -> Analysis:
    """Return a take of the knee as the live pipeline measures it."""
    recording = film_knee(peaks, seed)
    settings = AnalysisSettings(
        movement=KNEE,
        side=Side.LEFT,
        conditions=TakeConditions(position=Position.SITTING, setting=Setting.HOME),
    )
    made_with = make_provenance(recording)
    unlike = replace(made_with.input, sha256=f"{peaks:032x}{seed:032x}")
    provenance = replace(made_with, input=unlike, settings=settings.as_pairs())
    started_at = changes.pop("started_at", datetime.now(UTC))
    return replace(measure_recording(recording, settings, provenance, started_at), **changes)


def make_facts(exercise: str = KNEE, side: Side = Side.LEFT, **changes: Any) -> LiveFacts:
    """Return what a live take says of itself; every kind of field has a value."""
    given: dict[str, Any] = {
        "source": LiveSource.BROWSER,
        "rate_hz": 29.5,
        "dropped_frames": 2,
        "delay_p95_ms": 81.25,
        "end": LiveEnd.FINISHED,
        "sets_wanted": 1,
        "repetitions_wanted": 3,
        "repetitions": (
            CoachedRepetition(
                start_s=1.1,
                peak_s=2.0,
                end_s=2.9,
                peak_deg=12.5,
                side=side,
                direction=-1,
                full=True,
                hold_s=0.0,
                set_number=1,
            ),
        ),
        "compensations": (Compensated(name="trunk_lean", count=2, seconds=1.5),),
        "difference": "the coach counted 1, the take has 3",
        "neutral": NeutralPose(
            start_s=0.0,
            end_s=2.0,
            thigh_px=120.0,
            shank_px=110.0,
            trunk_px=150.0,
            upper_arm_px=float("nan"),
            roll_deg=1.5,
            off_plane_deg=float("nan"),
        ),
        "pain_before": 1,
        "note": "Stairs: easier.\nKnie knackt — ä",
    }
    return LiveFacts(exercise=exercise, side=side, **(given | changes))


def store_session(
    record: Record, item: PlanItem, seed: int, code: str = "P1", **changes: Any
) -> StoredTake:
    """Store a live take of an item, done now."""
    analysis = make_live_analysis(peaks=int(changes.pop("peaks", 3)), seed=seed)
    facts = make_facts(item.prescription.exercise, item.prescription.side, **changes)
    return store_live(record, analysis, facts, code, item_id=item.id)


def make_diary(**changes: Any) -> DiaryDetails:
    """Return what a patient says of a guided exercise."""
    given: dict[str, Any] = {"done_at": datetime.now(UTC), "sets": 2, "repetitions": 8, "pain": 1}
    return DiaryDetails(**(given | changes))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """Makes values of the record without a record, for what is calculated from them."""

    changes: Mapping[str, Any]

    def build(self, item_id: UUID | None = None) -> PlanItem:
        """Return an item as the record gives it."""
        details = make_item(**self.changes)
        return PlanItem(
            **{name: getattr(details, name) for name in ItemDetails.__slots__},
            id=item_id or uuid4(),
            version=1,
            created_at=datetime(2026, 3, 1, tzinfo=UTC),
            dosed_at=datetime(2026, 3, 1, tzinfo=UTC),
            prescribed_by=None,
            ended_on=None,
        )
