"""A patient's progress as one table, for a CSV that another program or a colleague reads."""

import math
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from motion.clinic.baselines import baseline_verdict
from motion.clinic.better import Better, better_of
from motion.clinic.hand_takes import takes_by_hand
from motion.clinic.manual import list_manual_of_patient
from motion.clinic.outcome_rows import outcome_rows
from motion.clinic.progress import Line, Point, follow
from motion.clinic.record import Record
from motion.clinic.takes import list_takes
from motion.clinic.units import table_decimals
from motion.clinic.values import TakeKind, TakeSummary
from motion.model import Measurement, Repetition, RepetitionVerdict
from motion.norms.meaningful import MeaningfulChange

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "WALKING_COLUMNS", "progress_table", "sort_by_time"]

WALKING_COLUMNS: Final = ("gait_scale", "treadmill", "timed_test", "gait_events", "gait_method")
"""The settings of those names."""

COLUMNS: Final = (
    *("patient_pseudo_id", "session_id", "datetime_iso", "setting", "exercise_test", "side"),
    *("joint", "motion", "position", "mode", "view", "value", "unit", "n_reps", "sd", "best"),
    *("norm_mean", "norm_source", "target", "mdc95", "mdc_source", "change_baseline", "verdict"),
    *("pain_before", "pain_after", "rpe", "adherence_pct", "quality_score", "visibility_pct"),
    *("fps", "model", "app_version", "note"),
    # What else a report must say of a take (clinical rule 11), and which number the row is.
    *("measure", "measure_verdict", "weight_bearing", "aid", "footwear_orthosis", "near_side"),
    *("mirrored", "take_id", "method"),
    # How somebody walked, and where metres came from; empty where walking was not measured.
    *WALKING_COLUMNS,
)
"""Only ever appended to. Pain, exertion and adherence are put in by
:mod:`motion.clinic.answer_columns`, norms by :mod:`motion.clinic.norm_columns`, targets by
:mod:`motion.clinic.target_columns`, the last columns by :mod:`motion.clinic.sign_columns`."""

_METHODS: Final = {TakeKind.POSE: "camera"}
_NOT_BY_HAND: Final = ("view", "model", "app_version", "fps", "n_reps", "near_side", "mirrored")
"""What is said of a picture is not said of a goniometer."""
_NOT_ALONE: Final = ("session_id", "take_id", "weight_bearing", "aid", "footwear_orthosis")
"""What nobody says of an angle that was measured beside no take."""

_COUNTED: Final = (RepetitionVerdict.FULL, RepetitionVerdict.PARTIAL)


def progress_table(
    record: Record, patient_code: str, meaningful: Iterable[MeaningfulChange] = ()
) -> "pd.DataFrame":
    """Return one row per measurement, the oldest take first; missing cells are empty.

    What was measured by hand, beside a take or alone, has rows of its own, whose ``method`` is the
    instrument: it is compared with what the same instrument gave before, never with the camera. A
    score of an outcome measure has a row of the day without a time, whose ``method`` is ``score``.
    A take in which nobody was found and an excluded one have one row that says so.

    Parameters
    ----------
    meaningful
        Published changes that matter to patients (:func:`motion.library.load_meaningful`).

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    """
    import pandas as pd

    takes = list_takes(record, patient_code)[::-1]
    rows = [_row(point, line) for line in follow(takes, meaningful) for point in line.points]
    by_hand = list_manual_of_patient(record, patient_code)
    rows += _rows_by_hand(takes, takes_by_hand(patient_code, takes, by_hand))
    rows += [_take_cells(take) for take in takes if take.excluded_reason or not take.measurements]
    rows += outcome_rows(record, patient_code)
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return sort_by_time(table).astype({"n_reps": "Int64"})


def sort_by_time(table: "pd.DataFrame") -> "pd.DataFrame":
    """Return the rows of a progress table, the oldest first; those of one moment as they were.

    A day without a time begins it.
    """
    moments = [_moment(said) for said in table["datetime_iso"]]
    order = sorted(range(len(moments)), key=moments.__getitem__)
    return table.iloc[order].reset_index(drop=True)


def _moment(said: str) -> datetime:
    found = datetime.fromisoformat(said)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _row(point: Point, line: Line) -> dict[str, Any]:
    measurement, decimals = point.measurement, table_decimals(point.measurement.unit)
    verdict, begins = baseline_verdict(point.verdict)
    notes = [point.take.note, measurement.note, begins]
    if point is line.points[-1] and line.trend is not None and line.trend.is_clear:
        notes.append(line.trend.sentence(measurement.unit))
    change = math.nan if point.change is None else point.change.difference
    return _take_cells(point.take) | {
        "side": str(measurement.side),
        "joint": measurement.joint,
        "motion": measurement.motion,
        "value": round(measurement.value, decimals),
        "unit": measurement.unit,
        "n_reps": measurement.n_repetitions,
        "sd": round(measurement.sd, decimals),
        "best": round(_best(point), decimals),
        "mdc95": round(measurement.mdc95, decimals),
        "mdc_source": measurement.mdc_source or None,
        "change_baseline": round(change, decimals),
        "verdict": verdict,
        "quality_score": round(measurement.confidence, 2),
        "visibility_pct": round(measurement.valid_fraction * 100, 1),
        "note": "; ".join(note for note in notes if note) or None,
        "measure": measurement.measure,
        "measure_verdict": str(measurement.verdict),
    }


def _rows_by_hand(
    takes: Iterable[TakeSummary], by_hand: Iterable[TakeSummary]
) -> list[dict[str, Any]]:
    known = {take.id: take for take in takes}
    rows = []
    for line in follow(by_hand):
        for point in line.points:
            beside = known.get(point.take.id)
            row = _row(point, line) | {"method": point.take.model.name}
            row |= dict.fromkeys((*_NOT_BY_HAND, *_NOT_ALONE))
            if beside is not None:
                cells = _take_cells(beside)
                row |= {name: cells[name] for name in _NOT_ALONE}
            rows.append(row | {"exercise_test": beside.movement or None if beside else None})
    return rows


def _take_cells(take: TakeSummary) -> dict[str, Any]:
    said = take.conditions
    chosen = dict(take.settings)
    walked = WALKING_COLUMNS if chosen.get("gait") else ()
    return {
        "patient_pseudo_id": take.patient_code,
        "session_id": str(take.session_id),
        "datetime_iso": take.started_at.isoformat(timespec="seconds"),
        "setting": str(said.setting),
        "exercise_test": take.movement or None,
        "side": str(take.side),
        "position": str(said.position),
        "mode": str(said.mode),
        "view": str(take.view),
        "fps": round(take.rate_hz, 2),
        "model": take.model.name,
        "app_version": take.software,
        "note": take.note or None,
        "weight_bearing": str(said.weight_bearing),
        "aid": said.aid,
        "footwear_orthosis": said.footwear_orthosis,
        "near_side": str(said.near_side),
        "mirrored": str(said.mirrored),
        "take_id": str(take.id),
        "method": _METHODS.get(take.kind, take.kind.value),
        **{name: chosen.get(name) for name in walked},
    }


def _best(point: Point) -> float:
    """Return the best single repetition of a range of motion; NaN for any other measure."""
    m = point.measurement
    reached = [_reached(r, m) for r in point.take.repetitions if _belongs(r, m)]
    match better_of(m.measure, m.joint, m.motion, point.take.movement).better:
        case Better.HIGHER:
            return max(reached, default=math.nan)
        case Better.LOWER:
            return min(reached, default=math.nan)
        case Better.TOWARD_ZERO:
            return min(reached, key=abs, default=math.nan)
    return math.nan


def _belongs(repetition: Repetition, m: Measurement) -> bool:
    same = (repetition.joint, repetition.motion, repetition.side) == (m.joint, m.motion, m.side)
    way = {"rom_max": (1,), "rom_min": (-1,), "rom_range": (1, -1)}.get(m.measure, ())
    return same and repetition.verdict in _COUNTED and repetition.direction in way


def _reached(repetition: Repetition, m: Measurement) -> float:
    return repetition.rom_deg if m.measure == "rom_range" else repetition.peak_deg
