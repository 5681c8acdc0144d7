"""``motion validate``: recordings with known answers in, tables, figures and a page out."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from motion.pipeline import ProgressReport
from motion.report import prepare_folder
from motion.validation import (
    Validation,
    find_folder,
    tabulate_angles,
    tabulate_gait,
    tabulate_gait_goals,
    tabulate_groups,
    tabulate_real,
    tabulate_variants,
    validate,
    write_docs,
    write_validation,
)

__all__ = ["run_validation", "show_validation"]

_NARROWEST = 160
"""Columns that the tables need; a pipe has no width of its own."""

_WHOLE = ("angle", "motion", "limits", "body, skin, light", "event", "source")


def run_validation(
    folders: Sequence[Path],
    out: Path,
    landmarks: Path | None,
    page: Path | None,
    on_progress: ProgressReport,
) -> Validation:
    """Measure every recording with known answers; write the tables, the figures and the page.

    Raises
    ------
    InputError
        If nothing could be measured, or a folder is not there.
    OutputError
        If a file cannot be written.
    """
    chosen = [find_folder(folder) for folder in folders] or [find_folder(None)]
    prepare_folder(out)
    found = validate(chosen, landmarks, on_progress)
    write_validation(found, out)
    if page is not None:
        write_docs(found, page)
    return found


def show_validation(found: Validation, out: Path) -> None:
    """Print the compact tables; every figure stands in the CSV."""
    console = Console(file=sys.stdout)
    if console.width < _NARROWEST:
        console = Console(file=sys.stdout, width=_NARROWEST)
    rows = found.rows
    title = "Moving angles of rendered clips, degrees; result less truth"
    _print(console, f"{title}: variants", tabulate_variants(rows))
    _print(console, title, tabulate_angles(rows))
    _print(console, "Groups of people: clips that differ in one thing only", tabulate_groups(rows))
    _print(console, "Real recordings: angles", tabulate_real(rows))
    _print(console, "Real recordings: what else is known", found.checks)
    gait = found.gait.tables
    _print(console, "Walking: events, milliseconds; found less true", tabulate_gait(gait))
    _print(console, "Walking: goals", tabulate_gait_goals(gait))
    console.print(f"{rows['clip'].nunique()} recordings; every figure is in {out}/validation.csv")


def _print(console: Console, title: str, lines: Sequence[dict[str, Any]]) -> None:
    if not lines:
        return
    table = Table(title=title, title_justify="left")
    for heading in lines[0]:
        table.add_column(heading, no_wrap=heading in _WHOLE)
    for line in lines:
        table.add_row(*(str(cell) for cell in line.values()))
    console.print(table)
