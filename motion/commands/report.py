"""What ``motion export``, ``motion report`` and ``motion plan handout`` do."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from motion.clinic import Record, progress_report
from motion.errors import InputError
from motion.library import load_gait_norms, load_meaningful, load_norms
from motion.report import prepare_folder, write_csv
from motion.report.handout import write_handout_pdf
from motion.report.pdf import write_progress_pdf
from motion.report.pdf_pages import Paper
from motion.reporting.gathering import gather_report
from motion.reporting.handing_out import gather_handout
from motion.reporting.whole_export import export_whole

__all__ = ["parse_paper", "write_handout", "write_progress_csv", "write_report", "write_whole"]


def write_progress_csv(
    record: Record, patient_code: str, out: Path, *, decimal_comma: bool = False
) -> None:
    """Write the progress report as CSV.

    Raises
    ------
    RecordNotFoundError
        If there is no such patient.
    OutputError
        If the file cannot be written.
    """
    prepare_folder(out.resolve().parent)
    published = load_norms(), load_gait_norms(), load_meaningful()
    table = progress_report(record, patient_code, *published)
    write_csv(table, out, decimal_comma=decimal_comma)


def write_whole(
    record: Record,
    patient_code: str,
    out: Path,
    on_progress: Callable[[str, int, int], None],
    *,
    decimal_comma: bool = False,
) -> None:
    """Write all of a patient as a ZIP file.

    Raises
    ------
    InputError
        If the decimal comma is asked for too: what is read by programs has one form.
    RecordError
        If a file of the record is missing or damaged.
    OutputError
        If the file cannot be written.
    """
    if decimal_comma:
        msg = "--decimal-comma is for the CSV alone: leave it out, or leave out --whole"
        raise InputError(msg)
    export_whole(record, patient_code, out, on_progress)


def write_report(
    record: Record,
    patient_code: str,
    out: Path,
    paper: str,
    *,
    first_day: date | None = None,
    last_day: date | None = None,
) -> None:
    """Write the progress report as a PDF.

    Raises
    ------
    InputError
        If there is no such paper, or the period ends before it begins.
    RecordNotFoundError
        If there is no such patient.
    OutputError
        If the file cannot be written.
    """
    sheet = parse_paper(paper)
    prepare_folder(out.resolve().parent)
    gathered = gather_report(
        record, patient_code, made_on=date.today(), first_day=first_day, last_day=last_day
    )
    write_progress_pdf(gathered, out, sheet)


def write_handout(
    record: Record, patient_code: str, out: Path, paper: str, language: str = ""
) -> None:
    """Write the exercises of a patient's plan as a PDF to take home.

    Raises
    ------
    InputError
        If there is no such paper, no such language, or nothing is prescribed.
    RecordNotFoundError
        If there is no such patient.
    OutputError
        If the file cannot be written.
    """
    sheet = parse_paper(paper)
    prepare_folder(out.resolve().parent)
    gathered = gather_handout(record, patient_code, made_on=date.today(), language=language)
    write_handout_pdf(gathered, out, sheet)


def parse_paper(said: str) -> Paper:
    """Return the paper that somebody typed.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    try:
        return Paper(said.strip().lower())
    except ValueError as error:
        msg = f"paper {said!r}: not known; choose {' or '.join(Paper)}"
        raise InputError(msg) from error
