"""Draws a sway as a PNG file: over time, and from above with its ellipse where both axes exist."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from motion.balance import Sway, prediction_ellipse
from motion.report.files import replace_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_sway"]

_COLOURS: Final = ("#0072b2", "#d55e00")  # told apart by the colour-blind too
_GREY: Final = "#777777"
_UNITS: Final = {"mm": "mm", "height": "fraction of the body's height"}


def draw_sway(sway: Sway, path: Path) -> None:
    """Draw a sway and write it.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    from matplotlib.figure import Figure

    both = len(sway.axes) == 2
    figure = Figure(figsize=(9.0 if both else 6.0, 3.4), layout="constrained")
    panels = figure.subplots(1, 2 if both else 1, squeeze=False, width_ratios=[2, 1][: 1 + both])[0]
    _draw_over_time(panels[0], sway)
    if both:
        _draw_from_above(panels[1], sway)
    for panel in panels:
        panel.spines[["top", "right"]].set_visible(False)
        panel.tick_params(labelsize=8)
    _save(figure, path)


def _draw_over_time(panel: "Axes", sway: Sway) -> None:
    for place, axis in enumerate(sway.axes):
        line = sway.about_mean[:, place]
        panel.plot(sway.series.time_s, line, color=_COLOURS[place], linewidth=0.8, label=axis)
    panel.set_xlabel("Time in seconds (s)")
    panel.set_ylabel(f"From the mean ({_UNITS[sway.unit]})")
    panel.legend(frameon=False, fontsize=8, loc="upper right")


def _draw_from_above(panel: "Axes", sway: Sway) -> None:
    first, second = sway.about_mean.T
    panel.plot(first, second, color=_GREY, linewidth=0.5)
    ellipse = prediction_ellipse(sway.series.values)
    turn = 2.0 * np.pi * np.linspace(0.0, 1.0, 200)
    along, across = ellipse.half_long * np.cos(turn), ellipse.half_short * np.sin(turn)
    angle = np.radians(ellipse.angle_deg)
    panel.plot(
        along * np.cos(angle) - across * np.sin(angle),
        along * np.sin(angle) + across * np.cos(angle),
        color=_COLOURS[0],
        linewidth=1.2,
    )
    panel.set_aspect("equal", adjustable="datalim")
    panel.set_xlabel(f"{sway.axes[0]} ({_UNITS[sway.unit]})")
    panel.set_ylabel(f"{sway.axes[1]} ({_UNITS[sway.unit]})")
    panel.set_title("95 % prediction ellipse", fontsize=8)


def _save(figure: "Figure", path: Path) -> None:
    with replace_file(path) as partial:
        figure.savefig(partial, dpi=120, metadata={"Software": None})
