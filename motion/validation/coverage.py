"""How often the truth lies within what the product states."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import binomtest

from motion.model import FloatArray

__all__ = ["COVERAGES", "Coverage", "cover"]

COVERAGES: Final = ("mdc95_frames", "mdc95_repetitions", "band95_frames", "band95_repetitions")
"""What is stated, and over what the errors are counted: the stems of the columns."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """``inside`` of ``n`` errors that are no larger than what was stated for them."""

    inside: int
    n: int

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(self.inside + other.inside, self.n + other.n)

    @property
    def share(self) -> float:
        """The share inside; NaN of nothing."""
        return self.inside / self.n if self.n else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share after Wilson; NaN of nothing.

        It takes the errors as independent. Frames of one curve are not, so that of frames is
        too narrow; repetitions of a rendered clip are alike too.

        References
        ----------
        .. [1] Wilson 1927, J Am Stat Assoc 22:209.
        """
        if not self.n:
            return float("nan"), float("nan")
        found = binomtest(self.inside, self.n).proportion_ci(method="wilson")
        return float(found.low), float(found.high)


def cover(error_deg: FloatArray, stated_deg: FloatArray | float) -> Coverage:
    """Count errors ``(n,)`` within ``stated_deg``, one for all or ``(n,)``; NaN is left out."""
    stated = np.broadcast_to(np.asarray(stated_deg, dtype=float), np.shape(error_deg))
    known = np.isfinite(error_deg) & np.isfinite(stated)
    inside = np.abs(error_deg[known]) <= stated[known]
    return Coverage(int(np.sum(inside)), int(np.sum(known)))
