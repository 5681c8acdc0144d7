"""Angles measured by hand as takes of their own, so that they are followed like the camera's."""

import math
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from motion.clinic.change import CAMERA
from motion.clinic.values import Instrument, ManualMeasurement, TakeKind, TakeSummary
from motion.clinic.wording import EXTENDED_TO_ZERO
from motion.library import load_hand_errors
from motion.model import (
    Measurement,
    MeasureVerdict,
    ModelInfo,
    TakeConditions,
    ViewName,
)
from motion.norms.hand_errors import find_hand_error

__all__ = ["instrument_of", "is_by_hand", "take_of_value", "takes_by_hand"]

_NO_ID = UUID(int=0)


def takes_by_hand(
    patient_code: str, takes: Iterable[TakeSummary], by_hand: Iterable[ManualMeasurement]
) -> tuple[TakeSummary, ...]:
    """Return each value as a take that holds it alone; excluded ones are left out.

    ``model.name`` is the instrument: what one instrument gave is compared with what it gave
    before, never with the camera. A value beside a take keeps that take's key and time, and stays
    where the take is left out: that the camera's pictures were no good says nothing of it. But an
    angle that was drawn on those pictures goes with them, and has their view. A value by itself has
    its own key and time, an empty recording and no model of a camera. Of the conditions either has
    what is said of a value by hand: position, mode and setting, so that values beside a take and
    alone stand on one line.
    """
    known = {take.id: take for take in takes}
    found = []
    for each in by_hand:
        take = _alone(patient_code, each) if each.take_id is None else known.get(each.take_id)
        if take is None or each.excluded_reason or (_is_drawn(each) and take.excluded_reason):
            continue
        found.append(_holding(take, each))
    return tuple(found)


def take_of_value(by_hand: ManualMeasurement) -> TakeSummary:
    """Return a value as a take of its own, whether it stands beside one or not."""
    return _holding(_alone("", by_hand), by_hand)


def is_by_hand(take: TakeSummary) -> bool:
    """Return whether a take is one of :func:`takes_by_hand`."""
    return take.kind is TakeKind.POSE and not take.model.sha256


def instrument_of(take: TakeSummary) -> str:
    """Return with what a take was measured, as a verdict says it: ``the goniometer``."""
    return f"the {take.model.name}" if is_by_hand(take) else CAMERA


def _holding(take: TakeSummary, by_hand: ManualMeasurement) -> TakeSummary:
    """Return a take as the instrument would have made it: on lines of its own."""
    return replace(
        take,
        # What the camera's exercise was says nothing of a goniometer beside it; that somebody
        # measured how far a knee straightens does.
        movement=_asked(by_hand),
        conditions=TakeConditions(
            position=by_hand.position, mode=by_hand.mode, setting=by_hand.setting
        ),
        view=take.view if _is_drawn(by_hand) else ViewName.UNKNOWN,
        model=ModelInfo(name=by_hand.instrument.value, sha256=""),
        settings=(),
        repetitions=(),
        excluded_reason=None,
        signed_off_by=None,
        hand_points=0,
        # Two readings are two, also beside one recording.
        digest=str(by_hand.id),
        measurements=(_to_measurement(by_hand),),
    )


def _is_drawn(by_hand: ManualMeasurement) -> bool:
    return by_hand.instrument is Instrument.ANGLE_TOOL


def _asked(by_hand: ManualMeasurement) -> str:
    """Return the test that a value is the result of: the extension of a knee or an elbow."""
    straightened = by_hand.measure == "rom_min" and by_hand.joint in EXTENDED_TO_ZERO
    return f"{by_hand.joint}_extension" if straightened else ""


def _to_measurement(by_hand: ManualMeasurement) -> Measurement:
    """Return a value with the published error of its instrument, where there is one."""
    angle = f"{by_hand.joint}_{by_hand.motion}"
    error = find_hand_error(
        load_hand_errors(), angle, by_hand.measure, by_hand.instrument, by_hand.mode
    )
    said = (by_hand.measured_by, by_hand.note, by_hand.source)
    return Measurement(
        measure=by_hand.measure,
        joint=by_hand.joint,
        motion=by_hand.motion,
        side=by_hand.side,
        value=by_hand.value_deg,
        unit="deg",
        n_repetitions=0,
        verdict=MeasureVerdict.MEASURED,
        sem=error.sem_deg if error else math.nan,
        mdc95=error.mdc95_deg if error else math.nan,
        mdc_source=error.source if error else "",
        note=", ".join(text for text in said if text),
    )


def _alone(patient_code: str, by_hand: ManualMeasurement) -> TakeSummary:
    return TakeSummary(
        id=by_hand.id,
        analysis_id=_NO_ID,
        session_id=_NO_ID,
        patient_code=patient_code,
        kind=TakeKind.POSE,
        started_at=by_hand.measured_at,
        movement="",
        side=by_hand.side,
        conditions=TakeConditions(),
        view=ViewName.UNKNOWN,
        model=ModelInfo(name="", sha256=""),
        software="",
        duration_s=0.0,
        rate_hz=0.0,
        person_found=True,
        measurements=(),
        repetitions=(),
        excluded_reason=None,
        digest=str(by_hand.id),
        settings=(),
    )
