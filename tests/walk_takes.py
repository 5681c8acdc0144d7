"""A made-up take of a walk there and back, with round numbers, for tests of what shows walking."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
from clinic_makers import make_analysis, make_measurement

from motion.model import (
    FOOT_OFF,
    GAIT,
    INITIAL_CONTACT,
    LANDMARKS,
    Analysis,
    AngleCurve,
    AngleTable,
    Event,
    Gait,
    Measurement,
    MeasureVerdict,
    NearSide,
    PoseRecording,
    Scale,
    ScaleSource,
    Side,
    Step,
    Stride,
    TakeConditions,
    Walk,
)

STRIDE_S = 1.1
STANCE = 0.62
RATE_HZ = 30.0
LENGTH_S = 14.0
EDGE = "cut by the picture's edge"
SIDES = (Side.LEFT, Side.RIGHT)
WALKS = (
    Walk(
        number=1,
        start_s=1.0,
        end_s=6.0,
        direction="right",
        near_side=NearSide.RIGHT,
        speed_m_s=1.2,
    ),
    Walk(
        number=2, start_s=8.0, end_s=13.0, direction="left", near_side=NearSide.LEFT, speed_m_s=1.2
    ),
)
_SWING = {"hip": (12.0, 22.0, 0.0), "knee": (28.0, 26.0, 2.3), "ankle": (2.0, 9.0, 1.2)}


def make_walk(**changes: Any) -> Analysis:
    """Return a walk to the right and back: the far leg is the left one first, then the right."""
    events = tuple(sorted(_events(), key=lambda e: e.time_s))
    given: dict[str, Any] = {
        "movement": "walking",
        "side": Side.BOTH,
        "recording": _walker(),
        "angles": _angles(),
        "measurements": gait_measurements(),
        "repetitions": (),
        "counted_on": "",
        "rest_deg": math.nan,
        "incomplete_repetitions": 0,
        "conditions": TakeConditions(),
        "neutral": {},
        "warnings": (),
        "events": events,
        "gait": Gait(
            walks=WALKS,
            steps=tuple(_steps(events)),
            strides=tuple(_strides(events)),
            scale=Scale(m_per_unit=0.004, source=ScaleSource.HEIGHT, relative_sd=0.06),
        ),
    }
    return make_analysis(**(given | changes))


def gait_measurement(measure: str, value: float, unit: str, **changes: Any) -> Measurement:
    """Return one number of a walk."""
    given: dict[str, Any] = {
        "measure": measure,
        "joint": GAIT,
        "motion": "walking",
        "side": Side.BOTH,
        "unit": unit,
        "n_repetitions": 6,
        "sd": math.nan,
        "sem": math.nan,
        "mdc95": math.nan,
        "mdc_source": "",
    }
    return make_measurement(value, **(given | changes))


def gait_measurements(speed_m_s: float = 1.2) -> tuple[Measurement, ...]:
    """Return the numbers of a walk, of both legs and of each."""
    found = [
        gait_measurement("cadence", 109.1, "steps/min", n_repetitions=14, sd=2.0),
        gait_measurement("walking_speed", speed_m_s, "m/s", sem=0.04, mdc95=0.11, sd=0.03,
                         mdc_source="provisional, own proposal"),
        gait_measurement("step_length_symmetry_ratio", 1.02, "ratio"),
        gait_measurement("step_length_symmetry_index", 2.1, "%"),
        gait_measurement("stride_time_cv", math.nan, "%", n_repetitions=6,
                         verdict=MeasureVerdict.NOT_MEASURABLE,
                         note="variability needs ten strides, 6 were seen"),
    ]  # fmt: skip
    for side, more in ((Side.LEFT, 0.0), (Side.RIGHT, 0.01)):
        few = {"side": side, "n_repetitions": 2, "verdict": MeasureVerdict.FEW_STRIDES}
        found += [
            gait_measurement("step_time", 0.55 + more, "s", side=side, sd=0.02),
            gait_measurement("stride_time", STRIDE_S, "s", side=side, sd=0.03),
            gait_measurement("step_length", 0.66 + more, "m", side=side, sd=0.03),
            gait_measurement("stance_percent", 62.0 + 100 * more, "%", side=side, sd=1.5),
            gait_measurement("single_support_percent", 38.0, "%", sd=1.0, **few),
        ]
    return tuple(found)


def _events() -> list[Event]:
    found = []
    for walk in WALKS:
        for side in SIDES:
            contact_s = walk.start_s + 0.1 + (STRIDE_S / 2 if side is Side.RIGHT else 0.0)
            first = True
            while contact_s < walk.end_s:
                kept = {"side": side, "walk": walk.number, "confidence": 0.9}
                reason = EDGE if first else ""
                found.append(
                    Event(time_s=contact_s, event=INITIAL_CONTACT, left_out=reason, **kept)
                )
                off_s = contact_s + STANCE * STRIDE_S
                if off_s < walk.end_s:
                    found.append(Event(time_s=off_s, event=FOOT_OFF, left_out=reason, **kept))
                contact_s, first = contact_s + STRIDE_S, False
    return found


def _of(events: tuple[Event, ...], walk: int, kind: str, side: Side | None = None) -> list[Event]:
    return [e for e in events if e.walk == walk and e.event == kind and side in (None, e.side)]


def _steps(events: tuple[Event, ...]) -> list[Step]:
    return [
        Step(side=b.side, walk=b.walk, start_s=a.time_s, end_s=b.time_s, length_m=0.66,
             left_out=a.left_out or b.left_out)
        for walk in WALKS
        for contacts in [_of(events, walk.number, INITIAL_CONTACT)]
        for a, b in pairwise(contacts)
    ]  # fmt: skip


def _strides(events: tuple[Event, ...]) -> list[Stride]:
    found = []
    for walk in WALKS:
        for side in SIDES:
            contacts = _of(events, walk.number, INITIAL_CONTACT, side)
            for a, b in pairwise(contacts):
                found.append(
                    Stride(
                        side=side,
                        walk=walk.number,
                        start_s=a.time_s,
                        opposite_off_s=a.time_s + (STANCE - 0.5) * STRIDE_S,
                        opposite_contact_s=a.time_s + 0.5 * STRIDE_S,
                        foot_off_s=a.time_s + STANCE * STRIDE_S,
                        end_s=b.time_s,
                        left_out=a.left_out,
                    )
                )
    return found


def _angles() -> AngleTable:
    time_s = np.arange(round(LENGTH_S * RATE_HZ)) / RATE_HZ
    walking = np.any([(time_s >= w.start_s) & (time_s <= w.end_s) for w in WALKS], axis=0)
    curves = []
    for joint, (mean, swing, lag) in _SWING.items():
        for side in SIDES:
            later_s = 0.1 + (STRIDE_S / 2 if side is Side.RIGHT else 0.0)
            phase = 2 * np.pi * (time_s - 1.0 - later_s) / STRIDE_S
            wobble = 1.5 * np.sin(0.7 * time_s)
            value = np.where(walking, mean + swing * np.cos(phase - lag) + wobble, np.nan)
            curves.append(
                AngleCurve(
                    joint=joint,
                    motion="dorsiflexion" if joint == "ankle" else "flexion",
                    side=side,
                    value_deg=value,
                    confidence=np.full(len(time_s), 0.9),
                    filled=np.zeros(len(time_s), dtype=bool),
                )
            )
    return AngleTable(time_s=time_s, curves=tuple(curves))


def _walker() -> PoseRecording:
    """Return a stick figure that goes to the right and back."""
    time_s = np.arange(round(LENGTH_S * RATE_HZ)) / RATE_HZ
    n = len(time_s)
    middle = 100 + 400 * np.interp(time_s, [1, 6, 8, 13], [0, 1, 1, 0])
    place = {"nose": (0, 80), "shoulder": (0, 130), "elbow": (8, 180), "wrist": (14, 225),
             "hip": (0, 240), "knee": (6, 320), "ankle": (0, 395), "heel": (-6, 405),
             "foot_index": (22, 408)}  # fmt: skip
    image_px = np.zeros((n, len(LANDMARKS), 2))
    for index, name in enumerate(LANDMARKS):
        part = name.split("_", 1)[-1]
        along, down = place.get(part, (0, 85))
        lower = part in ("knee", "ankle", "heel", "foot_index")
        swing = 40 * np.cos(2 * np.pi * (time_s - 1.1) / STRIDE_S) * (1 if lower else 0)
        sign = 1 if name.startswith("left") else -1
        image_px[:, index, 0] = middle + along + sign * swing
        image_px[:, index, 1] = down
    seen = np.full((n, len(LANDMARKS)), 0.95)
    return PoseRecording(
        time_s=time_s,
        image_px=image_px,
        world_m=np.zeros((n, len(LANDMARKS), 3)),
        visibility=seen,
        presence=seen,
        width_px=640,
        height_px=480,
    )
