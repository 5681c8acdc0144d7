"""``motion balance``: a force plate's table or a video into the numbers of a sway."""

from collections.abc import Callable
from pathlib import Path

from motion import __version__
from motion.capture.force_table import TABLE_SUFFIXES
from motion.commands.swaying import BalanceChoices, measure_plate, measure_video
from motion.pipeline import ProgressReport
from motion.report import prepare_folder
from motion.report.balance import write_balance

__all__ = ["run_balance"]


def run_balance(
    file: Path,
    out: Path,
    choices: BalanceChoices,
    *,
    on_progress: ProgressReport,
    on_warning: Callable[[str], None],
) -> None:
    """Measure a sway and write ``balance.csv``, ``sway.csv``, ``sway.png`` and ``summary.json``.

    Nothing is stored in a patient's record.

    Raises
    ------
    InputError
        If nobody stood still for long enough, or the camera did not look from the front.
    """
    choices.check()
    prepare_folder(out)
    if file.suffix.lower() in TABLE_SUFFIXES:
        numbers, sway, about = measure_plate(file, choices)
    else:
        numbers, sway, about = measure_video(file, choices, on_progress)
    notes = [part for number in numbers for part in number.note.split("; ") if part]
    for note in dict.fromkeys(notes):
        on_warning(note)
    summary = {
        **about,
        "software": f"physio-motion {__version__}",
        "measured_s": sway.duration_s,
        "from_s": sway.series.start_s,
        "stored": False,
    }
    write_balance(numbers, sway, summary, out)
