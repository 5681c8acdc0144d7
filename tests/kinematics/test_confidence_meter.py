import numpy as np
import pytest
from makers import CAMERA_LEFT, hide, make_recording, make_view, repetitions, uniform_times

from motion.kinematics import CleaningSettings, clean_recording, measure_angles
from motion.kinematics.confidence import rate_table
from motion.kinematics.confidence_meter import ConfidenceMeter, FrameConfidence, LiveFrame
from motion.library import load_confidence_model
from motion.model import SEEN_CONFIDENCE, AngleCurve, PoseRecording, Position

KNEE = "left_knee_flexion"
MODEL = load_confidence_model()
WARM_UP_S = 4.0
TOLERANCE = 0.05


def shaking(rate_hz: float) -> PoseRecording:
    """Film three knee bends with the jitter of a landmark, and one burst of wild ones."""
    time_s = uniform_times(10.0, rate_hz)
    knee = repetitions(time_s, [1.0, 4.0, 7.0], 80.0)
    recording = make_recording({KNEE: knee}, time_s)
    noise = np.random.default_rng(6).normal(0.0, 0.4, recording.image_px.shape)
    noise[(time_s > 5.0) & (time_s < 5.6)] *= 8.0
    return PoseRecording(
        time_s=time_s,
        image_px=recording.image_px + noise,
        world_m=recording.world_m,
        visibility=recording.visibility,
        presence=recording.presence,
        width_px=recording.width_px,
        height_px=recording.height_px,
    )


def measure(recording: PoseRecording, rate_hz: float) -> tuple[AngleCurve, AngleCurve]:
    """Return the knee before and after it was rated as a whole take."""
    filled, poses = clean_recording(recording, rate_hz, CleaningSettings())
    table = measure_angles(poses, filled, make_view(), Position.STANDING)
    return table[KNEE], rate_table(table, filled, CAMERA_LEFT, MODEL)[0][KNEE]


def live(recording: PoseRecording, curve: AngleCurve) -> list[FrameConfidence | None]:
    meter = ConfidenceMeter(MODEL, recording.width_px, recording.height_px)
    return [
        meter.add(
            LiveFrame(
                time_s=float(recording.time_s[row]),
                image_px=recording.image_px[row],
                world_m=recording.world_m[row],
                visibility=recording.visibility[row],
                presence=recording.presence[row],
                value_deg={KNEE: float(curve.value_deg[row])},
                azimuth_deg=CAMERA_LEFT,
            )
        )
        for row in range(len(recording))
    ]


@pytest.mark.parametrize("rate_hz", [15.0, 30.0])
def test_live_agrees_with_the_whole_take_after_a_warm_up(rate_hz: float) -> None:
    recording = shaking(rate_hz)
    measured, whole = measure(recording, rate_hz)
    told = {each.time_s: each.confidence[KNEE] for each in live(recording, measured) if each}
    rows = [row for row, t in enumerate(recording.time_s) if t > WARM_UP_S and float(t) in told]
    stated = np.array([told[float(recording.time_s[row])] for row in rows])
    apart = np.abs(stated - whole.confidence[rows])

    assert np.quantile(apart, 0.95) < TOLERANCE
    # A wild landmark is replaced in the whole take and only doubted live.
    assert np.max(apart) < 0.3
    assert (
        np.mean((stated >= SEEN_CONFIDENCE) == (whole.confidence[rows] >= SEEN_CONFIDENCE)) > 0.99
    )


@pytest.mark.parametrize(("rate_hz", "delay_n"), [(15.0, 2), (30.0, 3), (60.0, 6)])
def test_the_delay_is_bounded(rate_hz: float, delay_n: int) -> None:
    recording = shaking(rate_hz)
    measured, _ = measure(recording, rate_hz)
    told = live(recording, measured)[: int(2 * rate_hz)]

    for row, each in enumerate(told):
        if row >= 2 * delay_n:
            assert each is not None
            assert each.time_s == recording.time_s[row - delay_n]


def test_what_was_not_measured_has_no_confidence_live() -> None:
    recording = hide(shaking(30.0), slice(150, 160))
    measured, _ = measure(shaking(30.0), 30.0)
    value = np.array(measured.value_deg)
    value[150:160] = np.nan
    told = live(recording, AngleCurve(
        joint="knee", motion="flexion", side=measured.side, value_deg=value,
        confidence=measured.confidence, filled=measured.filled,
    ))  # fmt: skip
    by_time = {each.time_s: each.confidence[KNEE] for each in told if each}

    gap = [by_time[float(t)] for t in recording.time_s[150:160]]
    assert np.all(np.isnan(gap))
    assert np.isfinite(by_time[float(recording.time_s[170])])
