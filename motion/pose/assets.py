"""Installs and finds the pose model, because MediaPipe 1.x comes without one."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from motion.errors import ModelError, OutputError
from motion.model.provenance import ModelInfo
from motion.paths import cache_dir
from motion.pose.bundle import DETECTOR_MEMBER, LANDMARKS_MEMBER, build_bundle
from motion.pose.model_cache import (
    is_sound,
    read_sha256,
    work_folder,
    write_whole,
    write_with_digest,
)
from motion.pose.model_download import download_part
from motion.pose.model_parts import (
    DETECTOR,
    DIGESTS,
    FULL_LANDMARKS,
    MODEL_NAMES,
    Progress,
    check_part,
    landmarks_part,
)
from motion.pose.model_wheel import WheelSource, download_wheel, read_wheel

__all__ = ["MODEL_NAMES", "Progress", "find_model", "install_model", "read_model_info"]

_WAITING = "waiting for another installation"


def install_model(
    name: str = "full",
    *,
    on_progress: Progress | None = None,
    fetch_wheel: WheelSource = download_wheel,
    digests: Mapping[str, str] = DIGESTS,
) -> Path:
    """Install the pose model into the user's cache, unless it is there already.

    Parameters
    ----------
    name
        ``full``, which needs nothing but the package index, or ``lite`` or ``heavy``, whose
        landmark model comes from MediaPipe's own storage.
    on_progress
        Is told the bytes done, the bytes in all (None if not known) and the stage.
    fetch_wheel, digests
        Where the wheel with the models comes from, and the SHA-256 of each part.

    Returns
    -------
    Path
        The ``.task`` bundle, which is there whole or not at all, even after a killed installation.

    Raises
    ------
    ModelError
        There is no model of that name, or a part cannot be downloaded or is not the published one.
    OutputError
        The cache cannot be written, or the disk is full.
    """
    bundle = _installed_path(name)
    if is_sound(bundle):
        return bundle
    report = on_progress or _say_nothing
    try:
        with work_folder(bundle.parent, lambda: report(0, None, _WAITING)) as work:
            if not is_sound(bundle):  # whoever was waited for may have made it
                parts = _gather(name, work, report, fetch_wheel, digests)
                report(0, None, "building the bundle")
                _write(bundle, *parts, work)
    except OSError as error:
        raise _unwritable(bundle.parent, error) from error
    return bundle


def find_model(name_or_path: str | Path | None = None) -> Path:
    """Find the bundle to load.

    Parameters
    ----------
    name_or_path
        None for the installed ``full`` model, ``full``, ``lite`` or ``heavy`` for an installed
        one, or the path of a ``.task`` file of one's own.

    Returns
    -------
    Path
        A file that is there and holds the two models of a pose bundle.

    Raises
    ------
    ModelError
        It is not there, is damaged, or is not a pose bundle.
    """
    name = "full" if name_or_path is None else str(name_or_path)
    if name not in MODEL_NAMES:
        return _check_own(Path(name).expanduser())
    bundle = _installed_path(name)
    if not is_sound(bundle):
        state = "is damaged" if bundle.exists() else "is not installed"
        command = "motion model install" + ("" if name == "full" else f" {name}")
        raise ModelError(f"the pose model {state}: expected {bundle}; run `{command}`")
    return bundle


def read_model_info(path: Path) -> ModelInfo:
    """Return what a result must say about the model that made it: its name and its SHA-256.

    Raises
    ------
    ModelError
        The file cannot be read.
    """
    try:
        return ModelInfo(name=path.stem, sha256=read_sha256(path))
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error


def _installed_path(name: str) -> Path:
    if name not in MODEL_NAMES:
        raise ModelError(
            f"pose model: expected one of {', '.join(MODEL_NAMES)}, got '{name}';"
            " choose one of them"
        )
    return cache_dir() / "models" / f"pose_landmarker_{name}.task"


def _gather(
    name: str,
    work: Path,
    report: Progress,
    fetch_wheel: WheelSource,
    digests: Mapping[str, str],
) -> tuple[bytes, bytes]:
    """Return the detector and the landmark model, fetching only what is not cached."""
    if name == "full":
        parts = read_wheel(fetch_wheel(work, report), (DETECTOR, FULL_LANDMARKS), digests)
        return parts[DETECTOR], parts[FULL_LANDMARKS]
    landmarks = download_part(landmarks_part(name), report, digests)
    cached = work.parent / DETECTOR
    try:
        detector = check_part(DETECTOR, cached.read_bytes(), digests)
    except (FileNotFoundError, ModelError):
        detector = read_wheel(fetch_wheel(work, report), (DETECTOR,), digests)[DETECTOR]
    return detector, landmarks


def _write(bundle: Path, detector: bytes, landmarks: bytes, work: Path) -> None:
    write_whole(bundle.parent / DETECTOR, detector, work)
    write_with_digest(bundle, build_bundle(detector, landmarks), work)


def _unwritable(folder: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{folder}: expected a folder that the pose model can be written to, got"
        f" '{error.strerror or error}'; free some space, or name another folder in"
        " MOTION_CACHE_DIR"
    )


def _check_own(path: Path) -> Path:
    try:
        with zipfile.ZipFile(path) as bundle:
            members = set(bundle.namelist())
    except FileNotFoundError as error:
        raise ModelError(
            f"{path}: expected a .task file or one of {', '.join(MODEL_NAMES)}, got no such file;"
            " correct the path, or run `motion model install` and leave it out"
        ) from error
    except zipfile.BadZipFile as error:
        raise _unreadable(path, "it is no .task archive") from error
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    if not members >= {DETECTOR_MEMBER, LANDMARKS_MEMBER}:
        raise _unreadable(path, "it is a bundle for another task")
    return path


def _unreadable(path: Path, reason: str) -> ModelError:
    return ModelError(
        f"{path}: expected a pose landmarker's .task file, but {reason};"
        " give another file, or run `motion model install` and leave it out"
    )


def _say_nothing(done_bytes: int, total_bytes: int | None, stage: str) -> None:
    """Report to nobody."""
