"""Left beside right: the last comparable number of each side, and how far they are apart."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.drawn_lines import list_quantities
from motion.clinic import TakeSummary
from motion.clinic.change import figures_for, is_judged, is_provisional
from motion.clinic.other_side import find_other_side
from motion.clinic.progress import Quantity
from motion.model import Measurement, Side

__all__ = ["SidePair", "list_side_pairs"]

_SIDED = (Side.LEFT, Side.RIGHT)

_Reading = tuple[TakeSummary, Measurement]


@dataclass(frozen=True, slots=True, kw_only=True)
class SidePair:
    """One number of both sides.

    ``mdc95`` is the larger of the two; NaN where neither has one, or where one number rests on
    landmarks placed by hand.
    """

    left: _Reading
    right: _Reading
    mdc95: float
    provisional: bool

    @property
    def measurement(self) -> Measurement:
        """What names the number and its unit."""
        return self.left[1]

    @property
    def difference(self) -> float:
        """Left less right, in the number's own unit."""
        return self.left[1].value - self.right[1].value

    @property
    def beyond_error(self) -> bool:
        """Whether the sides differ by more than the error; False where none is known."""
        return abs(self.difference) >= self.mdc95


def list_side_pairs(takes: Iterable[TakeSummary]) -> tuple[SidePair, ...]:
    """Return every number that both sides have from comparable takes, the last measured first.

    Parameters
    ----------
    takes
        The newest first.
    """
    known = tuple(takes)
    pairs: dict[tuple[str, str, str], SidePair] = {}
    for quantity in list_quantities(known):
        measure, joint, motion, side = quantity
        if side not in _SIDED or (measure, joint, motion) in pairs:
            continue
        pair = _pair_of(known, quantity)
        if pair is not None:
            pairs[measure, joint, motion] = pair
    return tuple(pairs.values())


def _pair_of(takes: tuple[TakeSummary, ...], quantity: Quantity) -> SidePair | None:
    """Return the last number of a side beside the other side's; None where there is no such."""
    for take, m in _readings(takes, quantity):
        other = find_other_side(takes, take, m)
        if other is not None:
            own, theirs = (take, m), (other.take, other.measurement)
            left, right = (own, theirs) if m.side is Side.LEFT else (theirs, own)
            return _to_pair(left, right)
    return None


def _readings(takes: tuple[TakeSummary, ...], quantity: Quantity) -> Iterable[_Reading]:
    for take in takes:
        if take.excluded_reason is None:
            for m in take.measurements:
                if (m.measure, m.joint, m.motion, m.side) == quantity and is_judged(m):
                    yield take, m


def _to_pair(left: _Reading, right: _Reading) -> SidePair:
    figure = max(figures_for(left[1], right[1]), key=lambda m: m.mdc95, default=None)
    return SidePair(
        left=left,
        right=right,
        mdc95=math.nan if figure is None else figure.mdc95,
        provisional=figure is not None and is_provisional(figure.mdc_source),
    )
