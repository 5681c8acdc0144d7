"""TRC files: units, missing places, rounded times, and what cannot be read."""

from pathlib import Path

import numpy as np
import pytest
from marker_makers import RATE_HZ, write_trc

from motion.errors import SourceError
from motion.markers import read_markers

N = 40
MARKERS = {
    "L.Heel": np.linspace([0.1, 0.2, 0.3], [1.1, 0.2, 0.3], N),
    "R.Heel": np.linspace([0.0, -0.2, 0.1], [0.5, -0.2, 0.4], N),
}


@pytest.mark.parametrize("unit", ["mm", "cm", "m"])
def test_places_are_metres_whatever_the_unit(tmp_path: Path, unit: str) -> None:
    found = read_markers(write_trc(tmp_path / "a.trc", MARKERS, unit=unit))

    assert found.names == tuple(MARKERS)
    assert found.source_format == "trc"
    assert found.up is None
    for at, place in enumerate(MARKERS.values()):
        np.testing.assert_allclose(found.position_m[:, at], place, atol=1e-6)


def test_rounded_times_are_put_back_on_the_files_rate(tmp_path: Path) -> None:
    found = read_markers(write_trc(tmp_path / "a.trc", MARKERS, decimals=2, first_s=0.804))

    np.testing.assert_allclose(found.time_s, np.arange(N) / RATE_HZ, atol=1e-12)
    assert found.origin_s == 0.8


def test_uneven_times_stay_as_they_are(tmp_path: Path) -> None:
    path = write_trc(tmp_path / "a.trc", MARKERS)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[10] = lines[10].replace("\t0.040000\t", "\t0.043000\t")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert read_markers(path).time_s[4] == 0.043


def test_empty_cells_and_the_exact_origin_are_missing(tmp_path: Path) -> None:
    places = {name: np.array(place) for name, place in MARKERS.items()}
    places["L.Heel"][3] = np.nan
    places["R.Heel"][7] = 0.0
    places["R.Heel"][N - 1] = np.nan
    found = read_markers(write_trc(tmp_path / "a.trc", places))

    missing = np.argwhere(np.isnan(found.position_m).all(axis=2))
    assert missing.tolist() == [[3, 0], [7, 1], [N - 1, 1]]


def test_a_last_row_that_is_cut_is_left_out_and_said(tmp_path: Path) -> None:
    path = write_trc(tmp_path / "a.trc", MARKERS)
    text = path.read_text(encoding="utf-8")
    path.write_text(text[:-25], encoding="utf-8")
    found = read_markers(path)

    assert len(found) == N - 1
    assert found.warnings == (f"The file ends early: {N - 1} of its {N} frames were read.",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("PathFileType", "Something", "does not begin as a TRC file"),
        ("\tmm\t", "\tinch\t", "Units must be one of mm, cm, m, got 'inch'"),
        ("DataRate", "Rate", "DataRate must be a number above 0, got ''"),
        ("100.0\t100.0", "x\t100.0", "DataRate must be a number above 0, got 'x'"),
        ("\n5\t0.040000", "\n5\t0.020000", "the times must be there and rise"),
        ("\n5\t0.040000", "\n5\t", "the times must be there and rise"),
        ("\n5\t0.040000", "\n5\tzero", "could not convert string to float: 'zero'"),
        ("L.Heel\t\t\tR.Heel", "", "no markers below the head"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = write_trc(tmp_path / "a.trc", MARKERS)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(SourceError, match=message) as caught:
        read_markers(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x81" * 90, b"PathFileType\n\n\n"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.trc"
    path.write_bytes(content)

    with pytest.raises(SourceError, match=r"a\.trc: .*TRC file"):
        read_markers(path)
