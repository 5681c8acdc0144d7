"""MOT and STO files."""

from pathlib import Path

import numpy as np
import pytest

from motion.errors import SourceError
from motion.markers import read_mot

TABLE = """Coordinates
version=1
nRows=2
nColumns=3
inDegrees = yes

Angles are in degrees.
endheader
time\tknee_angle_r\tpelvis_tx
   0.50000000\t  -5.25\tNaN
   0.51000000\t  -6.5\t0.25
"""


def test_columns_are_found_by_name(tmp_path: Path) -> None:
    path = tmp_path / "ik.mot"
    path.write_text(TABLE, encoding="utf-8")
    found = read_mot(path)

    assert found.columns == ("knee_angle_r", "pelvis_tx")
    assert found.in_degrees
    np.testing.assert_array_equal(found.time_s, [0.5, 0.51])
    np.testing.assert_array_equal(found["knee_angle_r"], [-5.25, -6.5])
    np.testing.assert_array_equal(found["pelvis_tx"], [np.nan, 0.25])


def test_radians_are_said(tmp_path: Path) -> None:
    path = tmp_path / "ik.sto"
    path.write_text(TABLE.replace("inDegrees = yes", "inDegrees=no"), encoding="utf-8")

    assert not read_mot(path).in_degrees


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("endheader", "", "no row of names from 'time' on below 'endheader'"),
        ("time\t", "frame\t", "no row of names from 'time' on below 'endheader'"),
        ("-6.5", "straight", "row 2 of the table: could not convert"),
        ("0.51000000", "nan", "rows without a time, or none"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "ik.mot"
    path.write_text(TABLE.replace(old, new), encoding="utf-8")

    with pytest.raises(SourceError, match=message):
        read_mot(path)


def test_a_head_without_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ik.mot"
    path.write_text(TABLE.partition("   0.5")[0], encoding="utf-8")

    with pytest.raises(SourceError, match="rows without a time, or none"):
        read_mot(path)
