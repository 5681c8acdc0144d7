"""Reads MOT and STO files: OpenSim's text tables of coordinates, forces and moments over time."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from motion.errors import SourceError
from motion.markers.opensim_text import read_lines, to_numbers
from motion.model import FloatArray

__all__ = ["MotionTable", "read_mot"]

_KIND: Final = "a MOT or STO file (OpenSim's table of motion)"
_END: Final = "endheader"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MotionTable:
    """Named columns over time, in the file's own units and signs.

    Parameters
    ----------
    time_s
        ``(n,)`` as in the file.
    columns
        ``k`` names.
    values
        ``(n, k)``; NaN where the file has none.
    in_degrees
        Whether rotations are in degrees; in radians otherwise.
    """

    time_s: FloatArray
    columns: tuple[str, ...]
    values: FloatArray
    in_degrees: bool

    def __getitem__(self, column: str) -> FloatArray:
        """Return the ``(n,)`` values of one column."""
        return np.asarray(self.values[:, self.columns.index(column)])


def read_mot(path: Path) -> MotionTable:
    """Read a table of motion.

    A head of ``name=value`` lines ends at ``endheader``; a row of names and the rows of numbers
    follow, the time first.

    Raises
    ------
    SourceError
        If the file cannot be read or is no such table.
    """
    lines, _ = read_lines(path, _KIND)
    ends = [at for at, line in enumerate(lines) if line.strip().lower() == _END]
    table = [line.split() for line in lines[ends[0] + 1 :] if line.strip()] if ends else []
    if not table or table[0][0].lower() != "time":
        msg = f"{path}: no row of names from 'time' on below 'endheader'; expected {_KIND}"
        raise SourceError(msg)
    said = dict(line.lower().replace(" ", "").partition("=")[::2] for line in lines[: ends[0]])
    names, *rows = table
    values = to_numbers(path, rows, len(names))
    if not len(values) or not np.all(np.isfinite(values[:, 0])):
        msg = f"{path}: rows without a time, or none; export the table again"
        raise SourceError(msg)
    return MotionTable(
        time_s=values[:, 0],
        columns=tuple(names[1:]),
        values=values[:, 1:],
        in_degrees=said.get("indegrees", "no") == "yes",
    )
