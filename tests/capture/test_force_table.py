from pathlib import Path

import numpy as np
import pytest

from motion.capture.force_table import read_force_table
from motion.errors import SourceError

BDS = "Time[s]\tFx[N]\tFy[N]\tFz[N]\tMx[Nm]\tMy[Nm]\tMz[Nm]\tCOPx[cm]\tCOPy[cm]\n"


def write(folder: Path, text: str, name: str = "trial.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_form_of_the_public_data_set_is_read(tmp_path: Path) -> None:
    table = read_force_table(
        write(tmp_path, BDS + "0.01\t1\t2\t500\t3\t4\t5\t-7\t1\n0.02\t1\t2\t500\t3\t4\t5\t-7\t\n")
    )

    assert table.time_s == pytest.approx([0.0, 0.01])
    assert table.cop_mm is not None
    assert table.cop_mm[0] == pytest.approx([-70.0, 10.0])
    assert np.isnan(table.cop_mm[1, 1]), "an empty cell is missing"
    assert table.force_n is not None
    assert table.force_n[0] == pytest.approx([1.0, 2.0, 500.0])


@pytest.mark.parametrize(
    ("text", "cop_mm"),
    [
        ("time_s,cop_x_mm,cop_y_mm\n0,1,2\n1,3,4\n", [1, 2]),
        ("Time (ms);COP_X (m);COP_Y (m)\n0;0.001;0.002\n10;0.003;0.004\n", [1, 2]),
        ("COPy[mm],frame,COPx[mm],Time[s]\n2,9,1,0\n4,9,3,1\n", [1, 2]),
    ],
)
def test_other_headings_separators_units_and_orders(
    tmp_path: Path, text: str, cop_mm: list[float]
) -> None:
    table = read_force_table(write(tmp_path, text))

    assert table.cop_mm is not None
    assert table.cop_mm[0] == pytest.approx(cop_mm)
    assert (table.force_n, table.moment_nm) == (None, None)


def test_without_times_the_rate_gives_them(tmp_path: Path) -> None:
    path = write(tmp_path, "COPx[mm],COPy[mm]\n1,2\n3,4\n5,6\n")

    assert read_force_table(path, rate_hz=50.0).time_s == pytest.approx([0.0, 0.02, 0.04])
    with pytest.raises(SourceError, match=r"no Time.* name the plate's rate with --rate-hz"):
        read_force_table(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Time[s],COPx[mm]\n0,1\n1,2\n", "no centre of pressure and not all of Fx"),
        ("Time[s],COPx,COPy\n0,1,2\n", "column 'COPx' needs its unit, one of mm, cm, m"),
        ("Time[s],COPx[N],COPy[mm]\n0,1,2\n", r"column 'COPx\[N\]' needs its unit"),
        ("Time[s],COPx[mm],COPx[cm],COPy[mm]\n0,1,2,3\n", "comes twice; keep one plate's"),
        ("Time[s],COPx[mm],COPy[mm]\n0,left,2\n", "'left'.*expected numbers"),
        ("Time[s],COPx[mm],COPy[mm]\n1,1,2\n0,1,2\n", "do not rise from row to row"),
        ("Time[s],COPx[mm],COPy[mm]\n", "no rows below a heading"),
        ("", "no rows below a heading"),
    ],
)
def test_what_is_no_such_table_is_said_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_force_table(write(tmp_path, text))


def test_what_is_no_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "trial.csv"
    path.write_bytes(b"\xff\xfe\x00\x01" * 50)

    with pytest.raises(SourceError, match="not a text table"):
        read_force_table(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_force_table(tmp_path / "none.csv")
