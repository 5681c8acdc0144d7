"""The clinic's computer and the patient's, each with a record of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from plan_makers import GUIDED, make_item

from motion.clinic import PatientDetails, PlanItem, Record, add_patient, open_record, prescribe
from motion.exchange import adopt_plan, read_plan_file, write_plan_file
from motion.model import Side


@dataclass(frozen=True, slots=True)
class Pair:
    """Two computers that share a plan, and a folder for the files between them."""

    clinic: Record
    home: Record
    measured: PlanItem
    guided: PlanItem
    folder: Path

    def send_plan(self) -> Path:
        """Write the plan file at the clinic and take it in at home."""
        path = self.folder / "p1.motionplan"
        write_plan_file(self.clinic, "P1", path)
        adopt_plan(self.home, read_plan_file(path))
        return path


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
