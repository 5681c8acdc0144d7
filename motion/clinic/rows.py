"""An analysis as rows and back, field by field, so that loading gives what was stored."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime, tzinfo
from typing import Any, TypeVar

from motion.clinic.arrays import unpack_angles, unpack_landmarks
from motion.clinic.base import Said
from motion.clinic.fields import columns_of, plain, prefixed, rows_of, unprefixed, values_of
from motion.clinic.files import FileStore
from motion.clinic.gait_rows import gait_of, gait_values
from motion.clinic.tables import (
    AnalysisRow,
    EventRow,
    ManualRow,
    MeasurementRow,
    PassRow,
    RepetitionRow,
    TakeRow,
)
from motion.model import (
    Analysis,
    Event,
    InputFile,
    Measurement,
    ModelInfo,
    PersonReport,
    Provenance,
    Repetition,
    SideCounts,
    TakeConditions,
    View,
    ViewPass,
)

__all__ = [
    "analysis_row",
    "conditions_of",
    "is_turned",
    "measurements_of",
    "model_of",
    "repetitions_of",
    "said_values",
    "settings_of",
    "take_values",
    "to_analysis",
    "zone_of",
]

T = TypeVar("T")


def said_values(analysis: Analysis) -> dict[str, Any]:
    """Return the columns of :class:`Said`."""
    return {"movement": analysis.movement, "side": analysis.side, **values_of(analysis.conditions)}


def take_values(analysis: Analysis) -> dict[str, Any]:
    """Return the columns of a take that the recording itself gives."""
    given = values_of(analysis.provenance.input)
    del given["name"]  # names of files hold patients' names
    digest = given.pop("sha256")
    return {
        **given,
        "digest": digest,
        "started_at": analysis.started_at,
        # The offset from UTC, such as +0200: readable without a table of zones.
        "zone": analysis.started_at.strftime("%z"),
    }


def analysis_row(analysis: Analysis) -> AnalysisRow:
    """Return the rows of an analysis, without its files, its take and its author."""
    provenance = analysis.provenance
    return AnalysisRow(
        **said_values(analysis),
        **prefixed("view", analysis.view),
        **prefixed("person", analysis.person),
        **prefixed("sides", analysis.sides),
        **gait_values(analysis.gait),
        is_current=True,
        person_found=analysis.person_found,
        model_name=provenance.model.name,
        model_sha256=provenance.model.sha256,
        software=provenance.software,
        settings=_json(provenance.settings),
        counted_on=analysis.counted_on,
        rest_deg=analysis.rest_deg,
        incomplete_repetitions=int(analysis.incomplete_repetitions),
        neutral=_json_numbers(analysis.neutral),
        warnings=_json(analysis.warnings),
        timings=_json_numbers(analysis.timings),
        hand_points=int(analysis.recording.placed.sum()),
        measurements=rows_of(MeasurementRow, analysis.measurements),
        repetitions=rows_of(RepetitionRow, analysis.repetitions),
        events=rows_of(EventRow, analysis.events),
        passes=[_pass_row(place, each) for place, each in enumerate(analysis.passes)],
    )


def to_analysis(take: TakeRow, row: AnalysisRow, files: FileStore) -> Analysis:
    """Return an analysis as it was stored; only the name of the input is gone."""
    return Analysis(
        movement=row.movement,
        side=row.side,
        started_at=take.started_at.astimezone(zone_of(take)),
        conditions=conditions_of(row),
        view=View(**unprefixed("view", row, View)),
        recording=unpack_landmarks(files.read(row.landmarks_digest)),
        angles=unpack_angles(files.read(row.angles_digest)),
        measurements=measurements_of(row.measurements),
        repetitions=repetitions_of(row.repetitions),
        provenance=Provenance(
            input=_input_of(take),
            model=model_of(row),
            software=row.software,
            settings=settings_of(row),
        ),
        counted_on=row.counted_on,
        rest_deg=row.rest_deg,
        incomplete_repetitions=row.incomplete_repetitions,
        events=tuple(Event(**columns_of(event, Event)) for event in row.events),
        gait=gait_of(row),
        neutral=_numbers(row.neutral),
        person=_said_of(row, "person", PersonReport),
        sides=_said_of(row, "sides", SideCounts),
        passes=tuple(_pass_of(each) for each in row.passes),
        warnings=tuple(json.loads(row.warnings)),
        timings=_numbers(row.timings),
    )


def conditions_of(row: Said) -> TakeConditions:
    """Return the conditions of a take or an analysis."""
    return TakeConditions(**columns_of(row, TakeConditions))


def model_of(row: AnalysisRow) -> ModelInfo:
    """Return the pose model of an analysis."""
    return ModelInfo(name=row.model_name, sha256=row.model_sha256)


def settings_of(row: AnalysisRow) -> tuple[tuple[str, str | float | int | bool | None], ...]:
    """Return the settings of an analysis by name, in their order."""
    return tuple((name, value) for name, value in json.loads(row.settings))


def is_turned(row: AnalysisRow) -> bool:
    """Return whether left and right of the whole take are not as they were first stored."""
    return bool(dict(settings_of(row)).get("sides_exchanged"))


def measurements_of(rows: Iterable[MeasurementRow]) -> tuple[Measurement, ...]:
    """Return measurements in their order."""
    return tuple(Measurement(**columns_of(row, Measurement)) for row in rows)


def repetitions_of(rows: Iterable[RepetitionRow]) -> tuple[Repetition, ...]:
    """Return repetitions in their order."""
    return tuple(Repetition(**columns_of(row, Repetition)) for row in rows)


def zone_of(row: TakeRow | ManualRow) -> tzinfo | None:
    """Return the zone in which a take was recorded, or an angle measured by hand."""
    return datetime.strptime(row.zone, "%z").tzinfo


def _input_of(take: TakeRow) -> InputFile:
    kept = {field.name for field in fields(InputFile)} - {"name", "sha256"}
    values: dict[str, Any] = {name: getattr(take, name) for name in kept}
    return InputFile(name="", sha256=take.digest, **values)


def _pass_row(place: int, found: ViewPass) -> PassRow:
    return PassRow(
        sequence=place,
        first=found.first,
        stop=found.stop,
        start_s=found.start_s,
        end_s=found.end_s,
        **prefixed("view", found.view),
    )


def _pass_of(row: PassRow) -> ViewPass:
    return ViewPass(
        first=row.first,
        stop=row.stop,
        start_s=row.start_s,
        end_s=row.end_s,
        view=View(**unprefixed("view", row, View)),
    )


def _said_of(row: AnalysisRow, prefix: str, kind: type[T]) -> T:
    """Return what a row says; what was not yet kept when it was written is as for nobody."""
    stored = unprefixed(prefix, row, kind)
    return kind(**{name: value for name, value in stored.items() if value is not None})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=plain)


def _json_numbers(numbers: Mapping[str, float]) -> str:
    # JSON knows no NaN: what was not measured is null, as in the columns of numbers.
    return _json({name: _json_number(number) for name, number in numbers.items()})


def _json_number(number: float) -> float | str | None:
    if math.isnan(number):
        return None
    return str(float(number)) if math.isinf(number) else number


def _numbers(stored: str) -> dict[str, float]:
    found: dict[str, float | str | None] = json.loads(stored)
    return {name: _number(number) for name, number in found.items()}


def _number(stored: float | str | None) -> float:
    if stored is None:
        return math.nan
    return float(stored) if isinstance(stored, str) else stored
