"""Angles measured by hand as takes of their own, so that they are followed like the camera's."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from motion.clinic.values import ManualMeasurement, TakeKind, TakeSummary
from motion.model import (
    Measurement,
    MeasureVerdict,
    Mirrored,
    ModelInfo,
    NearSide,
    Side,
    TakeConditions,
    ViewName,
)

__all__ = ["is_by_hand", "takes_by_hand"]

_NO_ID = UUID(int=0)


def takes_by_hand(
    patient_code: str, takes: Iterable[TakeSummary], by_hand: Iterable[ManualMeasurement]
) -> tuple[TakeSummary, ...]:
    """Return each value as a take that holds it alone; excluded ones are left out.

    ``model.name`` is the instrument: what one instrument gave is compared with what it gave
    before, never with the camera. A value beside a take keeps that take's key, time and
    conditions; one of an excluded take is left out with it. A value by itself has its own key and
    time, an empty recording and no model of a camera.
    """
    known = {take.id: take for take in takes}
    found = []
    for each in by_hand:
        take = _alone(patient_code, each) if each.take_id is None else known.get(each.take_id)
        if take is not None and not each.excluded_reason:
            found.append(_holding(take, each))
    return tuple(found)


def is_by_hand(take: TakeSummary) -> bool:
    """Return whether a take is one of :func:`takes_by_hand`."""
    return take.kind is TakeKind.POSE and not take.model.sha256


def _holding(take: TakeSummary, by_hand: ManualMeasurement) -> TakeSummary:
    """Return a take as the instrument would have made it: on lines of its own."""
    said = ", ".join(text for text in (by_hand.measured_by, by_hand.note, by_hand.source) if text)
    return replace(
        take,
        # What the camera's exercise was says nothing of a goniometer beside it.
        movement="",
        conditions=replace(
            take.conditions,
            mode=by_hand.mode,
            near_side=NearSide.UNKNOWN,
            mirrored=Mirrored.UNKNOWN,
        ),
        view=ViewName.UNKNOWN,
        model=ModelInfo(name=by_hand.instrument.value, sha256=""),
        settings=(),
        repetitions=(),
        signed_off_by=None,
        hand_points=0,
        measurements=(
            Measurement(
                measure=by_hand.measure,
                joint=by_hand.joint,
                motion=by_hand.motion,
                side=by_hand.side,
                value=by_hand.value_deg,
                unit="deg",
                n_repetitions=0,
                verdict=MeasureVerdict.MEASURED,
                note=said,
            ),
        ),
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
        side=Side(by_hand.side),
        conditions=TakeConditions(position=by_hand.position, setting=by_hand.setting),
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
