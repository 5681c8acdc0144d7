"""Analyses with known numbers, for the tests of the record and of everything that reads it."""

import math
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any

import numpy as np

from motion.model import (
    FOOT_OFF,
    GAIT,
    INITIAL_CONTACT,
    Analysis,
    AngleCurve,
    AngleTable,
    Event,
    Gait,
    InputFile,
    Measurement,
    MeasureVerdict,
    ModelInfo,
    NearSide,
    PoseRecording,
    Provenance,
    Repetition,
    RepetitionVerdict,
    Scale,
    ScaleSource,
    Side,
    Step,
    Stride,
    TakeConditions,
    TimedPhase,
    View,
    ViewName,
    Walk,
)

STARTED_AT = datetime(2026, 3, 2, 9, 30, 15, 250000, tzinfo=timezone(timedelta(hours=1)))
SAGITTAL = View(
    name=ViewName.SAGITTAL,
    azimuth_deg=88.0,
    azimuth_sd_deg=1.5,
    off_plane_deg=2.0,
    roll_deg=math.nan,
    facing="left",
)


def make_recording(frames: int = 6, *, found: bool = True, seed: int = 1) -> PoseRecording:
    rng = np.random.default_rng(seed)
    visibility = rng.uniform(0.5, 1.0, (frames, 33)) if found else np.full((frames, 33), np.nan)
    image_px = rng.uniform(0, 640, (frames, 33, 2))
    if frames > 2 or not found:
        image_px[2 if found else slice(None)] = np.nan
    return PoseRecording(
        time_s=np.arange(frames) / 29.97,
        image_px=image_px,
        world_m=rng.normal(size=(frames, 33, 3)),
        visibility=visibility,
        presence=visibility,
        width_px=640,
        height_px=480,
        filled=rng.random((frames, 33)) > 0.9,
    )


def make_angles(recording: PoseRecording) -> AngleTable:
    count = len(recording)
    value = np.linspace(5.0, 92.0, count)
    value[1:2] = np.nan
    return AngleTable(
        time_s=recording.time_s,
        curves=tuple(
            AngleCurve(
                joint=joint,
                motion="flexion",
                side=side,
                value_deg=value + offset,
                confidence=np.full(count, 0.9),
                filled=np.arange(count) == 1,
            )
            for offset, joint, side in ((0, "knee", Side.LEFT), (-3, "trunk", Side.NONE))
        ),
    )


def make_measurement(value: float = 92.25, **changes: Any) -> Measurement:
    given: dict[str, Any] = {
        "measure": "rom_max",
        "joint": "knee",
        "motion": "flexion",
        "side": Side.LEFT,
        "unit": "deg",
        "n_repetitions": 3,
        "verdict": MeasureVerdict.MEASURED,
        "sd": 1.25,
        "sem": 3.5,
        "mdc95": 9.7,
        "mdc_source": "provisional",
        "confidence": 0.9,
        "valid_fraction": 0.98,
    }
    return Measurement(value=value, **(given | changes))


def make_repetition(number: int = 1, peak_deg: float = 93.5, **changes: Any) -> Repetition:
    given: dict[str, Any] = {
        "joint": "knee",
        "motion": "flexion",
        "side": Side.LEFT,
        "direction": 1,
        "start_s": number * 2.0,
        "peak_s": number * 2.0 + 0.8,
        "end_s": number * 2.0 + 1.7,
        "rom_deg": peak_deg - 4.0,
        "raise_s": 0.7,
        "hold_s": math.nan,
        "lower_s": 0.75,
        "smoothness_sparc": -1.6,
        "confidence": 0.88,
        "verdict": RepetitionVerdict.FULL,
    }
    return Repetition(repetition=number, peak_deg=peak_deg, **(given | changes))


def make_analysis(**changes: Any) -> Analysis:
    """Return a whole analysis; any field may be given."""
    recording = changes.pop("recording") if "recording" in changes else make_recording()
    given: dict[str, Any] = {
        "movement": "knee_flexion",
        "side": Side.LEFT,
        "started_at": STARTED_AT,
        "conditions": TakeConditions(),
        "view": SAGITTAL,
        "recording": recording,
        "angles": make_angles(recording),
        "measurements": (
            make_measurement(),
            make_measurement(4.5, measure="rom_min", sd=math.nan),
            make_measurement(
                math.nan, joint="hip", verdict=MeasureVerdict.NOT_MEASURABLE, note="hip hidden"
            ),
        ),
        "repetitions": (make_repetition(1), make_repetition(2, 91.0)),
        "provenance": make_provenance(),
        "counted_on": "left_knee_flexion",
        "rest_deg": 4.25,
        "incomplete_repetitions": 1,
        "events": (Event(time_s=0.5, side=Side.LEFT, event="foot_off", confidence=math.nan),),
        "neutral": {"left_foot_slope_deg": 3.25, "right_foot_slope_deg": math.nan},
        "warnings": ("the left heel was hidden for 2 s",),
        "timings": {"decode_s": 0.5, "total_s": 4.25},
    }
    return Analysis(**(given | changes))


def make_gait_measurement(
    value: float = 1.21, measure: str = "walking_speed", unit: str = "m/s", **changes: Any
) -> Measurement:
    """Return a number of walking as a whole."""
    given: dict[str, Any] = {
        "joint": GAIT,
        "motion": "walking",
        "side": Side.BOTH,
        "n_repetitions": 6,
        "sd": 0.05,
        "sem": 0.03,
        "mdc95": 0.08,
        "mdc_source": "somebody 2000",
    }
    return make_measurement(value, measure=measure, unit=unit, **(given | changes))


def make_walk_provenance(sha256: str = "a" * 64, **changes: Any) -> Provenance:
    """Return the provenance of a walk over the floor; any setting may be given."""
    provenance = make_provenance(sha256)
    chosen = {
        "gait": True,
        "gait_scale": "height",
        "treadmill": False,
        "timed_test": "",
        "gait_events": "found",
        "gait_method": "1",
    }
    settings = dict(provenance.settings) | chosen | changes
    return replace(provenance, settings=tuple(settings.items()))


def make_events() -> tuple[Event, ...]:
    """Return the contacts and foot offs of a walk at 1 s a stride, the left foot first."""
    left, right = Side.LEFT, Side.RIGHT
    order = ((left, 0.0), (right, 0.5))
    return tuple(
        sorted(
            (
                Event(time_s=time_s, side=side, event=event, confidence=0.9, walk=1)
                for event, after_s in ((INITIAL_CONTACT, 0.0), (FOOT_OFF, 0.6))
                for side, start_s in order
                for time_s in (1.0 + start_s + after_s + n for n in range(3))
            ),
            key=lambda event: event.time_s,
        )
    )


def make_gait(**changes: Any) -> Gait:
    """Return what is found of walking; any field may be given."""
    given: dict[str, Any] = {
        "walks": (
            Walk(
                number=1,
                start_s=0.5,
                end_s=4.5,
                direction="left",
                near_side=NearSide.LEFT,
                speed_m_s=1.21,
            ),
        ),
        "steps": (
            Step(side=Side.RIGHT, walk=1, start_s=1.0, end_s=1.5, length_m=0.6, confidence=0.9),
            Step(side=Side.LEFT, walk=1, start_s=1.5, end_s=2.0, left_out="the picture's edge"),
        ),
        "strides": (
            Stride(
                side=Side.LEFT,
                walk=1,
                start_s=1.0,
                opposite_off_s=1.1,
                opposite_contact_s=1.5,
                foot_off_s=math.nan,
                end_s=2.0,
                length_m=1.2,
            ),
        ),
        "scale": Scale(m_per_unit=0.004, source=ScaleSource.HEIGHT, relative_sd=0.03),
        "phases": (TimedPhase(test="tug", phase="stand", start_s=0.4, end_s=1.6),),
    }
    return Gait(**(given | changes))


def make_provenance(sha256: str = "a" * 64, model: str = "full") -> Provenance:
    return Provenance(
        input=InputFile(
            name="",
            extension=".mp4",
            sha256=sha256,
            frames=6,
            duration_s=0.2,
            rate_hz=29.97,
            dropped=1,
            duplicated=0,
            width_px=640,
            height_px=480,
        ),
        model=ModelInfo(name=model, sha256="b" * 64),
        software="0.1.0",
        settings=(("cutoff_hz", 6.0), ("view", "auto"), ("raw", False), ("person", None)),
    )


def make_nobody(**changes: Any) -> Analysis:
    """Return the analysis of a recording in which nobody was found."""
    recording = make_recording(found=False)
    given: dict[str, Any] = {
        "recording": recording,
        "angles": AngleTable(time_s=recording.time_s, curves=()),
        "measurements": (),
        "repetitions": (),
        "events": (),
        "counted_on": "",
        "rest_deg": math.nan,
        "warnings": ("no person found",),
    }
    return make_analysis(**(given | changes))


def with_digest(analysis: Analysis, sha256: str) -> Analysis:
    """Return the same analysis of another recording."""
    return replace(analysis, provenance=make_provenance(sha256))


def assert_same(found: Any, given: Any) -> None:
    """Compare values, dataclasses and arrays exactly; NaN equals NaN."""
    if isinstance(given, np.ndarray):
        np.testing.assert_array_equal(found, given)
        assert found.dtype == given.dtype
    elif is_dataclass(given):
        assert type(found) is type(given)
        for field in fields(given):
            assert_same(getattr(found, field.name), getattr(given, field.name))
    elif isinstance(given, dict):
        assert list(found) == list(given)
        for key, value in given.items():
            assert_same(found[key], value)
    elif isinstance(given, tuple):
        assert len(found) == len(given)
        for one, other in zip(found, given, strict=True):
            assert_same(one, other)
    elif isinstance(given, float) and math.isnan(given):
        assert math.isnan(found)
    else:
        assert found == given
        assert type(found) is type(given)
