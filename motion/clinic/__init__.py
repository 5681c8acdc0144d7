"""The patient record: its verbs, imported at first use so that `motion --help` stays quick."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motion.clinic.edits import list_edits
    from motion.clinic.orphans import sweep
    from motion.clinic.patients import (
        add_patient,
        ensure_patient,
        find_patient,
        list_patients,
        update_patient,
    )
    from motion.clinic.record import Record, open_record
    from motion.clinic.store import add_analysis, store_analysis
    from motion.clinic.takes import exclude_take, find_take, include_take, list_takes, load_take
    from motion.clinic.values import (
        Edit,
        Patient,
        PatientDetails,
        PatientSummary,
        SexForNorms,
        StoredTake,
        TakeKind,
        TakeSummary,
    )

__all__ = [
    "Edit",
    "Patient",
    "PatientDetails",
    "PatientSummary",
    "Record",
    "SexForNorms",
    "StoredTake",
    "TakeKind",
    "TakeSummary",
    "add_analysis",
    "add_patient",
    "ensure_patient",
    "exclude_take",
    "find_patient",
    "find_take",
    "include_take",
    "list_edits",
    "list_patients",
    "list_takes",
    "load_take",
    "open_record",
    "store_analysis",
    "sweep",
    "update_patient",
]

_FILES = ("values", "record", "patients", "takes", "store", "edits", "orphans")


def __getattr__(name: str) -> Any:
    if name in __all__:
        for file in _FILES:
            module = import_module(f"{__name__}.{file}")
            if name in module.__all__:
                return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
