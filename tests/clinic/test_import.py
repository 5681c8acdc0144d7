"""Importing the room costs nothing, and its names are what it says."""

import subprocess
import sys

import pytest

import motion.clinic

HEAVY = ("sqlalchemy", "alembic", "numpy", "pandas")


def test_import_loads_nothing_heavy() -> None:
    asked = f"import sys, motion.clinic; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_a_name_loads_its_own_file_and_no_database() -> None:
    asked = "import sys; from motion.clinic import number_text; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"


def test_every_name_is_there() -> None:
    names = dir(motion.clinic)
    assert {"list_takes", "Patient", "sign_off"} <= set(names)
    for name in names:
        found = getattr(motion.clinic, name)
        assert found.__name__ == name
        assert name in sys.modules[motion.clinic._HOMES[name]].__all__
    with pytest.raises(AttributeError, match="has no attribute 'delete_patient'"):
        _ = motion.clinic.delete_patient  # type: ignore[attr-defined]
