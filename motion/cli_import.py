"""The console command that takes measurements over from elsewhere: ``motion import``."""

from pathlib import Path
from typing import Annotated

import typer

from motion.console import commands_fail_in_one_line, warn

__all__ = ["import_"]


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV: date, side, joint, motion, mode, value_deg; may hold position, instrument,"
            " measure, measured_by, note, patient (docs/outcomes.md)."
        ),
    ],
    patient: Annotated[str, typer.Option(help="Code of the patient whose angles they are.")],
    label: Annotated[
        str,
        typer.Option(help="Where they come from, kept with each; the file's name never is."),
    ] = "",
) -> None:
    """Take angles measured elsewhere over into a patient's record: every line, or none."""
    with commands_fail_in_one_line():
        from motion.commands.importing import run_import

        run_import(file, patient, label, say=typer.echo, on_warning=warn)
