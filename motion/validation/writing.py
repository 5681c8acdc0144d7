"""Writes what a validation found: the tables, the figures, and the page of the docs."""

from pathlib import Path
from typing import Final

import pandas as pd

from motion.report import prepare_folder, replace_file, write_csv
from motion.validation.figures import FIGURES, draw_figures
from motion.validation.gait_found import TABLES
from motion.validation.made_with import write_made_with
from motion.validation.page import write_page
from motion.validation.pooling import summarise
from motion.validation.run import Validation

__all__ = ["round_figures", "write_docs", "write_validation"]

_DECIMALS: Final = 4
_CHECKS: Final = ("recording", "what", "expected", "found")


def round_figures(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows as the CSV holds them, so that a page made of either is the same."""
    return rows.round(_DECIMALS)


def write_validation(found: Validation, folder: Path) -> None:
    """Write ``validation.csv``, ``validation_summary.csv``, ``validation_recordings.csv``.

    Beside them ``validation.json`` says what they were made with, and PNG files show them; of
    walking there are ``gait_events.csv``, ``gait_parameters.csv`` and others
    (:data:`motion.validation.gait_found.TABLES`).

    Raises
    ------
    OutputError
        If a file cannot be written.
    """
    rows = round_figures(found.rows)
    write_csv(rows, folder / "validation.csv")
    write_csv(round_figures(summarise(rows)), folder / "validation_summary.csv")
    write_csv(_checks(found), folder / "validation_recordings.csv")
    for name in TABLES:
        write_csv(round_figures(found.gait.table(name)), folder / f"gait_{name}.csv")
    write_made_with(found.made_with, folder / "validation.json")
    draw_figures(found.compared, rows, folder)


def write_docs(found: Validation, page: Path) -> None:
    """Write the page, and its figures into ``images`` beside it.

    Raises
    ------
    OutputError
        If a file cannot be written.
    """
    rows = round_figures(found.rows)
    images = prepare_folder(page.parent / "images")
    drawn = draw_figures(found.compared, rows, images)
    shown = [f"![{FIGURES[path.name]}](images/{path.name})" for path in drawn]
    gait = {name: round_figures(found.gait.table(name)) for name in TABLES}
    text = write_page(rows, _checks(found), found.made_with, shown, gait)
    with replace_file(page) as partial:
        partial.write_text(text, encoding="utf-8")


def _checks(found: Validation) -> pd.DataFrame:
    return pd.DataFrame(found.checks, columns=list(_CHECKS))
