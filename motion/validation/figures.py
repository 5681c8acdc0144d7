"""Draws the figures of a validation as PNG files, without a browser or a screen."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from motion.agreement import describe_agreement
from motion.report import replace_file
from motion.validation.comparing import Compared
from motion.validation.coverage import Coverage
from motion.validation.groups import FACTORS, compare_groups
from motion.validation.pooling import STRAIGHT, pooled_coverage
from motion.validation.ways import PRODUCT, WAYS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["FIGURES", "draw_figures"]

FIGURES: Final = {
    "validation_agreement.png": "Error against the true angle, straight views",
    "validation_yaw.png": "Mean absolute error by how far the camera stood off the angle's plane",
    "validation_coverage.png": "How often the truth lies within the stated 95 % band",
    "validation_groups.png": "Mean absolute error of groups that differ in one thing only",
}
"""The files, and what each shows."""

_BLUE, _ORANGE, _GREY = "#0072b2", "#d55e00", "#777777"  # told apart by the colour-blind too
_DPI: Final = 90
_MOST_POINTS: Final = 700
_LEAST_SHARE: Final = 0.7
_COLUMNS: Final = 3


def draw_figures(compared: Sequence[Compared], rows: pd.DataFrame, folder: Path) -> list[Path]:
    """Draw every figure for which there is something to show, and return the files.

    Parameters
    ----------
    compared
        The curves of the run.
    rows
        Their figures, one row for each in the same order, with ``off_class``.
    folder
        Where to.

    Raises
    ------
    OutputError
        If a file cannot be written.
    """
    drawn = {
        "validation_agreement.png": _draw_agreement(compared, rows),
        "validation_yaw.png": _draw_yaw(rows),
        "validation_coverage.png": _draw_coverage(rows),
        "validation_groups.png": _draw_groups(rows),
    }
    paths = []
    for name, figure in drawn.items():
        if figure is None:
            (folder / name).unlink(missing_ok=True)  # an earlier run's would show other clips
            continue
        with replace_file(folder / name) as partial:
            figure.savefig(
                partial, dpi=_DPI, metadata={"Software": None}, pil_kwargs={"optimize": True}
            )
        paths.append(folder / name)
    return paths


def _make_figure(panels_n: int, height: float = 2.6) -> tuple["Figure", list["Axes"]]:
    """Return a figure with a grid of panels; it belongs to no window and no global state."""
    from matplotlib.figure import Figure

    rows_n = -(-panels_n // _COLUMNS)
    columns_n = min(panels_n, _COLUMNS)
    figure = Figure(figsize=(3.3 * columns_n, height * rows_n), layout="constrained")
    axes = figure.subplots(rows_n, columns_n, squeeze=False).ravel()
    for unused in axes[panels_n:]:
        unused.set_axis_off()
    for axis in axes[:panels_n]:
        axis.tick_params(labelsize=7)
        axis.spines[["top", "right"]].set_visible(False)
    return figure, list(axes[:panels_n])


def _title(angle: str) -> str:
    return angle.replace("_", " ").capitalize()


def _of_product(rows: pd.DataFrame) -> pd.DataFrame:
    wanted = (rows["way"] == PRODUCT) & (rows["truth"] == "rendered") & rows["moving"]
    return rows[wanted & (rows["n"] > 0)]


def _draw_agreement(compared: Sequence[Compared], rows: pd.DataFrame) -> "Figure | None":
    """Draw result less truth against the truth, which is exact here (Krouwer 2008)."""
    chosen = _of_product(rows)
    chosen = chosen[(chosen["off_class"] == STRAIGHT) & (chosen["limb"] != "far")]
    angles = sorted(chosen["angle"].unique())
    if not angles:
        return None
    figure, axes = _make_figure(len(angles))
    for axis, angle in zip(axes, angles, strict=True):
        for held_out, colour in ((False, _BLUE), (True, _ORANGE)):
            part = chosen[(chosen["angle"] == angle) & (chosen["held_out"] == held_out)]
            curves = [compared[index] for index in part.index]
            true_deg = np.concatenate([c.true_deg for c in curves]) if curves else np.zeros(0)
            found_deg = np.concatenate([c.result_deg for c in curves]) if curves else np.zeros(0)
            _scatter(axis, true_deg, found_deg, colour, "held out" if held_out else "other bodies")
        curves = [compared[index] for index in chosen.index[chosen["angle"] == angle]]
        limits = _draw_limits(axis, curves)
        axis.set_title(f"{_title(angle)}\n{limits}", fontsize=8)
        axis.set_xlabel("true angle, degrees", fontsize=7)
        axis.set_ylabel("result less truth", fontsize=7)
    if set(chosen["held_out"]) == {False, True}:
        handles, labels = axes[0].get_legend_handles_labels()
        figure.legend(
            handles, labels, loc="outside lower center", ncols=2, fontsize=7, markerscale=4.0
        )
    return figure


def _scatter(axis: "Axes", true_deg: Any, found_deg: Any, colour: str, label: str) -> None:
    step = max(1, len(true_deg) // _MOST_POINTS)
    error_deg = (found_deg - true_deg)[::step]
    axis.scatter(true_deg[::step], error_deg, s=3, c=colour, alpha=0.35, linewidths=0, label=label)


def _draw_limits(axis: "Axes", curves: Sequence[Compared]) -> str:
    """Draw bias and limits of agreement, and return them in words."""
    agreement = describe_agreement(
        np.concatenate([c.result_deg for c in curves]), np.concatenate([c.true_deg for c in curves])
    )
    axis.axhline(0.0, color=_GREY, linewidth=0.5)
    axis.axhline(agreement.bias, color="black", linewidth=1.0)
    for limit in (agreement.loa_low, agreement.loa_high):
        axis.axhline(limit, color="black", linewidth=0.8, linestyle="--")
    return f"{agreement.bias:+.1f} ({agreement.loa_low:+.1f} to {agreement.loa_high:+.1f})"


def _draw_yaw(rows: pd.DataFrame) -> "Figure | None":
    chosen = rows[(rows["truth"] == "rendered") & rows["moving"] & (rows["n"] > 0)]
    chosen = chosen[(chosen["limb"] != "far") & chosen["off_plane_deg"].notna()]
    angles = [
        angle
        for angle in sorted(chosen["angle"].unique())
        if len(set(chosen.loc[chosen["angle"] == angle, "off_class"])) > 1
    ]
    if not angles:
        return None
    figure, axes = _make_figure(len(angles))
    for axis, angle in zip(axes, angles, strict=True):
        part = chosen[chosen["angle"] == angle]
        for way, colour in ((WAYS[1].name, _GREY), (PRODUCT, _BLUE)):  # ours lies on top
            of_way = part[part["way"] == way]
            axis.scatter(of_way["off_plane_deg"], of_way["mae_deg"], s=9, c=colour, label=way)
            means = of_way.groupby("off_class")[["off_plane_deg", "mae_deg"]].mean()
            means = means.sort_values("off_plane_deg")
            across, up = means["off_plane_deg"].to_numpy(), means["mae_deg"].to_numpy()
            axis.plot(across, up, color=colour, linewidth=1.0)
        axis.set_ylim(bottom=0.0)
        axis.set_title(_title(angle), fontsize=9)
        axis.set_xlabel("camera off the plane, degrees", fontsize=7)
        axis.set_ylabel("mean absolute error", fontsize=7)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(WAYS), fontsize=7)
    return figure


def _draw_coverage(rows: pd.DataFrame) -> "Figure | None":
    chosen = _of_product(rows)
    chosen = chosen[(chosen["limb"] != "far") & (chosen["band95_frames_n"] > 0)]
    angles = sorted(chosen["angle"].unique(), reverse=True)
    if not angles:
        return None
    figure, (axis, *_) = _make_figure(1, height=0.5 + 0.32 * len(angles))
    figure.set_figwidth(6.6)
    axis.axvspan(0.93, 0.97, color="#dddddd")
    kinds = (
        ("band95_frames", _BLUE, 0.12, "frames"),
        ("band95_repetitions", _ORANGE, -0.12, "repetitions"),
    )
    for name, colour, shift, label in kinds:
        for height, angle in enumerate(angles):
            found = pooled_coverage(chosen[chosen["angle"] == angle], name)
            if found.n:
                _draw_share(axis, found, height + shift, colour)
        axis.plot([], [], "o-", color=colour, markersize=4, label=label)
    axis.set_yticks(range(len(angles)), [_title(angle) for angle in angles], fontsize=7)
    axis.set_xlim(min(_LEAST_SHARE, axis.get_xlim()[0]), 1.01)
    axis.set_xlabel("share within the stated 95 % band (grey: 93 to 97 %)", fontsize=7)
    figure.legend(loc="outside upper center", ncols=2, fontsize=7)
    return figure


def _draw_share(axis: "Axes", found: Coverage, height: float, colour: str) -> None:
    low, high = found.interval
    axis.plot([low, high], [height, height], color=colour, linewidth=1.2)
    axis.plot([found.share], [height], "o", color=colour, markersize=4)


def _draw_groups(rows: pd.DataFrame) -> "Figure | None":
    figures = compare_groups(rows)
    factors = [factor for factor in FACTORS if any(f.factor == factor for f in figures)]
    if not factors:
        return None
    figure, axes = _make_figure(len(factors))
    for axis, factor in zip(axes, factors, strict=True):
        of_factor = [f for f in figures if f.factor == factor]
        angles = list(dict.fromkeys(f.angle for f in of_factor))[::-1]
        for level in sorted({f.level for f in of_factor}):
            points = [(f.mae_deg, angles.index(f.angle)) for f in of_factor if f.level == level]
            across, up = zip(*points, strict=True)
            axis.scatter(across, up, s=16, label=level, alpha=0.8)
        axis.set_yticks(range(len(angles)), [_title(angle) for angle in angles], fontsize=7)
        axis.set_xlim(left=0.0)
        axis.set_title(FACTORS[factor].capitalize(), fontsize=9)
        axis.set_xlabel("mean absolute error, degrees", fontsize=7)
        axis.legend(fontsize=7)
    return figure
