"""Real recordings: angles against other people's solutions, and what else is known of them."""

import functools
import json
import operator
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from motion.errors import InputError
from motion.model import FloatArray
from motion.paths import reference_dir
from motion.settings import AnalysisSettings
from motion.validation.clips import KnownClip
from motion.validation.landmarks import SeenVideo
from motion.validation.measured import measure_seen

__all__ = [
    "KnownRecording",
    "check_recording",
    "find_recordings",
    "list_known",
    "load_solutions",
]

OPENSIM_NAMES: Final[Mapping[str, tuple[str, float]]] = {
    "hip_flexion": ("hip_flexion", 1.0),
    "hip_adduction": ("hip_abduction", -1.0),
    "knee_angle": ("knee_flexion", 1.0),
    "ankle_angle": ("ankle_dorsiflexion", 1.0),
    "elbow_flex": ("elbow_flexion", 1.0),
}
"""OpenSim's coordinates that this product measures too, with the sign that makes them ours. Its
hip is against the pelvis; its shoulder turns about other axes and is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecording:
    """A real recording and its entry in ``data/validation/recordings.toml``."""

    video: Path
    known: Mapping[str, Any]


@functools.cache
def list_known(kind: str) -> tuple[dict[str, Any], ...]:
    """Return the entries of ``data/validation/recordings.toml``: each ``recording`` or ``rig``."""
    path = reference_dir() / "validation" / "recordings.toml"
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))[kind])


def find_recordings(folder: Path) -> Iterator[KnownRecording]:
    """Yield the real recordings below a folder of which something is known."""
    for video in sorted(folder.resolve().rglob("*.mp4")):
        for known in list_known("recording"):
            if video.as_posix().endswith(f"/{known['file']}"):
                yield KnownRecording(video=video, known=known)


def load_solutions(recording: KnownRecording) -> Iterator[KnownClip]:
    """Yield a clip for the mean of the OpenSim solutions beside a recording, and for each alone.

    Raises
    ------
    InputError
        If a solution cannot be read, or they differ in length: names the file.
    """
    known = recording.known
    names = known.get("angles", ())
    tables = [_read_motion(recording.video.with_name(name)) for name in names]
    if len({len(table) for table in tables}) > 1:
        msg = f"{recording.video.parent}: {', '.join(names)} differ in rows; expected one a frame"
        raise InputError(msg)
    together = [functools.reduce(operator.add, tables) / len(tables)] if tables else []
    said = [f"OpenSim, mean of {len(tables)}", *(f"OpenSim, {Path(name).stem}" for name in names)]
    for truth_name, truth in zip(said, (*together, *tables), strict=False):
        yield KnownClip(
            name=known.get("name", recording.video.stem),
            video=recording.video,
            truth=truth,
            about={
                "motion": known["motion"],
                "subject": "real person",
                "azimuth_deg": known.get("azimuth_deg", float("nan")),
                "nominal_azimuth_deg": float("nan"),
                "truth": truth_name,
            },
        )


def _read_motion(path: Path) -> pd.DataFrame:
    """Read the angles of an OpenSim ``.mot`` file under this product's names, in degrees."""
    try:
        # Where the header does not promise degrees there is no second part.
        _, _, rest = path.read_text(encoding="utf-8").partition("inDegrees=yes")
        _, body = rest.split("endheader", maxsplit=1)
        lines = [line.split() for line in body.splitlines() if line.strip()]
        table = pd.DataFrame(np.array(lines[1:], dtype=float), columns=lines[0])
        return pd.DataFrame(
            {
                f"{side}_{ours}": sign * table[f"{theirs}_{side[0]}"]
                for side in ("left", "right")
                for theirs, (ours, sign) in OPENSIM_NAMES.items()
            }
        )
    except (OSError, ValueError, KeyError, IndexError) as error:
        msg = f"{path}: not an OpenSim motion in degrees with {', '.join(OPENSIM_NAMES)} ({error})"
        raise InputError(msg) from error


def check_recording(recording: KnownRecording, seen: SeenVideo) -> Iterator[dict[str, Any]]:
    """Yield a row for each thing that is known of a recording: expected and found.

    Raises
    ------
    InputError
        If a file of landmarks beside it cannot be used.
    """
    known = recording.known
    settings = AnalysisSettings(movement=known.get("movement", ""))
    analysis = measure_seen(recording.video, seen, settings)
    detected = float(np.mean(seen.recording.detected))
    checks: list[tuple[str, object, object]] = [("frames with the person", "", f"{detected:.0%}")]
    if "facing" in known:
        checks.append(("facing", known["facing"], analysis.view.facing))
    if "azimuth_deg" in known:
        azimuth = f"{analysis.view.azimuth_deg:.0f}"
        checks.append(("camera's azimuth, degrees", f"{known['azimuth_deg']:.0f}", azimuth))
    if "repetitions" in known:
        checks.append(("repetitions", known["repetitions"], len(analysis.repetitions)))
        checks.append(("incomplete", known["incomplete"], analysis.incomplete_repetitions))
    if "landmarks" in known:
        path = recording.video.with_name(known["landmarks"])
        checks += _check_landmarks(path, seen, known["tolerance_px"])
    for what, expected, found in checks:
        yield {
            "recording": recording.video.stem,
            "what": what,
            "expected": str(expected),
            "found": str(found),
        }


def _check_landmarks(
    path: Path, seen: SeenVideo, tolerance_px: float
) -> Iterator[tuple[str, object, object]]:
    """Yield how far the landmarks are from another program's of the same frames."""
    other_px = _read_landmarks(path, seen)
    away_px = np.abs(seen.recording.image_px - other_px).max(axis=2)
    away_px = away_px[np.isfinite(away_px)]
    within = f"{np.sum(away_px < tolerance_px)} of {away_px.size}"
    yield f"landmarks within {tolerance_px:.0f} px of Google's", f"{other_px[..., 0].size}", within
    yield "median and largest distance, px", "", f"{np.median(away_px):.0f}, {away_px.max():.0f}"


def _read_landmarks(path: Path, seen: SeenVideo) -> FloatArray:
    try:
        other_px = np.array(json.loads(path.read_text(encoding="utf-8")), dtype=float)[..., :2]
    except (OSError, ValueError, IndexError) as error:
        msg = f"{path}: not landmarks of every frame ({error}); mend the file"
        raise InputError(msg) from error
    if other_px.shape != seen.recording.image_px.shape:
        expected = seen.recording.image_px.shape
        msg = f"{path}: expected positions of shape {expected}, got {other_px.shape}"
        raise InputError(msg)
    return other_px
