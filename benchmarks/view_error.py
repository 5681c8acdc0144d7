"""How much a camera off its plane adds to the error: fits it, and checks the widened bands.

    python benchmarks/view_error.py [FOLDER ...] [--landmarks FOLDER] [--balance FOLDER]

For each angle, ``fitted`` is the least extra error at 45 degrees off (in steps of half a degree)
with which 95 % of the frames of the bodies that are fitted on lie within 1.96 standard errors of
the truth, the standard error growing from the square view's own scatter with tan(off). The bias of
the square view, by movement and angle, is taken off first: it is the same at every yaw and is
another matter. data/mdc/camera_provisional.csv holds these figures rounded up. ``covered`` is the
share of frames that lie within the band of the stated error, 1.96 sem_total: with the true azimuth
on the fitted and on the held-out body, there also with the bias left in, and end to end.
"""

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from balance import load_balance
from clips import SHARED, Clip, load_clips
from rich.console import Console
from rich.table import Table
from spatial import measure_each_way, view_from

from motion.kinematics import JOINTS, JointAngle, Plane, estimate_view
from motion.kinematics.planar import is_far, is_shown
from motion.kinematics.view import OBLIQUE_FROM_DEG, off_plane
from motion.kinematics.view_error import extra_error, widen_for_view
from motion.library import load_product_figures
from motion.model import FloatArray, Position, Side, View
from motion.validation.comparing import SMALLEST_RANGE_DEG

SQUARE_DEG = 1.0
COVERED = 0.95
Z95 = 1.96
STEPS_DEG = np.arange(0.0, 40.0, 0.5)


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Errors of one curve: with the true azimuth, and as the product gives it."""

    motion: str
    joint: JointAngle
    held_out: bool
    off_deg: float
    view: View
    error_deg: FloatArray
    given_error_deg: FloatArray
    estimated: View


def series_of(clip: Clip) -> Iterable[Series]:
    """Yield the errors of every angle that a clip is made for and that its view allows."""
    view, nominal = view_from(clip.azimuth_deg), view_from(clip.nominal_deg)
    curves = measure_each_way(clip.recording, clip.azimuth_deg)
    estimated = estimate_view(clip.recording)
    for joint in JOINTS:
        for side in (Side.LEFT, Side.RIGHT) if joint.sided else (Side.NONE,):
            name = joint.name if side is Side.NONE else f"{side}_{joint.name}"
            true_deg = clip.truth_of(name)
            if true_deg is None or np.ptp(true_deg) < SMALLEST_RANGE_DEG:
                continue
            if off_plane(nominal, joint.plane) > SQUARE_DEG or is_far(joint, side, view):
                continue
            if not is_shown(joint, side, view, Position.STANDING):
                continue
            errors = [
                recentred(joint, curves[name][method]) - recentred(joint, true_deg)
                for method in ("mended", "given")
            ]
            off_deg = off_plane(view, joint.plane)
            yield Series(
                clip.motion, joint, clip.held_out, off_deg, view, errors[0], errors[1], estimated
            )


def recentred(joint: JointAngle, value_deg: FloatArray) -> FloatArray:
    """Return the angle; of the ankle, whose zero differs by definition, from its median."""
    if joint.joint != "ankle" or not np.any(np.isfinite(value_deg)):
        return value_deg
    return value_deg - np.nanmedian(value_deg)


def biases_of(series: Sequence[Series]) -> dict[tuple[str, str], float]:
    """Return the square view's mean error of the fitted bodies, by movement and angle."""
    found: dict[tuple[str, str], list[float]] = {}
    for each in series:
        if each.off_deg <= SQUARE_DEG and not each.held_out:
            mean = float(np.nanmean(each.error_deg))
            for motion in (each.motion, ""):
                found.setdefault((motion, each.joint.name), []).append(mean)
    return {key: float(np.mean(values)) for key, values in found.items()}


def bias_of(biases: dict[tuple[str, str], float], each: Series) -> float:
    """Return the square view's bias of a series: of its movement, or else of its angle."""
    name = each.joint.name
    return biases.get((each.motion, name), biases.get(("", name), 0.0))


def fit(series: Sequence[Series], biases: dict[tuple[str, str], float], sem_deg: float) -> float:
    """Return the extra error at 45 degrees off; NaN without series off the plane."""
    errors = [(each.off_deg, each.error_deg - bias_of(biases, each)) for each in series]
    square = [np.abs(error) for off, error in errors if off <= SQUARE_DEG]
    beside = [(off, error[np.isfinite(error)]) for off, error in errors if off > SQUARE_DEG]
    if not square or not beside:
        return float("nan")
    own_deg = min(sem_deg, float(np.nanpercentile(np.concatenate(square), 95.0)) / Z95)
    tangent = np.concatenate([np.full(len(e), np.tan(np.radians(off))) for off, e in beside])
    error = np.abs(np.concatenate([e for _, e in beside]))
    covers = (
        step
        for step in STEPS_DEG
        if np.mean(error <= Z95 * np.hypot(own_deg, step * tangent)) >= COVERED
    )
    return float(next(covers, float("nan")))


def stated(joint: JointAngle, view: View) -> float:
    """Return the standard error that the product states."""
    return widen_for_view(load_product_figures(), joint.name, view).sem_deg


def fitted_alone(joint: JointAngle, view: View) -> float:
    """Return the standard error of the fitted growth alone, without an oblique view's figure."""
    square = load_product_figures().find(joint.name, joint.plane.view)
    off_deg = off_plane(view, joint.plane)
    extra_deg = extra_error(square.extra_at_45_deg, off_deg, view.azimuth_sd_deg)
    return float(np.hypot(square.sem_deg, extra_deg))


def coverage(
    series: Sequence[Series],
    biases: dict[tuple[str, str], float] | None,
    given: bool = False,
    sem_of: Callable[[JointAngle, View], float] = stated,
) -> str:
    """Return the share of frames within the band, with their number and the mean sem."""
    inside, sems = [], []
    for each in series:
        error = each.given_error_deg if given else each.error_deg
        error = error[np.isfinite(error)] - (bias_of(biases, each) if biases else 0.0)
        view = each.estimated if given else each.view
        sem_deg = sem_of(each.joint, view)
        inside.append(np.abs(error) <= Z95 * sem_deg)
        sems.append(np.full(len(error), sem_deg))
    if not inside or not np.any([len(each) for each in inside]):
        return "-"
    frames = np.concatenate(inside)
    return f"{np.mean(frames):.0%} of {len(frames)} (sem {np.mean(np.concatenate(sems)):.1f})"


def show(series: Sequence[Series], console: Console) -> None:
    """Print the fit of each angle, then the coverage by how far off the camera was."""
    biases = biases_of(series)
    table = Table(
        "angle", "sem", "fitted", "stated", title="extra error at 45 degrees off, degrees"
    )
    for joint in JOINTS:
        figure = load_product_figures().find(joint.name, joint.plane.view)
        own = [each for each in series if each.joint is joint and not each.held_out]
        table.add_row(
            joint.name,
            f"{figure.sem_deg:.1f}",
            f"{fit(own, biases, figure.sem_deg):.1f}",
            f"{figure.extra_at_45_deg:.1f}",
        )
    console.print(table)
    table = Table(
        "off", "fitted bodies", "held out", "held out, bias left in", "held out, end to end",
        "held out, fitted growth alone",
        title="frames within the stated band",
    )  # fmt: skip
    for low, high in ((0, 1), (1, 12), (12, OBLIQUE_FROM_DEG), (OBLIQUE_FROM_DEG, 61)):
        near = [each for each in series if low <= each.off_deg < high]
        held = [each for each in near if each.held_out]
        table.add_row(
            f"{low:.0f} to {high:.0f}",
            coverage([each for each in near if not each.held_out], biases),
            coverage(held, biases),
            coverage(held, None),
            coverage(held, biases, given=True),
            coverage(held, biases, sem_of=fitted_alone),
        )
    console.print(table)


def show_balance(folder: Path, landmarks: Path | None, console: Console) -> None:
    """Print the same of the real recording, where nothing was fitted and no bias is taken off."""
    table = Table(
        "plane", "frames within the stated band", title="balance on one leg, four cameras"
    )
    found: dict[Plane, list[Series]] = {plane: [] for plane in Plane}
    for camera in load_balance(folder, landmarks):
        curves = measure_each_way(camera.recording, camera.azimuth_deg)
        view = view_from(camera.azimuth_deg)
        for joint in JOINTS:
            for side in (Side.LEFT, Side.RIGHT) if joint.sided else (Side.NONE,):
                name = joint.name if side is Side.NONE else f"{side}_{joint.name}"
                shown = is_shown(joint, side, view, Position.STANDING)
                if not shown or name not in camera.reference:
                    continue
                error = recentred(joint, curves[name]["mended"]) - recentred(
                    joint, camera.reference[name]
                )
                off_deg = off_plane(view, joint.plane)
                found[joint.plane].append(
                    Series("balance", joint, True, off_deg, view, error, error, view)
                )
    for plane, series in found.items():
        table.add_row(plane.value, coverage(series, None))
    console.print(table)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[SHARED / "synthetic"])
    parser.add_argument("--landmarks", type=Path, help="keeps landmarks between runs")
    parser.add_argument("--balance", type=Path, default=SHARED / "real" / "balance_4cam")
    chosen = parser.parse_args()
    console = Console(width=150)
    clips = load_clips(chosen.folders, chosen.landmarks)
    show([each for clip in clips for each in series_of(clip)], console)
    if chosen.balance.is_dir():
        show_balance(chosen.balance, chosen.landmarks, console)


if __name__ == "__main__":
    main()
