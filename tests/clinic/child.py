"""Another program on the same record, for the tests that kill it or run two at once."""

import os
import resource
import signal
import sys
from pathlib import Path

from clinic_makers import make_analysis, make_recording, with_digest
from plan_takes import make_facts, make_live_analysis
from sqlalchemy import event
from sqlalchemy.orm import Session

from motion.clinic import (
    PatientDetails,
    add_patient,
    ensure_patient,
    list_items,
    open_record,
    store_analysis,
    store_live,
)
from motion.errors import MotionError


def kill_at(step: str) -> None:
    """Let this process be killed when it comes to a step of storing a take."""

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    replace = Path.replace

    def replace_and_die(self: Path, target: Path) -> None:
        replace(self, target)
        if len(target.name) == 64:
            die()

    if step == "temporary written":
        Path.replace = die  # type: ignore[assignment,method-assign]
    elif step == "renamed":
        Path.replace = replace_and_die  # type: ignore[assignment,method-assign]
    elif step == "before commit":
        event.listen(Session, "before_commit", die)
    elif step == "after commit":
        event.listen(Session, "after_commit", die)


def store_some(url: str, folder: Path, mark: str) -> None:
    """Open a record that may be new, and store five takes of a mark."""
    with open_record(url, folder) as record:
        ensure_patient(record, "P1")
        for number in range(5):
            analysis = make_analysis(recording=make_recording(seed=number))
            store_analysis(
                record, with_digest(analysis, mark * 63 + str(number)), "P1", author=mark
            )


def run_killed(url: str, folder: Path, step: str) -> None:
    """Store a take and die on the way."""
    with open_record(url, folder) as record:
        kill_at(step)
        store_analysis(record, make_analysis(), "P1")


def run_killed_live(url: str, folder: Path, step: str) -> None:
    """Store a live take of the only item of the plan and die on the way."""
    with open_record(url, folder) as record:
        (item,) = list_items(record, "P1")
        kill_at(step)
        store_live(record, make_live_analysis(), make_facts(), "P1", item_id=item.id)


def run_limited(url: str, folder: Path, size: str) -> None:
    """Store a take where no file may grow beyond a size."""
    with open_record(url, folder) as record:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
        store_analysis(record, make_analysis(), "P1")


def run_add(url: str, folder: Path, code: str) -> None:
    """Add a patient."""
    with open_record(url, folder) as record:
        add_patient(record, PatientDetails(code=code))


if __name__ == "__main__":
    doing = {
        "store": store_some,
        "kill": run_killed,
        "kill live": run_killed_live,
        "limit": run_limited,
        "add": run_add,
    }
    try:
        doing[sys.argv[1]](sys.argv[2], Path(sys.argv[3]), sys.argv[4])
    except MotionError as error:
        print(f"{type(error).__name__}: {error}")
        sys.exit(2)
