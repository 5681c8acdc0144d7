"""A series on a uniform time grid: the only thing that a filter accepts."""

from dataclasses import dataclass

import numpy as np

from motion.model.poses import FloatArray

__all__ = ["UniformSeries"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UniformSeries:
    """Values at ``start_s + i / rate_hz``; a filter refuses anything less regular.

    Parameters
    ----------
    start_s
        Time of the first row.
    rate_hz
        Rows per second, positive.
    values
        ``(n, ...)``; NaN where nothing was measured.
    """

    start_s: float
    rate_hz: float
    values: FloatArray

    def __post_init__(self) -> None:
        if not self.rate_hz > 0:
            msg = f"rate_hz must be positive, got {self.rate_hz}"
            raise ValueError(msg)
        values = np.array(self.values, dtype=np.float64)
        values.flags.writeable = False
        object.__setattr__(self, "values", values)

    def __len__(self) -> int:
        return len(self.values)

    @property
    def time_s(self) -> FloatArray:
        """``(n,)`` the time of each row."""
        return self.start_s + np.arange(len(self.values)) / self.rate_hz

    def with_values(self, values: FloatArray) -> "UniformSeries":
        """Return the same grid with other values."""
        return UniformSeries(start_s=self.start_s, rate_hz=self.rate_hz, values=values)
