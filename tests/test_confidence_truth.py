"""Whether a high confidence errs less than a low one, where the answer is known."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from motion.errors import ModelError
from motion.pose import find_model

ROOT = Path(__file__).resolve().parents[1]
VALIDATION = ROOT.parent / "shared" / "validation"
RENDERED = ("squat_f_medium", "squat_yaw15", "squat_yaw30", "elbow_flex_l_yaw15", "squat_low")

pytestmark = [
    pytest.mark.validation,
    pytest.mark.model,
    pytest.mark.skipif(not VALIDATION.is_dir(), reason=f"{VALIDATION} is not there"),
]


@pytest.fixture(scope="module")
def benchmark() -> Iterator[Any]:
    """Return the benchmark that makes the tables of docs/measured.md."""
    try:
        find_model(None)
    except ModelError as error:
        pytest.skip(f"the pose model is not installed ({error})")
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import confidence

    yield confidence
    sys.path.remove(str(ROOT / "benchmarks"))


@pytest.fixture(scope="module")
def frames(benchmark: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the frames of a few rendered clips and of the four real views."""
    from confidence_frames import load_clip, take_off_bias
    from confidence_real import load_balance

    landmarks = tmp_path_factory.mktemp("landmarks")
    abouts = [VALIDATION / "synthetic" / f"{name}.json" for name in RENDERED]
    clips = [clip for about in abouts for clip in load_clip(about, landmarks)]
    clips += load_balance(VALIDATION / "real" / "balance_4cam", landmarks)
    return take_off_bias(benchmark.rate(clips))


def median_error(frames: Any, low: float, high: float) -> float:
    some = frames[(frames["stated"] >= low) & (frames["stated"] < high)]
    return float(some["off_deg"].median())


def test_stated_and_found_agree_on_rendered_people(benchmark: Any, frames: Any) -> None:
    rendered = frames[frames["subject"] != "real"]

    assert benchmark.calibration_error(rendered) < 0.05
    assert rendered["right"][rendered["stated"] >= 0.9].mean() >= 0.95


def test_unspoiled_square_views_stay_measured(frames: Any) -> None:
    square = frames[(frames["subject"] != "real") & (frames["yaw_deg"] == 0)]

    assert np.mean(square["stated"] >= 0.5) >= 0.99


def test_in_real_views_it_was_never_fitted_to_the_error_falls_as_it_rises(
    benchmark: Any, frames: Any
) -> None:
    real = frames[frames["subject"] == "real"]
    off_deg = real["off_deg"].to_numpy()
    errors = [median_error(real, low, high) for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 1.01))]

    assert len(real) > 500
    assert errors == sorted(errors, reverse=True)
    area = benchmark.retention_area(real["stated"].to_numpy(), off_deg)
    assert area < benchmark.retention_area(real["lowest"].to_numpy(), off_deg)
    assert area < np.mean(off_deg)
