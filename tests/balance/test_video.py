"""Sway from a video: units, refusals and files; the landmarks are given, no pose model runs."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from clinic_makers import make_analysis, make_nobody, make_provenance

from motion.commands import swaying
from motion.commands.balance import run_balance
from motion.commands.swaying import BalanceChoices
from motion.errors import InputError, NoPersonError
from motion.model import LANDMARKS, Analysis, InputFile, PoseRecording, View, ViewName

RATE_HZ = 30.0
HEIGHT_PX = 400.0
HEIGHTS = {
    "eye": 0.936, "shoulder": 0.818, "hip": 0.53, "knee": 0.285, "ankle": 0.039,
    "heel": 0.0, "foot_index": 0.0,
}  # fmt: skip
PATH = Path("standing.mp4")


def standing(seconds: float = 35.0, *, step_at_s: float = 1e9, hip: float = 0.53) -> PoseRecording:
    time_s = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    n = len(time_s)
    image_px = np.full((n, len(LANDMARKS), 2), np.nan)
    heights = HEIGHTS | {"hip": hip}
    for side, sign in (("left", 1.0), ("right", -1.0)):
        for name, height in heights.items():
            column = LANDMARKS.index(f"{side}_{name}")
            trunk = name in ("shoulder", "hip")
            moves = 4.0 * np.sin(2 * np.pi * 0.3 * time_s) if trunk else 90.0 * (time_s > step_at_s)
            image_px[:, column, 0] = 320.0 + sign * 30.0 + moves
            image_px[:, column, 1] = 450.0 - height * HEIGHT_PX
    return PoseRecording(
        time_s=time_s,
        image_px=image_px,
        world_m=np.zeros((n, len(LANDMARKS), 3)),
        visibility=np.full((n, len(LANDMARKS)), 0.95),
        presence=np.full((n, len(LANDMARKS)), 0.95),
        width_px=640,
        height_px=480,
    )


def view(name: ViewName, off_plane_deg: float = 2.0) -> View:
    return View(
        name=name,
        azimuth_deg=off_plane_deg,
        azimuth_sd_deg=3.0,
        off_plane_deg=off_plane_deg,
        roll_deg=0.0,
        facing="camera",
    )


def seen(recording: PoseRecording, name: ViewName = ViewName.FRONTAL) -> Analysis:
    made = make_provenance()
    file = InputFile(
        name="standing.mp4", extension="mp4", sha256="a" * 64, frames=len(recording),
        duration_s=float(recording.time_s[-1]), rate_hz=RATE_HZ, dropped=0, duplicated=0,
        width_px=640, height_px=480,
    )  # fmt: skip
    provenance = type(made)(
        input=file, model=made.model, software=made.software, settings=made.settings
    )
    return make_analysis(recording=recording, view=view(name), provenance=provenance)


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    def run(analysis: Analysis, height_cm: float | None = None) -> tuple[Path, list[str]]:
        monkeypatch.setattr(swaying, "analyse_video", lambda *_, **__: analysis)
        choices = BalanceChoices(
            rate_hz=None, forward_axis="", cutoff_hz=None, origin_depth_mm=0.0,
            height_cm=height_cm, person="largest", model=None,
        )  # fmt: skip
        warnings: list[str] = []
        run_balance(
            PATH, tmp_path, choices, on_progress=lambda *_: None, on_warning=warnings.append
        )
        return tmp_path, warnings

    return run


def rows(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "balance.csv").set_index(["measure", "axis"])


def test_without_a_height_sway_is_in_fractions_of_it(measure: Any) -> None:
    folder, _ = measure(seen(standing()))
    rms = rows(folder).loc[("rms", "ml")]

    assert (rms.unit, rms.verdict) == ("height", "measured")
    assert rms.value == pytest.approx(4.0 / np.sqrt(2) / HEIGHT_PX, rel=0.02)


def test_with_a_height_sway_is_in_millimetres_and_the_scale_has_its_error(measure: Any) -> None:
    folder, _ = measure(seen(standing()), height_cm=180.0)
    rms = rows(folder).loc[("rms", "ml")]
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))

    assert rms.unit == "mm"
    assert rms.value == pytest.approx(1800.0 * 4.0 / np.sqrt(2) / HEIGHT_PX, rel=0.02)
    assert summary["scale_relative_error"] == 0.05
    assert summary["body_height_px"] == pytest.approx(HEIGHT_PX)
    assert list(pd.read_csv(folder / "sway.csv").columns) == ["time_s", "ml_mm"]


def test_sway_forwards_and_the_ellipse_are_missing_and_not_invented(measure: Any) -> None:
    folder, warnings = measure(seen(standing()))
    table = rows(folder)

    assert table.loc[("rms", "ap"), "value"] != table.loc[("rms", "ap"), "value"], "empty"
    assert table.loc[("ellipse_area", "both"), "verdict"] == "not_measurable"
    assert any("does not see sway forwards" in warning for warning in warnings)


@pytest.mark.parametrize(
    ("analysis", "said"),
    [
        (seen(standing(12.0)), "12.0 s of standing; at least 20 s are needed"),
        (seen(standing(step_at_s=25.0)), "a foot left its place at 25.* s"),
        (seen(standing(hip=0.33)), "does not stand upright"),
        (seen(standing(), ViewName.SAGITTAL), "the camera looks from the side"),
        (seen(standing(), ViewName.OBLIQUE), "between side and front"),
        (seen(standing(), ViewName.UNKNOWN), "the view was not found"),
    ],
)
def test_what_is_no_quiet_standing_is_refused_in_one_line(
    measure: Any, analysis: Analysis, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        measure(analysis)


def test_nobody_in_it(measure: Any) -> None:
    with pytest.raises(NoPersonError, match="no person was found"):
        measure(make_nobody())
