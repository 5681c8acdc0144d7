"""No test reads the record or the error figures of whoever runs it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from motion.clinic import open_record
from motion.demo.clinic import Wanted, make_clinic

# The same examples at every run: a change is judged by what it changed. Who looks for new ones
# runs with --hypothesis-profile=explore.
settings.register_profile("same", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("explore", max_examples=1000, deadline=None, print_blob=True)
settings.load_profile("same")


@pytest.fixture(scope="session", autouse=True)
def nobodys_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTION_DATA_DIR", str(tmp_path_factory.mktemp("nobodys-data")))
        yield


@pytest.fixture(scope="session")
def empty_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a record with all its tables and nothing in them, to be copied.

    Making the tables anew takes longer than most of the tests that need them.
    """
    folder = tmp_path_factory.mktemp("empty-record")
    open_record(f"sqlite:///{folder / 'motion.db'}", folder).close()
    return folder / "motion.db"


@pytest.fixture(scope="session")
def usual_day() -> date:
    """Return the day of the usual made-up clinic: one for the whole run, over midnight too."""
    return date.today()


@pytest.fixture(scope="session")
def usual_clinic(usual_day: date, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a made-up clinic of the usual size, made today; to be read only."""
    folder = tmp_path_factory.mktemp("usual-clinic")
    with open_record(folder=folder) as record:
        make_clinic(record, Wanted(today=usual_day), on_progress=lambda *_: None)
    return folder
