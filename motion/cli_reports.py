"""The console commands of what leaves the record: tables, reports on paper, a whole patient."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from motion.console import commands_fail_in_one_line, show_progress

__all__ = ["export", "handout", "report"]

_DAY = ["%Y-%m-%d"]

PaperOption = Annotated[str, typer.Option(help="a4 or letter.")]
PdfOption = Annotated[Path, typer.Option(help="PDF file to write.")]
PatientOption = Annotated[str, typer.Option(help="Code of the patient.")]


def export(
    patient: PatientOption,
    out: Annotated[Path, typer.Option(help="CSV file to write; a ZIP file with --whole.")],
    decimal_comma: Annotated[
        bool,
        typer.Option(
            "--decimal-comma", help="For spreadsheets that write 9,7: semicolons between cells."
        ),
    ] = False,
    whole: Annotated[
        bool,
        typer.Option(
            "--whole", help="All that the record holds of the patient, with kept videos, as a ZIP."
        ),
    ] = False,
) -> None:
    """Write a patient's progress report as CSV, or all of the patient's record."""
    with commands_fail_in_one_line():
        from motion.clinic import open_record
        from motion.commands.report import write_progress_csv, write_whole

        with open_record() as record:
            if whole:
                with show_progress() as say:
                    write_whole(record, patient, out, say, decimal_comma=decimal_comma)
            else:
                write_progress_csv(record, patient, out, decimal_comma=decimal_comma)


def report(
    patient: PatientOption,
    out: PdfOption,
    paper: PaperOption = "a4",
    first_day: Annotated[
        datetime | None,
        typer.Option("--from", formats=_DAY, help="First day of the period, 2026-03-31."),
    ] = None,
    last_day: Annotated[
        datetime | None, typer.Option("--to", formats=_DAY, help="Last day of the period.")
    ] = None,
) -> None:
    """Write a patient's progress report as a PDF of one or two pages."""
    with commands_fail_in_one_line():
        from motion.clinic import open_record
        from motion.commands.report import write_report

        with open_record() as record:
            write_report(
                record,
                patient,
                out,
                paper,
                first_day=None if first_day is None else first_day.date(),
                last_day=None if last_day is None else last_day.date(),
            )


def handout(
    patient: PatientOption,
    out: PdfOption,
    paper: PaperOption = "a4",
    language: Annotated[
        str, typer.Option(help="Of the words: en, de; without it the patient's own.")
    ] = "",
) -> None:
    """Write a patient's exercises to take home, with pictures and when to stop, as a PDF."""
    with commands_fail_in_one_line():
        from motion.clinic import open_record
        from motion.commands.report import write_handout

        with open_record() as record:
            write_handout(record, patient, out, paper, language)
