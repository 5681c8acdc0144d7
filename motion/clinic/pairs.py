"""The camera beside the goniometer: pairs from daily work, and how far the two agree."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import load_only

from motion.agreement import Agreement, describe_agreement
from motion.clinic.comparing import method_of
from motion.clinic.patients import counts_for_figures
from motion.clinic.record import Record
from motion.clinic.rows import model_of, settings_of, zone_of
from motion.clinic.tables import AnalysisRow, ManualRow, MeasurementRow, PatientRow, TakeRow
from motion.clinic.values import Instrument
from motion.model import Side, ViewName

__all__ = ["MethodAgreement", "Pair", "compare_methods", "list_pairs", "result_measure"]

_SMALLEST_OF: Final = "_extension"


def result_measure(movement: str) -> str:
    """Return which end of the range a movement asks for: the smallest angle in an extension."""
    return "rom_min" if movement.endswith(_SMALLEST_OF) else "rom_max"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One angle of one take, measured by the camera and by hand.

    ``method`` is how the camera's came about (:func:`motion.clinic.comparing.method_of`).
    """

    patient_code: str
    take_id: UUID
    started_at: datetime
    angle: str
    side: Side
    measure: str
    view: ViewName
    instrument: Instrument
    method: tuple[object, ...]
    by_hand_deg: float
    camera_deg: float

    @property
    def difference_deg(self) -> float:
        """Camera less hand."""
        return self.camera_deg - self.by_hand_deg

    @property
    def mean_deg(self) -> float:
        """The mean of the two, where neither is the truth."""
        return (self.camera_deg + self.by_hand_deg) / 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodAgreement:
    """How far the camera, by one method, and one instrument agree on one angle from one view.

    It is no error of the camera alone: whoever reads a goniometer errs too.
    """

    angle: str
    measure: str
    view: ViewName
    instrument: Instrument
    pairs: tuple[Pair, ...]
    agreement: Agreement

    @property
    def last_at(self) -> datetime:
        """When the last of the takes was recorded."""
        return max(pair.started_at for pair in self.pairs)

    @property
    def people(self) -> int:
        """How many patients the pairs are of; pairs of one are not independent."""
        return len({pair.patient_code for pair in self.pairs})


def list_pairs(record: Record, *, without: Collection[str] = ()) -> tuple[Pair, ...]:
    """Return every value measured by hand with the camera's of the same take, the oldest first.

    The camera's is that of the take's current analysis, of the same measure, joint, motion and
    side, moved in the same mode. What either left out, or the camera did not measure, has no
    pair; nor has a walk, in which no joint goes to its end of range.

    Parameters
    ----------
    without
        Digests of recordings that show nobody real.
    """
    query = (
        select(ManualRow, TakeRow, AnalysisRow, MeasurementRow.value, PatientRow.code)
        .options(
            # What a pair says, and not the rest of these wide tables.
            load_only(TakeRow.started_at, TakeRow.zone, TakeRow.kind, TakeRow.digest),
            load_only(
                AnalysisRow.view_name,
                AnalysisRow.model_name,
                AnalysisRow.model_sha256,
                AnalysisRow.settings,
            ),
        )
        .join(TakeRow, ManualRow.take_id == TakeRow.id)
        .join(PatientRow, TakeRow.patient_id == PatientRow.id)
        .join(AnalysisRow, (AnalysisRow.take_id == TakeRow.id) & AnalysisRow.is_current)
        .join(MeasurementRow, MeasurementRow.analysis_id == AnalysisRow.id)
        .where(
            ManualRow.excluded_reason.is_(None),
            # Drawn on the take's own picture: it shares the view's error and says nothing of it.
            ManualRow.instrument != Instrument.ANGLE_TOOL,
            TakeRow.excluded_reason.is_(None),
            MeasurementRow.excluded_reason.is_(None),
            MeasurementRow.value.is_not(None),
            MeasurementRow.measure == ManualRow.measure,
            MeasurementRow.joint == ManualRow.joint,
            MeasurementRow.motion == ManualRow.motion,
            MeasurementRow.side == ManualRow.side,
            AnalysisRow.mode == ManualRow.mode,
            AnalysisRow.gait_treadmill.is_(None),  # no walk
            counts_for_figures(),
        )
        .order_by(TakeRow.started_at, ManualRow.created_at)
    )
    with record.reading() as session:
        return tuple(
            _to_pair(by_hand, take, analysis, camera_deg, code)
            for by_hand, take, analysis, camera_deg, code in session.execute(query)
            if take.digest not in without
        )


def compare_methods(pairs: Iterable[Pair]) -> tuple[MethodAgreement, ...]:
    """Return the agreement for each angle, end of range, view and instrument, the most first.

    Camera values that came about in different ways are kept apart, as takes of two methods are
    not comparable; measured again with one method they come together.
    """
    groups: dict[tuple[object, ...], list[Pair]] = {}
    for pair in pairs:
        key = (pair.angle, pair.measure, pair.view, pair.instrument, pair.method)
        groups.setdefault(key, []).append(pair)
    found = [
        MethodAgreement(
            angle=each[0].angle,
            measure=each[0].measure,
            view=each[0].view,
            instrument=each[0].instrument,
            pairs=tuple(each),
            agreement=describe_agreement(
                np.array([pair.camera_deg for pair in each]),
                np.array([pair.by_hand_deg for pair in each]),
            ),
        )
        for each in groups.values()
    ]
    return tuple(sorted(found, key=lambda group: -len(group.pairs)))


def _to_pair(
    by_hand: ManualRow, take: TakeRow, analysis: AnalysisRow, camera_deg: float, code: str
) -> Pair:
    return Pair(
        patient_code=code,
        take_id=take.id,
        started_at=take.started_at.astimezone(zone_of(take)),
        angle=f"{by_hand.joint}_{by_hand.motion}",
        side=by_hand.side,
        measure=by_hand.measure,
        view=analysis.view_name,
        instrument=by_hand.instrument,
        method=method_of(take.kind, model_of(analysis), settings_of(analysis)),
        by_hand_deg=by_hand.value_deg,
        camera_deg=camera_deg,
    )
