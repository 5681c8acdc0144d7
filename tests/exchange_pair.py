"""Two computers that share a plan: the clinic's and the patient's."""

from dataclasses import dataclass
from pathlib import Path

from motion.clinic import PlanItem, Record
from motion.exchange import adopt_plan, read_plan_file, write_plan_file

__all__ = ["Pair"]


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
