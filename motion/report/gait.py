"""The tables of a walk: its events, its parameters beside published values, its cycles."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pandas as pd

from motion.gait import cut_cycles, find_interval95
from motion.model import GAIT, Analysis, Measurement
from motion.norms import GaitNorm, Subject, find_gait_norm, gate_scores
from motion.report.tables import round_cells

__all__ = [
    "GAIT_CYCLE_COLUMNS",
    "GAIT_EVENT_COLUMNS",
    "GAIT_PARAMETER_COLUMNS",
    "gait_cycles_table",
    "gait_events_table",
    "gait_parameters_table",
]

GAIT_EVENT_COLUMNS: Final = ("time_s", "side", "event", "confidence", "walk", "left_out", "origin")
GAIT_PARAMETER_COLUMNS: Final = (
    "parameter", "side", "mean", "sd", "n", "unit", "ci95_low", "ci95_high", "sem", "mdc95",
    "mdc_source", "confidence", "verdict", "norm_low", "norm_high", "norm_source", "note",
    "norm_mean",
)  # fmt: skip
GAIT_CYCLE_COLUMNS: Final = ("side", "cycle", "percent", "angle", "angle_deg", "left_out")

_DECIMALS: Final = 4


def gait_events_table(analysis: Analysis) -> pd.DataFrame:
    """Return one row per initial contact and foot off, in order of time."""
    rows = [
        {name: getattr(event, name) for name in GAIT_EVENT_COLUMNS} for event in analysis.events
    ]
    return _table(rows, GAIT_EVENT_COLUMNS)


def gait_parameters_table(
    analysis: Analysis, norms: Iterable[GaitNorm] = (), subject: Subject | None = None
) -> pd.DataFrame:
    """Return one row per parameter and side, with its error and what is published of it.

    A distance from the reference curves is as certain as they fit the person, and not given of a
    child (:func:`motion.norms.gate_scores`).

    Parameters
    ----------
    analysis
        Of a walk.
    norms
        Published values (:func:`motion.library.load_gait_norms`).
    subject
        Who walked; without age and sex no published value fits, nor on a treadmill or in a test
        with a turn.
    """
    published, made_with = tuple(norms), dict(analysis.provenance.settings)
    rows = [
        _parameter_row(each, find_gait_norm(published, each.measure, subject, made_with))
        for each in gate_scores(analysis.measurements, subject.ages_y if subject else ())
        if each.joint == GAIT
    ]
    return _table(rows, GAIT_PARAMETER_COLUMNS)


def _parameter_row(measurement: Measurement, norm: GaitNorm | None) -> dict[str, Any]:
    low, high = find_interval95(measurement)
    return {
        "parameter": measurement.measure,
        "mean": measurement.value,
        "n": measurement.n_repetitions,
        "ci95_low": low,
        "ci95_high": high,
        "norm_low": norm.low if norm else None,
        "norm_high": norm.high if norm else None,
        "norm_source": norm.source if norm else "",
        "norm_mean": norm.value if norm else None,
        **{
            name: getattr(measurement, name)
            for name in GAIT_PARAMETER_COLUMNS
            if hasattr(measurement, name)
        },
    }


def gait_cycles_table(analysis: Analysis) -> pd.DataFrame:
    """Return one row per side, stride, angle and percent of the cycle."""
    strides = analysis.gait.strides if analysis.gait else ()
    parts = [
        pd.DataFrame(
            {
                "side": str(each.side),
                "cycle": each.cycle,
                "percent": each.percent.astype(int),
                "angle": each.angle,
                "angle_deg": np.round(each.angle_deg, 2) + 0.0,
                "left_out": each.left_out,
            }
        )
        for each in cut_cycles(analysis.angles, strides)
    ]
    if not parts:
        return pd.DataFrame(columns=list(GAIT_CYCLE_COLUMNS))
    return pd.concat(parts, ignore_index=True)


def _table(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame([round_cells(row, _DECIMALS) for row in rows], columns=list(columns))
