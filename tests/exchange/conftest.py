"""The clinic's computer and the patient's, each with a record of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange_pair import Pair
from plan_takes import GUIDED, make_item

from motion.clinic import PatientDetails, Record, add_patient, open_record, prescribe
from motion.model import Side


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Record]:
    with open_record(None, tmp_path / "clinic") as record:
        add_patient(
            record,
            PatientDetails(
                code="P1",
                name="Erika Muster",
                birth_year=1971,
                language="de",
                withheld_joints=("right_knee",),
            ),
        )
        yield record


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Record]:
    with open_record(None, tmp_path / "home") as record:
        yield record


@pytest.fixture
def pair(clinic: Record, home: Record, tmp_path: Path) -> Pair:
    found = Pair(
        clinic,
        home,
        prescribe(clinic, "P1", make_item(note="slowly"), author="AB"),
        prescribe(clinic, "P1", make_item(GUIDED, Side.RIGHT)),
        tmp_path,
    )
    found.send_plan()
    return found
