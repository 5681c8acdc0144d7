"""A Bland-Altman plot as SVG: a dozen shapes, so no plotting library is needed for it."""

import math
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

import numpy as np

from motion.agreement import Agreement
from motion.model import RealArray
from motion.report.files import replace_file

__all__ = ["draw_bland_altman", "write_bland_altman"]

_WIDTH: Final = 720
_HEIGHT: Final = 440
_LEFT: Final = 70
_RIGHT: Final = 200
_TOP: Final = 50
_BOTTOM: Final = 60
_STEPS: Final = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)


@dataclass(frozen=True, slots=True)
class _Axis:
    """From degrees to the picture."""

    low: float
    high: float
    start_px: float
    end_px: float

    def at(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.start_px + share * (self.end_px - self.start_px), 1)

    def ticks(self) -> list[float]:
        step = next((s for s in _STEPS if (self.high - self.low) / s <= 8), _STEPS[-1])
        first = math.ceil(self.low / step)
        return [step * n for n in range(first, math.floor(self.high / step) + 1)]


def draw_bland_altman(
    mean_deg: RealArray,
    difference_deg: RealArray,
    agreement: Agreement,
    title: str,
    difference_title: str,
) -> str:
    """Return the plot of differences over means, with bias, limits and their 95 % intervals.

    Parameters
    ----------
    mean_deg, difference_deg
        ``(n,)``, finite.
    agreement
        Of the same differences (:func:`motion.agreement.describe_agreement`).
    title, difference_title
        What is shown, and what was taken from what.

    References
    ----------
    .. [1] Bland & Altman 1986, Lancet 327:307; 1999, Stat Methods Med Res 8:135.
    """
    lines = (
        ("upper limit", agreement.loa_high, agreement.loa_high_ci),
        ("bias", agreement.bias, agreement.bias_ci),
        ("lower limit", agreement.loa_low, agreement.loa_low_ci),
    )
    known = [(name, at, ends) for name, at, ends in lines if math.isfinite(at)]
    edges = [edge for _, at, ends in known for edge in (at, ends.low, ends.high)]
    across = _axis([float(x) for x in mean_deg], _LEFT, _WIDTH - _RIGHT)
    upward = _axis([0.0, *map(float, difference_deg), *edges], _HEIGHT - _BOTTOM, _TOP)
    parts = _frame(across, upward, title, difference_title)
    for name, at, ends in known:
        if math.isfinite(ends.low):
            top, bottom = upward.at(ends.high), upward.at(ends.low)
            parts.append(
                f'<rect class="interval" x="{_LEFT}" width="{_WIDTH - _LEFT - _RIGHT}"'
                f' y="{top}" height="{round(bottom - top, 1)}"/>'
            )
        dash = "" if name == "bias" else ' stroke-dasharray="7 5"'
        y = upward.at(at)
        parts.append(
            f'<line class="found" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}"{dash}/>'
            f'<text x="{_WIDTH - _RIGHT + 8}" y="{y + 5}">{name} {_signed(at)}</text>'
        )
    parts += [
        f'<circle cx="{across.at(float(x))}" cy="{upward.at(float(y))}" r="5"/>'
        for x, y in zip(mean_deg, difference_deg, strict=True)
    ]
    return "\n".join([*parts, "</svg>", ""])


def write_bland_altman(svg: str, path: Path) -> None:
    """Write a plot whole or not at all.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    with replace_file(path) as partial:
        partial.write_text(svg, encoding="utf-8")


def _axis(values: list[float], start_px: float, end_px: float) -> _Axis:
    finite = [value for value in values if np.isfinite(value)]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    room = max(1.0, 0.08 * (high - low))
    return _Axis(low - room, high + room, start_px, end_px)


def _signed(value: float) -> str:
    return f"{round(value):+d}°"


def _frame(across: _Axis, upward: _Axis, title: str, difference_title: str) -> list[str]:
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    middle = (_LEFT + right) / 2
    zero = upward.at(0.0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        f' width="{_WIDTH}" height="{_HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        "<style>text{font:14px sans-serif;fill:#1d2a2a}.axis{stroke:#7d8a8a}"
        ".found{stroke:#0f8f83;stroke-width:2}.interval{fill:#0f8f83;opacity:.14}"
        "circle{fill:#c2691c;fill-opacity:.75;stroke:#fff}</style>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="26" style="font-weight:bold">{escape(title)}</text>',
        f'<line class="axis" x1="{_LEFT}" x2="{right}" y1="{zero}" y2="{zero}"/>',
        f'<line class="axis" x1="{_LEFT}" x2="{_LEFT}" y1="{_TOP}" y2="{bottom}"/>',
        f'<line class="axis" x1="{_LEFT}" x2="{right}" y1="{bottom}" y2="{bottom}"/>',
        f'<text x="{middle}" y="{_HEIGHT - 16}" text-anchor="middle">Mean of the two (°)</text>',
        f'<text x="20" y="{(_TOP + bottom) / 2}" text-anchor="middle"'
        f' transform="rotate(-90 20 {(_TOP + bottom) / 2})">{escape(difference_title)} (°)</text>',
    ]
    parts += [
        f'<text x="{across.at(tick)}" y="{bottom + 20}" text-anchor="middle">{tick:.0f}</text>'
        for tick in across.ticks()
    ]
    parts += [
        f'<text x="{_LEFT - 8}" y="{upward.at(tick) + 5}" text-anchor="end">{tick:.0f}</text>'
        for tick in upward.ticks()
    ]
    return parts
