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


def test_every_name_is_there() -> None:
    assert sorted(motion.clinic.__all__) == list(motion.clinic.__all__)
    for name in motion.clinic.__all__:
        assert getattr(motion.clinic, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute 'delete_patient'"):
        _ = motion.clinic.delete_patient  # type: ignore[attr-defined]
