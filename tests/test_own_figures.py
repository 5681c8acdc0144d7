"""The clinic's own error figures: found, noticed when edited, refused where broken."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
from makers import STARTED_AT, make_provenance, make_recording, repetitions, uniform_times

from motion.clinic.change import is_provisional
from motion.errors import InputError, OutputError
from motion.kinematics.error_figures import ErrorFigure
from motion.kinematics.error_table import ERROR_COLUMNS, ErrorRow
from motion.library import load_error_figures, load_product_figures
from motion.measuring import measure_recording
from motion.model import ViewName
from motion.own_figures import own_figures_path, read_own_figures, write_own_figures
from motion.settings import AnalysisSettings

HEAD = ",".join(ERROR_COLUMNS)
KNEE = ErrorRow(
    angle="knee_flexion",
    view=ViewName.SAGITTAL,
    figure=ErrorFigure(
        sem_deg=2.5,
        mdc95_deg=6.93,
        source="clinic retest 2026-11-21, n=12",
        extra_at_45_deg=math.nan,
    ),
)


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path))
    return tmp_path


def put(text: str) -> None:
    own_figures_path().parent.mkdir(parents=True, exist_ok=True)
    own_figures_path().write_text(text, encoding="utf-8")


def knee() -> ErrorFigure:
    return load_error_figures().find("knee_flexion", ViewName.SAGITTAL)


def test_without_a_table_the_products_figures_are_in_use() -> None:
    assert read_own_figures().rows == ()
    assert load_error_figures() is load_product_figures()
    assert load_error_figures().name.startswith("camera_provisional.csv ")


def test_own_figures_are_used_and_named() -> None:
    write_own_figures([KNEE])

    assert (knee().sem_deg, knee().mdc95_deg) == (2.5, 6.93)
    assert knee().source == "clinic retest 2026-11-21, n=12"
    assert knee().extra_at_45_deg == 8.0
    assert load_error_figures().find("elbow_flexion", ViewName.SAGITTAL).source == "provisional"
    digest = read_own_figures().sha256[:8]
    assert load_error_figures().name.startswith(f"clinic.csv {digest}, camera_provisional.csv ")


def test_a_changed_file_is_noticed() -> None:
    put(f"{HEAD}\nknee_flexion,sagittal,2.0,,,ours\n")
    assert knee().sem_deg == 2.0
    first = load_error_figures().name

    put(f"{HEAD}\nknee_flexion,sagittal,4.25,,,ours again\n")
    assert (knee().sem_deg, knee().source) == (4.25, "ours again")
    assert load_error_figures().name != first

    own_figures_path().unlink()
    assert knee().source == "provisional"


def test_writing_keeps_the_other_rows_and_replaces_the_same() -> None:
    put(f"{HEAD}\nelbow_flexion,sagittal,1.5,4.2,2.0,by hand\nknee_flexion,sagittal,2,,,old\n")
    wide = replace(KNEE, figure=replace(KNEE.figure, source='with a comma, and a "quote"'))

    write_own_figures([wide])

    rows = {row.angle: row.figure for row in read_own_figures().rows}
    assert rows["elbow_flexion"].extra_at_45_deg == 2.0
    assert (rows["knee_flexion"].sem_deg, rows["knee_flexion"].source) == (
        2.5,
        'with a comma, and a "quote"',
    )
    assert [path.name for path in own_figures_path().parent.iterdir()] == ["clinic.csv"]


def test_a_measurement_says_the_clinics_source_and_the_analysis_its_tables() -> None:
    write_own_figures([KNEE])
    time_s = uniform_times(8.0)
    share = repetitions(time_s, (1.0, 4.0), 1.0)
    recording = make_recording({"knee_flexion": 5.0 + 90.0 * share}, time_s)

    analysis = measure_recording(
        recording, AnalysisSettings(movement="squat"), make_provenance(recording), STARTED_AT
    )

    knee_flexion = next(
        m for m in analysis.measurements if (m.measure, m.joint) == ("rom_max", "knee")
    )
    assert knee_flexion.mdc_source.startswith("clinic retest 2026-11-21, n=12")
    assert knee_flexion.sem >= 2.5
    assert not is_provisional(knee_flexion.mdc_source)
    assert dict(analysis.provenance.settings)["error_figures"] == load_error_figures().name


def test_a_spreadsheets_mark_is_no_part_of_the_first_column() -> None:
    put(f"\ufeff{HEAD}\nknee_flexion,sagittal,2.0,,,ours\n")

    assert knee().sem_deg == 2.0


def test_lines_may_end_as_old_spreadsheets_end_them() -> None:
    put("")
    own_figures_path().write_bytes(f"{HEAD}\rknee_flexion,sagittal,2.0,,,ours\r".encode())

    assert knee().sem_deg == 2.0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"angle;view;sem_deg\n", "first line must be angle,view,.*, got angle;view;sem_deg; mend"),
        (b"", "first line must be .*, got nothing"),
        ("knee,ö".encode("latin-1"), "it is no UTF-8 text; save it as CSV UTF-8"),
        (f"{HEAD}\nknee,sagittal,2,,,ours\n".encode(), "line 2: angle must be one of"),
        (f"{HEAD}\n{'x' * 200_000}\n".encode(), "line 1: no table .*; mend the file"),
    ],
)
def test_a_broken_table_is_one_line_and_never_silently_left_out(content: bytes, said: str) -> None:
    put("")
    own_figures_path().write_bytes(content)

    with pytest.raises(InputError, match=said) as caught:
        load_error_figures()
    assert "\n" not in str(caught.value)
    with pytest.raises(InputError):
        write_own_figures([KNEE])
    assert own_figures_path().read_bytes() == content


def test_a_folder_that_cannot_be_written_is_said(data_dir: Path) -> None:
    (data_dir / "mdc").write_text("in the way")

    with pytest.raises(OutputError, match=r"clinic.csv: cannot be written .* set MOTION_DATA_DIR"):
        write_own_figures([KNEE])
