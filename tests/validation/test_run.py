"""A run over folders: what cannot be used is named, the rest is measured and written."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from makers import CAMERA_IN_FRONT, make_recording
from validation_makers import (
    ABOUT,
    HIP_DEG,
    KNEE_DEG,
    MODEL,
    TIME_S,
    keep_landmarks,
    make_truth,
    write_clip,
)

from motion.commands.validate import run_validation, show_validation
from motion.errors import InputError, ModelError
from motion.validation import Validation, find_folder
from motion.validation.comparing import ROW_COLUMNS, Compared
from motion.validation.figures import FIGURES
from motion.validation.ways import PRODUCT

FRONT = {**ABOUT, "motion": "shoulder_abd_l", "azimuth_deg": 0.0, "nominal_azimuth_deg": 0.0}
YAWED = {**ABOUT, "azimuth_deg": 110.0}

Run = Callable[..., Validation]


def silent(stage: str, done: int, total: int) -> None:
    pass


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of two good clips, with their landmarks kept beside."""
    monkeypatch.setattr("motion.validation.run.find_model", lambda _name: Path("model.task"))
    monkeypatch.setattr("motion.validation.run.read_model_info", lambda _path: MODEL)
    folder, kept = tmp_path / "clips", tmp_path / "kept"
    truth = make_truth(left_knee_flexion=KNEE_DEG - 4.0, left_hip_flexion=HIP_DEG)
    pose = {"knee_flexion": KNEE_DEG, "hip_flexion": HIP_DEG}
    for name, about, azimuth_deg in (("knee", ABOUT, 90.0), ("yawed", YAWED, 110.0)):
        write_clip(folder, name, truth, about)
        keep_landmarks(make_recording(pose, TIME_S, azimuth_deg=azimuth_deg), kept, name)
    return folder


@pytest.fixture
def run(folder: Path, tmp_path: Path) -> Run:
    def start(*folders: Path, page: Path | None = None) -> Validation:
        chosen = folders or (folder,)
        return run_validation(chosen, tmp_path / "out", tmp_path / "kept", page, silent)

    return start


def test_tables_and_figures_are_written(run: Run, tmp_path: Path) -> None:
    found = run()

    out = tmp_path / "out"
    rows = pd.read_csv(out / "validation.csv")
    (row,) = rows[
        (rows["clip"] == "knee")
        & (rows["way"] == "plain landmarks")
        & (rows["angle"] == "knee_flexion")
        & (rows["side"] == "left")
    ].to_dict("records")
    assert row["mae_deg"] == pytest.approx(4.0, abs=0.05)
    assert found.left_out == []
    assert len(pd.read_csv(out / "validation_summary.csv"))
    assert '"software": "physio-motion' in (out / "validation.json").read_text()
    drawn = {path.name for path in out.glob("*.png")}
    assert drawn == {"validation_agreement.png", "validation_yaw.png"} & set(FIGURES)


def test_the_page_and_its_figures_are_written(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "docs" / "validation.md"

    run(page=page)

    text = page.read_text(encoding="utf-8")
    assert "**Knee flexion** of the near limb, from the side: measured well" in text
    assert "(images/validation_agreement.png)" in text
    assert (page.parent / "images" / "validation_agreement.png").is_file()
    assert f"SHA-256 `{'not recorded'}`" in text


def test_the_same_run_writes_the_same(run: Run, tmp_path: Path) -> None:
    run(page=tmp_path / "a" / "validation.md")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    run(page=tmp_path / "b" / "validation.md")

    after = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert before == after
    assert (tmp_path / "a" / "validation.md").read_bytes() == (
        tmp_path / "b" / "validation.md"
    ).read_bytes()


def test_what_cannot_be_used_is_named_and_the_rest_is_measured(run: Run, folder: Path) -> None:
    truth = make_truth(left_knee_flexion=KNEE_DEG)
    write_clip(folder, "broken", None).with_suffix(".csv").write_text("nothing\n1\n")
    write_clip(folder, "knee_short", truth.iloc[:-1])
    keep_landmarks(make_recording({}, TIME_S), folder.parent / "kept", "knee_short")
    write_clip(folder, "no_video", truth)
    write_clip(folder, "unknown", None)
    (folder / "inner").mkdir()
    (folder / "inner" / "markers.c3d").write_bytes(b"x")

    found = run()

    said = "\n".join(found.left_out)
    assert len(found.left_out) == 5
    assert "broken.csv: expected a column" in said
    assert "knee_short.mp4: 301 frames for 300 rows" in said
    assert "no_video.mp4" in said
    assert "unknown.mp4: no unknown.csv" in said
    assert "inner: holds no video" in said
    assert set(found.rows["clip"]) == {"knee", "yawed"}


def test_nothing_that_can_be_used_is_an_error(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(InputError, match=r"nothing could be measured: .*no NAME\.mp4"):
        run(empty)

    write_clip(empty, "broken", None).with_suffix(".csv").write_text("nothing\n1\n")
    with pytest.raises(InputError, match=r"nothing could be measured: .*broken\.csv"):
        run(empty)


def test_several_folders_are_searched(run: Run, folder: Path, tmp_path: Path) -> None:
    more = tmp_path / "more"
    write_clip(more / "deep", "front", make_truth(left_shoulder_abduction=KNEE_DEG), FRONT)
    pose = {"left_shoulder_abduction": KNEE_DEG}
    recording = make_recording(pose, TIME_S, azimuth_deg=CAMERA_IN_FRONT)
    keep_landmarks(recording, tmp_path / "kept", "front")

    assert set(run(folder, more).rows["clip"]) == {"knee", "yawed", "front"}


def test_a_recording_without_known_angles_is_checked_all_the_same(run: Run, tmp_path: Path) -> None:
    real = tmp_path / "walk_sagittal"
    write_clip(real, "walk", None, None)
    keep_landmarks(make_recording({}, TIME_S), tmp_path / "kept", "walk")

    found = run(real, page=tmp_path / "docs" / "validation.md")

    assert [check["what"] for check in found.checks] == ["frames with the person", "facing"]
    assert len(found.rows) == 0
    assert pd.read_csv(tmp_path / "out" / "validation_recordings.csv")["found"].to_list() == [
        "100%", "left",
    ]  # fmt: skip
    assert "| walk | facing | left | left |" in (tmp_path / "docs" / "validation.md").read_text()
    show_validation(found, tmp_path)


def test_the_table_has_the_columns_that_are_named(run: Run) -> None:
    found = run()

    assert set(found.compared[0].row) == set(ROW_COLUMNS)


def test_the_settings_are_those_that_no_rendered_clip_changed() -> None:
    def one(truth: str, **settings: str) -> Compared:
        row = {"way": PRODUCT, "truth": truth}
        nothing = np.zeros(0)
        return Compared(
            row=row, settings=tuple(settings.items()), result_deg=nothing, true_deg=nothing
        )

    found = Validation(
        compared=[
            one("rendered", filtered="yes", movement="squat"),
            one("rendered", filtered="yes", movement="heel_curl"),
            one("OpenSim, mean of 2", filtered="no", cameras="4"),
        ]
    )

    assert found.made_with.settings == (("filtered", "yes"),)


def test_a_missing_model_stops_the_run(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str | None) -> Path:
        raise ModelError("the pose model is not installed")

    monkeypatch.setattr("motion.validation.run.find_model", missing)

    with pytest.raises(ModelError):
        run()


def test_the_tables_are_printed_whole(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    show_validation(run(), Path("out"))

    shown = capsys.readouterr().out
    assert "knee_flexion" in shown
    assert "15-30" in shown
    assert "2 recordings; every figure is in out/validation.csv" in shown
    assert "…" not in shown


def test_figures_do_not_change_the_curves(run: Run) -> None:
    found = run()
    one = next(c for c in found.compared if c.row["angle"] == "knee_flexion")

    assert np.ptp(one.true_deg) == pytest.approx(80.0)


def test_the_folder_is_the_chosen_one_or_that_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTION_VALIDATION_DIR", str(tmp_path))

    assert find_folder(None) == tmp_path
    assert find_folder(tmp_path / "..") == tmp_path / ".."
    with pytest.raises(InputError, match="nowhere: not a folder"):
        find_folder(tmp_path / "nowhere")


def test_without_either_it_is_the_shared_folder_or_the_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MOTION_VALIDATION_DIR", raising=False)
    checkout = tmp_path / "checkout"
    monkeypatch.setattr("motion.validation.run.motion.__file__", str(checkout / "motion" / "x.py"))

    assert find_folder(None).name == "samples"
    shared = tmp_path / "shared" / "validation"
    shared.mkdir(parents=True)
    assert find_folder(None) == shared
