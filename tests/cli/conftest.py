"""The command with a record of its own, and the installed model."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from cli_runner import Done, run_motion

from motion.cli import app
from motion.console import run_app
from motion.errors import ModelError
from motion.pose import FakeEstimator, find_model


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Done]:
    return partial(run_motion, tmp_path / "data")


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Run the command in this process, with an estimator that finds nobody: quick."""
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MOTION_NATIVE_LOGS", "1")  # or the tests' own standard error is gone
    monkeypatch.setattr("motion.pipeline.MediaPipeEstimator", lambda _path: FakeEstimator([]))

    def start(*arguments: object) -> Done:
        monkeypatch.setattr("sys.argv", ["motion", *(str(argument) for argument in arguments)])
        capfd.readouterr()
        code = run_app(app, "motion")
        out, err = capfd.readouterr()
        return Done(code, out, err)

    return start


@pytest.fixture(scope="session")
def model() -> None:
    try:
        find_model(None)
    except ModelError as error:
        pytest.skip(f"the pose model is not installed ({error})")
