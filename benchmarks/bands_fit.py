"""Fits the 95 % band of single values on bodies that had no part in moving their landmarks.

    python benchmarks/bands_fit.py FOLDER... [--landmarks FOLDER] [--write FILE]

Each body of the fit is measured end to end, with joint centres fitted on the other bodies only: so
its errors are those of somebody new. For each angle the four half widths of
:class:`motion.kinematics.bands.Band` are those of greatest likelihood (normal errors, each clip,
angle and side with the same weight), then scaled so that 95 % of the frames lie within. Printed is
the share of frames within the bands of data/bands: of the bodies of the fit, and of the body that
is held out, with its joint centres as the product moves them.
"""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from clips import load_clips
from fitted_clips import Prepared, Series, measure
from joint_centres_fit import fit
from rich.console import Console
from rich.table import Table
from scipy.optimize import minimize

from motion.kinematics import JOINTS
from motion.kinematics.bands import Band, BandModel, state_bands
from motion.library import find_joint_centre_model, load_band_model
from motion.model import AngleCurve, AngleTable, FloatArray, Position, ViewPass

POSE_MODEL = "pose_landmarker_full"
SHARE = 0.95
LEAST_DEG = 0.5


def tangents_of(each: Series) -> FloatArray:
    """Return ``(n,)``: the tangent of how far off the plane each frame was thought to be."""
    unit = Band(square_deg=0.0, at_45_deg=1.0, unsure_deg=0.0)
    model = BandModel(version="", bands={each.curve.angle: unit})
    return state_one(each.curve, each.passes, Position.STANDING, model)


def state_one(
    curve: AngleCurve, passes: tuple[ViewPass, ...], position: Position, model: BandModel
) -> FloatArray:
    """Return the band of one curve."""
    table = AngleTable(time_s=np.arange(len(curve.value_deg), dtype=float), curves=(curve,))
    return state_bands(table, passes, position, model).curves[0].band95_deg


def measure_new(clips: Sequence[Prepared]) -> list[Series]:
    """Measure each body of the fit with joint centres fitted on the others."""
    own = [each for each in clips if not each.clip.held_out]
    found: list[Series] = []
    for body in sorted({each.clip.subject for each in own}):
        centres = fit([each for each in own if each.clip.subject != body], "")
        for each in own:
            if each.clip.subject == body:
                found.extend(measure(each, centres))
    return found


def fit_band(series: Sequence[Series]) -> Band:
    """Return the band of one angle."""
    error, tangent, unsure, lying, weight = [], [], [], [], []
    for each in series:
        known = np.isfinite(each.error_deg)
        error.append(each.error_deg[known])
        tangent.append(tangents_of(each)[known])
        unsure.append(1.0 - each.curve.confidence[known])
        lying.append(np.full(int(np.sum(known)), float(each.position.lying)))
        weight.append(np.full(int(np.sum(known)), 1.0 / max(1, int(np.sum(known)))))
    errors, tangents, unsures, lyings, weights = (
        np.concatenate(parts) for parts in (error, tangent, unsure, lying, weight)
    )

    def variance(given: FloatArray) -> FloatArray:
        parts = (1.0, tangents, unsures, lyings)
        return sum((size * part) ** 2 for size, part in zip(given, parts, strict=True))

    def loss(given: FloatArray) -> float:
        spread = variance(given)
        return float(np.sum(weights * (np.log(spread) + errors**2 / spread)))

    grows = [(0.0, None if np.any(part) else 0.0) for part in (tangents, unsures, lyings)]
    bounds = [(LEAST_DEG, None), *grows]
    found = minimize(loss, np.array([3.0, 5.0, 5.0, 3.0]), bounds=bounds, method="L-BFGS-B").x
    ratio = np.abs(errors) / np.sqrt(variance(found))
    order = np.argsort(ratio)
    reached = np.cumsum(weights[order]) / np.sum(weights)
    scale = float(ratio[order][np.searchsorted(reached, SHARE)])
    return Band(
        square_deg=round(scale * found[0], 1),
        at_45_deg=round(scale * found[1], 1),
        unsure_deg=round(scale * found[2], 1),
        lying_deg=round(scale * found[3], 1),
    )


def count_within(series: Sequence[Series], model: BandModel) -> tuple[int, int, float]:
    """Return how many frames lie within the band, of how many, and the mean half width."""
    inside, widths = [np.zeros(0, dtype=bool)], [np.zeros(0)]
    for each in series:
        half_deg = state_one(each.curve, each.passes, each.position, model)
        known = np.isfinite(each.error_deg) & np.isfinite(half_deg)
        inside.append(np.abs(each.error_deg[known]) <= half_deg[known])
        widths.append(half_deg[known])
    hits, all_widths = np.concatenate(inside), np.concatenate(widths)
    mean_deg = float(np.mean(all_widths)) if len(all_widths) else float("nan")
    return int(np.sum(hits)), len(hits), mean_deg


def show(new: Sequence[Series], held: Sequence[Series], model: BandModel) -> None:
    """Print the bands, and the share of frames within them."""
    table = Table(
        "angle", "square", "at 45", "unsure", "lying", "bodies of the fit", "body held out",
        title="95 % bands, half widths in degrees; frames within them (mean half width)",
    )  # fmt: skip
    for angle, band in model.bands.items():
        cells = [_say_share([s for s in some if s.joint.name == angle], model)
                 for some in (new, held)]  # fmt: skip
        table.add_row(
            angle,
            *(
                f"{part:g}"
                for part in (band.square_deg, band.at_45_deg, band.unsure_deg, band.lying_deg)
            ),
            *cells,
        )
    table.add_row("all", "", "", "", "", _say_share(new, model), _say_share(held, model))
    Console(width=130).print(table)


def _say_share(series: Sequence[Series], model: BandModel) -> str:
    hits, frames, width_deg = count_within(series, model)
    return f"{hits / frames:.1%} of {frames} ({width_deg:.1f})" if frames else "-"


def main() -> None:
    """Print, or fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--landmarks", type=Path)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    clips = [Prepared(clip) for clip in load_clips(given.folders, given.landmarks)]
    new = measure_new(clips)
    centres = find_joint_centre_model(POSE_MODEL)
    assert centres is not None
    held = [s for each in clips if each.clip.held_out for s in measure(each, centres)]
    if given.write:
        version = datetime.now(UTC).date().isoformat()
        lines = ["angle,square_deg,at_45_deg,unsure_deg,lying_deg,farthest_deg,positions,version"]
        for joint in JOINTS:
            own = [each for each in new if each.joint is joint]
            if own:
                band = fit_band(own)
                tried = [each for each in [*own, *held] if each.joint is joint]
                farthest_deg = np.ceil(max(each.off_deg for each in tried))
                cells = (
                    band.square_deg, band.at_45_deg, band.unsure_deg, band.lying_deg, farthest_deg
                )  # fmt: skip
                held_against = {each.position for each in tried}
                positions = " ".join(place for place in Position if place in held_against)
                figures = ",".join(f"{cell:g}" for cell in cells)
                lines.append(f"{joint.name},{figures},{positions},{version}")
        given.write.parent.mkdir(parents=True, exist_ok=True)
        given.write.write_text("\n".join(lines) + "\n", encoding="utf-8")
        load_band_model.cache_clear()
    show(new, held, load_band_model())


if __name__ == "__main__":
    main()
