"""The error of a number is that of the least square view it may have been read in."""

import numpy as np
from makers import STARTED_AT, bump, make_provenance, make_recording, uniform_times

from motion.measuring import measure_recording
from motion.model import PoseRecording
from motion.settings import AnalysisSettings


def laid_after_each_other(first: PoseRecording, second: PoseRecording) -> PoseRecording:
    step_s = float(second.time_s[1] - second.time_s[0])
    arrays = {
        name: np.concatenate([getattr(first, name), getattr(second, name)])
        for name in ("image_px", "world_m", "visibility", "presence")
    }
    return PoseRecording(
        time_s=np.concatenate([first.time_s, first.time_s[-1] + step_s + second.time_s]),
        width_px=first.width_px,
        height_px=first.height_px,
        **arrays,
    )


def test_an_extreme_from_an_oblique_pass_has_its_error() -> None:
    """Long at rest before a square camera, then the arm goes up 32 degrees off the back."""
    rest = make_recording({}, uniform_times(8.0), azimuth_deg=0.0)
    time_s = uniform_times(4.0)
    pose = {"right_shoulder_abduction": 120.0 * bump(time_s, 0.5, 3.0)}
    raised = make_recording(pose, time_s, azimuth_deg=-148.0)

    def highest(recording: PoseRecording) -> tuple[float, float, str]:
        provenance = make_provenance(recording)
        analysis = measure_recording(recording, AnalysisSettings(), provenance, STARTED_AT)
        (row,) = (
            m
            for m in analysis.measurements
            if (m.measure, m.joint, m.motion, m.side)
            == ("rom_max", "shoulder", "abduction", "right")
        )
        return row.value, row.sem, row.note

    value_deg, sem_deg, note = highest(laid_after_each_other(rest, raised))
    alone_deg, alone_sem_deg, _ = highest(raised)
    assert abs(value_deg - alone_deg) < 3.0
    assert sem_deg >= 0.9 * alone_sem_deg
    assert "oblique view" in note
