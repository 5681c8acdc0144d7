"""The tables as outside checks read them: columns, empty cells, decimals, no formulas."""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from clinic_makers import make_analysis, make_measurement, make_nobody, make_recording

from motion.errors import SourceError
from motion.model import AngleCurve, AngleTable, Side
from motion.report import (
    angles_table,
    measurements_table,
    read_landmarks,
    repetitions_table,
    summarise,
    write_csv,
    write_landmarks,
    write_summary,
)

SIDED = (
    "shoulder_flexion", "shoulder_abduction", "elbow_flexion", "hip_flexion", "hip_abduction",
    "knee_flexion", "ankle_dorsiflexion",
)  # fmt: skip
ANGLES = (
    *(f"{side}_{angle}" for angle in SIDED for side in ("left", "right")),
    "trunk_flexion",
    "trunk_lateral_flexion",
    "neck_lateral_flexion",
)
MEASUREMENTS = [
    "measure", "joint", "motion", "side", "value", "unit", "n_repetitions", "sd", "sem", "mdc95",
    "mdc_source", "view", "position", "mode", "near_side", "confidence", "valid_fraction",
    "verdict", "note",
]  # fmt: skip
REPETITIONS = [
    "repetition", "joint", "motion", "side", "direction", "start_s", "peak_s", "end_s", "peak_deg",
    "rom_deg", "duration_s", "raise_s", "hold_s", "lower_s", "smoothness_sparc", "confidence",
    "verdict",
]  # fmt: skip


def all_angles(values: list[float]) -> AngleTable:
    count = len(values)
    curves = []
    for name in ANGLES:
        side, _, bare = (
            name.partition("_") if name.startswith(("left", "right")) else ("none", "", name)
        )
        joint, _, motion = bare.partition("_")
        curves.append(
            AngleCurve(
                joint=joint,
                motion=motion,
                side=Side(side),
                value_deg=np.array(values),
                confidence=np.where(np.isnan(values), np.nan, 0.98765),
                filled=np.zeros(count, dtype=bool),
            )
        )
    return AngleTable(time_s=np.arange(count) / 29.97, curves=tuple(curves))


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_angles_columns_and_cells(tmp_path: Path) -> None:
    analysis = make_analysis(angles=all_angles([-12.346, math.nan, -0.001, 170.0]))
    write_csv(angles_table(analysis), tmp_path / "angles.csv")
    text = (tmp_path / "angles.csv").read_bytes()
    rows = read_csv(tmp_path / "angles.csv")

    fixed = ["time_s", *(f"{name}_{what}" for name in ANGLES for what in ("deg", "confidence"))]
    header = list(rows[0])
    assert header[: len(fixed)] == fixed
    extra = [f"{name}_{what}" for what in ("filled", "band95_deg") for name in ANGLES]
    assert header[len(fixed) :] == extra
    assert [row["time_s"] for row in rows] == ["0.0", "0.033367", "0.066733", "0.1001"]
    assert [row["left_knee_flexion_deg"] for row in rows] == ["-12.35", "", "0.0", "170.0"]
    assert [row["left_knee_flexion_confidence"] for row in rows] == ["0.988", "", "0.988", "0.988"]
    assert b"nan" not in text.lower()
    assert b"\r" not in text
    assert not text.startswith(b"\xef\xbb\xbf")


def test_measurements_columns_and_cells(tmp_path: Path) -> None:
    write_csv(measurements_table(make_analysis()), tmp_path / "m.csv")
    rows = read_csv(tmp_path / "m.csv")
    assert list(rows[0])[: len(MEASUREMENTS)] == MEASUREMENTS
    extra = list(rows[0])[len(MEASUREMENTS) :]
    assert extra == ["setting", "weight_bearing", "aid", "footwear_orthosis", "mirrored", "band95"]
    assert (rows[0]["value"], rows[0]["sd"], rows[0]["verdict"]) == ("92.25", "1.25", "measured")
    assert (rows[0]["view"], rows[0]["position"]) == ("sagittal", "unknown")
    assert (rows[2]["value"], rows[2]["verdict"]) == ("", "not_measurable")
    assert rows[1]["sd"] == ""


def test_repetitions_columns_and_cells(tmp_path: Path) -> None:
    write_csv(repetitions_table(make_analysis()), tmp_path / "r.csv")
    rows = read_csv(tmp_path / "r.csv")
    assert list(rows[0]) == [*REPETITIONS, "peak_band95_deg"]
    assert rows[0]["hold_s"] == ""
    assert rows[0]["duration_s"] == "1.7"
    assert (rows[1]["repetition"], rows[1]["verdict"], rows[1]["side"]) == ("2", "full", "left")


def test_nobody_has_headers_and_no_rows(tmp_path: Path) -> None:
    nobody = make_nobody()
    for table, columns in (
        (measurements_table(nobody), MEASUREMENTS),
        (repetitions_table(nobody), REPETITIONS),
    ):
        write_csv(table, tmp_path / "t.csv")
        header = (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()
        assert len(header) == 1
        assert header[0].split(",")[: len(columns)] == columns


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_never_becomes_a_formula(tmp_path: Path, start: str) -> None:
    note = f"{start}HYPERLINK(1)"
    analysis = make_analysis(measurements=(make_measurement(-5.5, note=note),))
    write_csv(measurements_table(analysis), tmp_path / "m.csv")
    (row,) = read_csv(tmp_path / "m.csv")
    assert row["note"] == f"'{note}".replace("\r", "\n")
    assert row["value"] == "-5.5"


def test_numbers_in_a_mixed_column_stay_numbers(tmp_path: Path) -> None:
    write_csv(pd.DataFrame({"v": [-3.5, "-3", None, 4]}), tmp_path / "m.csv")
    assert (tmp_path / "m.csv").read_text() == 'v\n-3.5\n\'-3\n""\n4\n'


def test_landmarks_there_and_back(tmp_path: Path) -> None:
    recording = make_recording(6)
    write_landmarks(recording, tmp_path / "landmarks.npz")
    with np.load(tmp_path / "landmarks.npz", allow_pickle=False) as held:
        shapes = {name: (held[name].shape, held[name].dtype.name) for name in held.files}
    assert shapes == {
        "time_s": ((6,), "float64"),
        "image_px": ((6, 33, 2), "float32"),
        "world_m": ((6, 33, 3), "float32"),
        "visibility": ((6, 33), "float32"),
        "presence": ((6, 33), "float32"),
        "filled": ((6, 33), "bool"),
        "size_px": ((2,), "int64"),
    }
    back = read_landmarks(tmp_path / "landmarks.npz")
    np.testing.assert_array_equal(back.time_s, recording.time_s)
    np.testing.assert_array_equal(back.filled, recording.filled)
    np.testing.assert_array_equal(np.isnan(back.image_px), np.isnan(recording.image_px))
    np.testing.assert_allclose(back.image_px, recording.image_px, atol=1e-4)
    assert (back.width_px, back.height_px) == (640, 480)
    write_landmarks(recording, tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == (tmp_path / "landmarks.npz").read_bytes()


@pytest.mark.parametrize("content", [b"", b"PK", b"time_s,1\n"])
def test_no_landmarks(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.npz").write_bytes(content)
    with pytest.raises(SourceError, match="not a landmarks file of this product; choose"):
        read_landmarks(tmp_path / "x.npz")


def test_other_arrays_are_no_landmarks(tmp_path: Path) -> None:
    np.savez(tmp_path / "x.npz", time_s=np.zeros(3))
    with pytest.raises(SourceError, match="not a landmarks file"):
        read_landmarks(tmp_path / "x.npz")


def refuse_constant(name: str) -> None:
    raise AssertionError(name)


def test_summary(tmp_path: Path) -> None:
    write_summary(make_analysis(), tmp_path / "summary.json")
    text = (tmp_path / "summary.json").read_text(encoding="utf-8")
    content = json.loads(text, parse_constant=refuse_constant)
    assert {"input", "model", "software", "view", "neutral", "settings", "warnings"} <= set(content)
    assert {"name", "sha256", "frames", "duration_s", "rate_hz", "dropped"} <= set(content["input"])
    assert content["model"] == {"name": "full", "sha256": "b" * 64}
    assert {"name", "azimuth_deg", "azimuth_sd_deg", "off_plane_deg", "roll_deg", "facing"} <= set(
        content["view"]
    )
    assert content["view"]["roll_deg"] is None
    assert content["neutral"]["right_foot_slope_deg"] is None
    assert content["input"]["started_at"] == "2026-03-02T09:30:15.250000+01:00"
    assert content["settings"]["raw"] is False
    assert content["person_found"] is True


def test_summary_of_nobody() -> None:
    content = summarise(make_nobody())
    assert content["person_found"] is False
    assert content["repetitions"]["rest_deg"] is None
    json.dumps(content, allow_nan=False)
