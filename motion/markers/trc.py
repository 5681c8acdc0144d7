"""Reads TRC files: OpenSim's text tables of markers."""

from pathlib import Path
from typing import Final

import numpy as np

from motion.errors import SourceError
from motion.markers.opensim_text import even_times, number, read_lines, to_numbers
from motion.markers.recording import MarkerRecording

__all__ = ["read_trc"]

_TO_M: Final = {"mm": 1e-3, "cm": 1e-2, "m": 1.0}
_KIND: Final = "a TRC file (OpenSim's table of markers)"


def read_trc(path: Path) -> MarkerRecording:
    """Read the markers of a TRC file.

    The head names the rate and the unit; below it stand a row of names, each over its three
    columns, and one row for each frame. Empty cells are missing, and so is a marker that lies
    exactly at the origin. The format does not say which way is up (OpenSim's own is y).

    Raises
    ------
    SourceError
        If the file cannot be read or is no such table.
    """
    lines, whole = read_lines(path, _KIND)
    if len(lines) < 5 or not lines[0].startswith("PathFileType"):
        msg = f"{path}: does not begin as {_KIND} does; export the trial as TRC"
        raise SourceError(msg)
    said = dict(zip(lines[1].split(), lines[2].split(), strict=False))
    rate_hz = number(path, "DataRate", said.get("DataRate", ""))
    unit = said.get("Units", "").lower()
    if unit not in _TO_M:
        msg = f"{path}: Units must be one of {', '.join(_TO_M)}, got {unit!r}"
        raise SourceError(msg)
    names = tuple(name.strip() for name in lines[3].split("\t")[2:] if name.strip())
    rows = [line.split("\t") for line in lines[5:] if line.strip()]
    width = 2 + 3 * len(names)
    if rows and not whole and len(rows[-1]) < width:
        rows = rows[:-1]  # its last number may have lost digits
    if not rows or not names:
        msg = f"{path}: no markers below the head; export the trial as TRC"
        raise SourceError(msg)
    values = to_numbers(path, rows, width)
    time_s = even_times(path, [row[1] for row in rows], rate_hz)
    position = values[:, 2:].reshape(len(values), len(names), 3) * _TO_M[unit]
    seen = np.all(np.isfinite(position), axis=2) & np.any(position != 0, axis=2)
    return MarkerRecording(
        time_s=time_s - time_s[0],
        names=names,
        position_m=np.where(seen[..., None], position, np.nan),
        rate_hz=rate_hz,
        origin_s=float(time_s[0]),
        source_format="trc",
        warnings=_missing_frames(said.get("NumFrames", ""), len(rows)),
    )


def _missing_frames(promised: str, read_n: int) -> tuple[str, ...]:
    if not promised.isdecimal() or int(promised) <= read_n:
        return ()
    return (f"The file ends early: {read_n} of its {promised} frames were read.",)
