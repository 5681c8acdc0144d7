"""What `motion demo-data` does: a made-up clinic into the record, and a line that says so."""

from collections.abc import Callable
from datetime import date

from motion.clinic import open_record
from motion.demo.clinic import Wanted, make_clinic

__all__ = ["make_demo_data"]


def make_demo_data(
    patients: int,
    takes: int,
    seed: int,
    *,
    into_existing: bool,
    on_progress: Callable[[str, int, int], None],
) -> str:
    """Write the clinic and return what was written.

    Raises
    ------
    InputError
        If a number cannot be, or the record holds other patients and nobody allowed it.
    """
    wanted = Wanted(today=date.today(), patients=patients, takes=takes, seed=seed)
    with open_record() as record:
        written = make_clinic(record, wanted, into_existing=into_existing, on_progress=on_progress)
        where = record.where
    return f"{where}: {patients} made-up patients with {written} takes; none of them is real"
