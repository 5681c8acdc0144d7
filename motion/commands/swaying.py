"""A force plate's table or a video as a sway: what is refused, and what is said of the rest."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from motion.balance import (
    AXIS_NOT_SEEN,
    FEWEST_ROWS,
    LIGHTEST_N,
    SHORTEST_S,
    BalanceNumber,
    Sway,
    TrunkSway,
    centre_of_pressure,
    estimate_body_height,
    judge_plate_sway,
    judge_trunk_sway,
    list_numbers,
    list_unseen,
    measure_plate_sway,
    measure_trunk_sway,
    stands_on_plate,
    stands_upright,
)
from motion.capture import hash_file
from motion.capture.force_table import read_force_table
from motion.errors import InputError, NoPersonError
from motion.model import Analysis, FloatArray, ViewName
from motion.pipeline import ProgressReport, analyse_video
from motion.settings import AnalysisSettings

__all__ = ["BalanceChoices", "Measured", "measure_plate", "measure_video"]

_AXES: Final = {"": ("x", "y"), "x": ("ap", "ml"), "y": ("ml", "ap")}
_LOWEST_HEIGHT_CM: Final = 50.0
_GREATEST_HEIGHT_CM: Final = 250.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceChoices:
    """What was typed; None and "" where nothing was."""

    rate_hz: float | None
    forward_axis: str
    cutoff_hz: float | None
    origin_depth_mm: float
    height_cm: float | None
    person: str
    model: Path | None

    def check(self) -> None:
        """Refuse what cannot be meant.

        Raises
        ------
        InputError
            If a choice is not one of those that are known, or out of range.
        """
        if self.forward_axis not in _AXES:
            msg = f"--forward-axis: expected x or y, got {self.forward_axis!r}"
            raise InputError(msg)
        for name, value in (("rate-hz", self.rate_hz), ("cutoff-hz", self.cutoff_hz)):
            if value is not None and not 0 < value < float("inf"):
                msg = f"--{name}: expected a number above 0, got {value:g}"
                raise InputError(msg)
        height_cm = self.height_cm
        if height_cm is not None and not _LOWEST_HEIGHT_CM <= height_cm <= _GREATEST_HEIGHT_CM:
            msg = f"--height-cm: expected a body's height in centimetres, got {height_cm:g}"
            raise InputError(msg)


Measured = tuple[tuple[BalanceNumber, ...], Sway, Mapping[str, Any]]
"""Numbers, the sway they are of, and what the summary says."""


def measure_plate(file: Path, choices: BalanceChoices) -> Measured:
    """Return the numbers, the sway and the summary of a force plate's table.

    Raises
    ------
    SourceError
        If the file is no such table.
    InputError
        If nobody stood on the plate for long enough, or a choice does not fit the table.
    """
    table = read_force_table(file, choices.rate_hz)
    _refuse_few_rows(file, len(table.time_s))
    cop_mm = table.cop_mm
    if cop_mm is None and table.force_n is not None and table.moment_nm is not None:
        cop_mm = centre_of_pressure(
            table.force_n, table.moment_nm, choices.origin_depth_mm / 1000.0
        )
    if cop_mm is None:
        msg = f"{file}: no centre of pressure, and not all forces and moments to make it of"
        raise InputError(msg)
    vertical_n = table.force_n[:, 2] if table.force_n is not None else None
    _refuse_cutoff(file, choices.cutoff_hz, table.time_s)
    plate = measure_plate_sway(
        table.time_s,
        cop_mm,
        axes=_AXES[choices.forward_axis],
        vertical_n=vertical_n,
        cutoff_hz=choices.cutoff_hz,
    )
    if plate is None:
        raise _nothing_to_measure(file, vertical_n)
    whole_s = float(table.time_s[-1])
    _refuse_short(file, plate.sway, whole_s)
    about = {
        "input": {
            "name": file.name,
            "sha256": hash_file(file),
            "rows": len(table.time_s),
            "duration_s": whole_s,
            "rate_hz": plate.sway.series.rate_hz,
        },
        "kind": "force",
        "settings": {
            "cutoff_hz": choices.cutoff_hz,
            "forward_axis": choices.forward_axis,
            "origin_depth_mm": choices.origin_depth_mm,
            "centre_of_pressure": "file" if table.cop_mm is not None else "forces",
        },
        "speed_above_10_hz": plate.speed_above_10_hz,
    }
    return list_numbers(plate.sway, judge_plate_sway(plate)), plate.sway, about


def measure_video(file: Path, choices: BalanceChoices, on_progress: ProgressReport) -> Measured:
    """Return the numbers, the sway of the trunk and the summary of a video.

    Raises
    ------
    InputError
        If nobody stood still in front of the camera for long enough.
    """
    settings = AnalysisSettings(person=choices.person, model_path=choices.model)
    analysis = analyse_video(file, settings, on_progress=on_progress)
    poses = analysis.recording.poses()
    _refuse_view(file, analysis)
    if not stands_upright(poses):
        msg = f"{file}: the person does not stand upright with eyes and ankles in view"
        raise InputError(msg)
    height = estimate_body_height(poses)
    rate_hz = analysis.provenance.input.rate_hz
    trunk = measure_trunk_sway(poses, rate_hz, height.height_px)
    if trunk is None:
        msg = f"{file}: hips and shoulders were not seen together; film the whole body"
        raise InputError(msg)
    _refuse_short(file, trunk.sway, analysis.provenance.input.duration_s)
    if math.isfinite(trunk.step_at_s):
        msg = (
            f"{file}: a foot left its place at {trunk.step_at_s:.1f} s; quiet standing needs both "
            "feet still: record again, or cut the video before it"
        )
        raise InputError(msg)
    certainty = judge_trunk_sway(trunk, analysis.view.off_plane_deg)
    sway = _scale(trunk, choices.height_cm)
    numbers = (
        *list_numbers(sway, certainty),
        *list_unseen("ap", sway.unit, AXIS_NOT_SEEN),
    )
    about = {
        "input": {
            "name": analysis.provenance.input.name,
            "sha256": analysis.provenance.input.sha256,
            "frames": analysis.provenance.input.frames,
            "duration_s": analysis.provenance.input.duration_s,
            "rate_hz": rate_hz,
        },
        "kind": "pose",
        "model": {
            "name": analysis.provenance.model.name,
            "sha256": analysis.provenance.model.sha256,
        },
        "view": {
            "name": analysis.view.name,
            "azimuth_deg": analysis.view.azimuth_deg,
            "off_plane_deg": analysis.view.off_plane_deg,
        },
        "settings": {"height_cm": choices.height_cm, "person": choices.person},
        "body_height_px": height.height_px,
        "scale_relative_error": height.relative_error,
        "unrest_of_feet": trunk.unrest,
        "warnings": list(analysis.warnings),
    }
    return numbers, sway, about


def _scale(trunk: TrunkSway, height_cm: float | None) -> Sway:
    """Return the sway in millimetres where the height is known, else in fractions of it."""
    if height_cm is None:
        return trunk.sway
    series = trunk.sway.series
    return Sway(
        series=series.with_values(series.values * height_cm * 10.0), axes=("ml",), unit="mm"
    )


def _refuse_view(file: Path, analysis: Analysis) -> None:
    if not analysis.person_found:
        msg = f"{file}: no person was found; film the whole body in good light, one person"
        raise NoPersonError(msg)
    if analysis.view.name is not ViewName.FRONTAL:
        where = {
            ViewName.SAGITTAL: "the camera looks from the side",
            ViewName.OBLIQUE: "the camera looks from between side and front",
        }.get(analysis.view.name, "the view was not found")
        msg = f"{file}: {where}; film sway from the front or from behind, the whole body"
        raise InputError(msg)


def _refuse_few_rows(file: Path, rows: int) -> None:
    if rows < FEWEST_ROWS:
        msg = (
            f"{file}: {rows} {'row' if rows == 1 else 'rows'} below the heading; at least "
            f"{SHORTEST_S:g} s of standing are needed: export the whole trial"
        )
        raise InputError(msg)


def _nothing_to_measure(file: Path, vertical_n: FloatArray | None) -> InputError:
    """Return why no stretch of a table can be measured."""
    if vertical_n is None or np.sum(stands_on_plate(vertical_n)) >= FEWEST_ROWS:
        return InputError(
            f"{file}: no {FEWEST_ROWS} rows on end with a centre of pressure; "
            "export the trial without gaps"
        )
    return NoPersonError(
        f"{file}: nobody stands on the plate (no vertical force over {LIGHTEST_N:g} N)"
    )


def _refuse_short(file: Path, sway: Sway, whole_s: float) -> None:
    if sway.duration_s >= SHORTEST_S:
        return
    gap = whole_s - sway.duration_s > 1.0
    of = f" without a gap, of {whole_s:.1f} s" if gap else ""
    msg = (
        f"{file}: {sway.duration_s:.1f} s of standing{of}; at least {SHORTEST_S:g} s are needed, "
        "30 or 60 are better: record again"
    )
    raise InputError(msg)


def _refuse_cutoff(file: Path, cutoff_hz: float | None, time_s: FloatArray) -> None:
    if cutoff_hz is None:
        return
    rate_hz = (len(time_s) - 1) / float(time_s[-1] - time_s[0])
    if cutoff_hz >= 0.5 * rate_hz:
        msg = f"--cutoff-hz: {cutoff_hz:g} is not below half the rate of {file} ({rate_hz:g} Hz)"
        raise InputError(msg)
