"""The numbers of a walk: of the whole walk, of each leg, and what was not measured and why."""

import math
from collections.abc import Sequence

import streamlit as st

from dashboard import gait_words, words
from dashboard.components.tables import Cell, LightCell, SourcedCell, show_table
from dashboard.gait_rows import ParameterRow, find_gaps
from motion.clinic.change import is_provisional
from motion.clinic.units import number_text
from motion.gait import find_interval95
from motion.model import Analysis, Gait, Measurement
from motion.norms import GaitNorm

__all__ = ["norm_cell", "show_gait_gaps", "show_numbers"]


def show_numbers(rows: Sequence[ParameterRow], gait: Gait, *, straight_on: bool) -> None:
    """Show the parameters in two tables.

    Parameters
    ----------
    straight_on
        Whether somebody walked as in the studies (:func:`motion.norms.is_like_norms`).
    """
    if not any(math.isfinite(m.value) for row in rows for m in row.measurements):
        st.markdown("No number of walking could be measured in this recording.")
        return
    of_both = [row for row in rows if row.both is not None and math.isfinite(row.both.value)]
    if of_both:
        show_table(
            ("Of the whole walk", "Value", "Typical range", "Number", "Error", "Confidence"),
            [_whole_row(row, row.both) for row in of_both if row.both is not None],
            "Of the whole walk, both legs together",
        )
    of_legs = [row for row in rows if row.of_each_leg and _any_measured(row)]
    if of_legs:
        show_table(
            ("Of each leg", "Left", "Right", "Typical range", "Symmetry", "Number", "Error"),
            [_leg_row(row) for row in of_legs],
            "Of each leg; a left step ends with the left foot's initial contact",
        )
    if not any(row.norm for row in rows):
        st.caption(
            "No typical range stands beside these numbers: "
            + (
                "none is held here for this age and sex, or one of the two is not in the patient's "
                "details. There is none for children."
                if straight_on
                else "the published ones are of walking straight on over the floor."
            )
        )
    st.caption(gait_words.scale_text(gait.scale.source))
    st.caption(
        "Number: of how many steps or strides the mean is, left and right; under it their spread, "
        "one standard deviation (SD). 95 % interval: where the mean of these strides "
        "lies; it holds no error of the camera. Error: the standard error of one measurement, "
        "and under it the smallest change between two takes that can be told from error. "
        "Symmetry: the larger side divided by the smaller, 1.00 is equal; under it the "
        "difference as a share of the mean."
    )


def _any_measured(row: ParameterRow) -> bool:
    return any(math.isfinite(m.value) for m in (row.left, row.right) if m is not None)


def _whole_row(row: ParameterRow, m: Measurement) -> list[Cell]:
    return [
        gait_words.parameter_title(row.measure),
        _value_cell(m),
        norm_cell(row.norm),
        (str(m.n_repetitions), _spread(m)),
        _error_cell(m),
        LightCell(words.verdict(m.verdict), m.note),
    ]


def _leg_row(row: ParameterRow) -> list[Cell]:
    both = (row.left, row.right)
    return [
        gait_words.parameter_title(row.measure),
        *(_value_cell(m) for m in both),
        norm_cell(row.norm),
        _symmetry_cell(row),
        (
            " · ".join(str(m.n_repetitions) if m else "–" for m in both),
            " · ".join(_spread(m) if m else "–" for m in both),
        ),
        _error_cell(next(m for m in both if m is not None and math.isfinite(m.value))),
    ]


def _value_cell(m: Measurement | None) -> Cell:
    if m is None:
        return "–"
    low, high = find_interval95(m)
    said = [gait_words.few_text(m)]
    if math.isfinite(low):
        said.append(f"95\N{NO-BREAK SPACE}% interval {gait_words.range_text(low, high, m.unit)}")
    if not math.isfinite(m.value):
        return words.NOT_MEASURED
    return number_text(m.value, m.unit), "; ".join(part for part in said if part)


def norm_cell(norm: GaitNorm | None) -> Cell:
    """Return a published value as a cell with its source."""
    if norm is None:
        return "–"
    if norm.has_range:
        text = gait_words.range_text(norm.low, norm.high, norm.unit)
    else:
        text = number_text(norm.value, norm.unit)
    hover = f"{norm.source}. {norm.note}" if norm.note else norm.source
    return SourcedCell(text, hover, norm.label)


def _symmetry_cell(row: ParameterRow) -> Cell:
    if row.ratio is None or not math.isfinite(row.ratio.value):
        return "–"
    under = ""
    if row.index is not None and math.isfinite(row.index.value):
        under = f"difference {number_text(row.index.value, '%')}"
    return number_text(row.ratio.value, row.ratio.unit), under


def _spread(m: Measurement) -> str:
    return f"± {number_text(m.sd, m.unit)}" if math.isfinite(m.sd) else "–"


def _error_cell(m: Measurement) -> Cell:
    if not math.isfinite(m.sem):
        return "–", "no error figure"
    under = f"smallest change {number_text(m.mdc95, m.unit)}"
    source = "provisional error figure" if is_provisional(m.mdc_source) else m.mdc_source
    return SourcedCell(f"± {number_text(m.sem, m.unit)}", source, f"{under}; {source}")


def show_gait_gaps(analysis: Analysis, gait: Gait) -> None:
    """Say what of the walk was not measured or does not count, each reason once."""
    lines = [
        f"**{words.plain(why[:1].upper() + why[1:])}.** {words.plain('; '.join(map(_named, of)))}."
        for why, of in find_gaps(analysis.measurements)
    ]
    for title, reasons in (
        ("Strides", [s.left_out for s in gait.strides]),
        ("Steps", [s.left_out for s in gait.steps]),
    ):
        counted = gait_words.count_reasons(reasons)
        if counted:
            listed = words.plain("; ".join(counted))
            lines.append(f"**{title} that are in no mean.** {listed}.")
    if lines:
        st.subheader("What was not measured, and why")
        st.markdown("\n".join(f"- {line}" for line in lines))


def _named(m: Measurement) -> str:
    side = words.side_title(m.side).lower()
    title = gait_words.parameter_title(m.measure)
    return title if side == "both sides" else f"{title}, {side}"
