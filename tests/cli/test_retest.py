"""`motion retest`: a file or the record in, figures out, adopted only where they are enough."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from cli_runner import Done, assert_one_line
from clinic_makers import STARTED_AT, make_analysis, make_measurement, make_provenance

from motion.clinic import ensure_patient, mark_retest, open_record, store_analysis
from motion.library import find_joint_centre_model, load_error_figures, sample_digests
from motion.model import Provenance, ViewName
from motion.own_figures import own_figures_path
from motion.settings import AnalysisSettings

Call = Callable[..., Done]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def write_file(path: Path, people: int, sessions: int = 2) -> Path:
    rng = np.random.default_rng(6)
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["person", "session", "angle", "side", "view", "value_deg", "date"])
        for person in range(people):
            true_deg = rng.normal(110.0, 10.0)
            for session in range(1, sessions + 1):
                value = true_deg + rng.normal(0.0, 2.0)
                row = (f"P{person}", session, "knee_flexion", "left", "sagittal", f"{value:.1f}")
                table.writerow([*row, f"2026-11-0{session}"])
    return path


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "retest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_enough_people_become_the_clinics_own_figures(
    call: Call, tmp_path: Path, out: Path
) -> None:
    done = call("retest", write_file(tmp_path / "retest.csv", 12), "--out", out, "--adopt")

    assert (done.code, done.err) == (0, "")
    assert (
        "Knee flexion (rom_max, sagittal; between days): 12 people x 2 sessions, ICC(2,1) 0.9"
        in done.out
    )
    assert "adopted 1 of 1: " in done.out
    (row,) = rows(out)
    assert row["verdict"] == "enough"
    assert (out / "bland_altman_knee_flexion_rom_max_sagittal.svg").read_text().count(
        "<circle"
    ) == 12
    figure = load_error_figures().find("knee_flexion", ViewName.SAGITTAL)
    assert figure.source == "clinic retest 2026-11-02, n=12"
    assert figure.sem_deg == pytest.approx(float(row["sem_deg"]), abs=0.01)


def test_without_adopt_nothing_is_adopted(call: Call, tmp_path: Path, out: Path) -> None:
    done = call("retest", write_file(tmp_path / "retest.csv", 12), "--out", out)

    assert done.code == 0
    assert not own_figures_path().exists()


def test_too_few_give_figures_and_are_never_adopted(call: Call, tmp_path: Path, out: Path) -> None:
    done = call("retest", write_file(tmp_path / "retest.csv", 1, 3), "--out", out, "--adopt")

    assert done.code == 2
    assert "for this patient only" in done.out
    assert done.err.startswith("error: nothing adopted: no angle was measured in 10 people")
    assert [row["verdict"] for row in rows(out)] == ["one_patient"]
    assert not own_figures_path().exists()


def of_today(sha256: str) -> Provenance:
    made = make_provenance(sha256, "pose_landmarker_full")
    centres = find_joint_centre_model(made.model.name)
    assert centres is not None
    settings = dict(AnalysisSettings().as_pairs()) | {"joint_centres": centres.version}
    return replace(made, settings=tuple(settings.items()))


def store(code: str, minute: int, value: float, given: Provenance) -> object:
    with open_record() as record:
        ensure_patient(record, code)
        analysis = make_analysis(
            started_at=STARTED_AT + timedelta(minutes=minute),
            measurements=(make_measurement(value),),
            provenance=given,
        )
        return store_analysis(record, analysis, code).id


def test_marked_takes_of_the_record_are_a_retest(call: Call, out: Path, tmp_path: Path) -> None:
    call("patients")  # sets the record's folder
    rng = np.random.default_rng(1)
    takes = [
        store(
            f"P{p}", minute, 100.0 + p + rng.normal(0.0, 1.0), of_today(f"{10 * p + minute:064x}")
        )
        for p in range(10)
        for minute in (0, 9)
    ]
    takes.append(store("P3", 15 * 24 * 60, 99.0, of_today("d" * 64)))
    takes.append(store("SAMPLE", 0, 88.0, of_today(min(sample_digests()))))
    with open_record() as record:
        mark_retest(record, takes, "camera set up anew")

    done = call("retest", "--from-record", "--out", out, "--adopt")

    assert done.code == 0, done
    assert done.err.startswith("warning: 2 of 22 marked takes repeat no other")
    assert [(row["n_people"], row["sessions"]) for row in rows(out)] == [("10", "2")]
    figure = load_error_figures().find("knee_flexion", ViewName.SAGITTAL)
    # Of one day: it takes the place of the product's figure and never makes it smaller.
    assert float(rows(out)[0]["sem_deg"]) < 3.5
    assert (figure.sem_deg, figure.mdc95_deg) == (3.5, 9.7)
    assert figure.source.startswith(
        f"provisional, larger than clinic retest {STARTED_AT:%Y-%m-%d}, n=10, pose_landmarker_full"
    )
    assert figure.source.endswith(", same day")


def test_takes_of_another_method_are_named_and_not_adopted(call: Call, out: Path) -> None:
    call("patients")
    rng = np.random.default_rng(1)
    with_plain = replace(of_today("0" * 64), settings=make_provenance().settings)
    takes = [
        store(
            f"P{p}",
            day * 24 * 60,
            100.0 + p + rng.normal(0.0, 1.0),
            replace(made, input=replace(made.input, sha256=f"{p:x}{day:x}{kind:x}".rjust(64, "0"))),
        )
        for kind, made in enumerate((of_today("0" * 64), with_plain))
        for p in range(10)
        for day in (kind, kind + 7)
    ]
    with open_record() as record:
        mark_retest(record, takes, "camera set up anew")

    done = call("retest", "--from-record", "--out", out, "--adopt")

    assert done.code == 0, done
    assert {(row["n_people"], row["interval"]) for row in rows(out)} == {("10", "between_days")}
    assert len({row["method"] for row in rows(out)}) == 2
    assert len(list(out.glob("bland_altman_knee_flexion_rom_max_sagittal*.svg"))) == 2
    assert "left out: Knee flexion (rom_max, sagittal; pose_landmarker_full, plain" in done.out
    assert "adopted 1 of 2" in done.out
    figure = load_error_figures().find("knee_flexion", ViewName.SAGITTAL)
    assert "joint centres" in figure.source
    assert figure.sem_deg < 3.5


def test_an_analysis_says_which_table_it_was_made_with(
    call: Call, tmp_path: Path, out: Path
) -> None:
    call("retest", write_file(tmp_path / "retest.csv", 12), "--out", out, "--adopt")

    assert load_error_figures().name.startswith("clinic.csv ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give either a CSV file or --from-record"),
        (["--from-record"], "the record holds no takes marked as a retest"),
        (["none.csv"], "none.csv: cannot be read"),
    ],
)
def test_what_cannot_be_used_is_one_line(
    call: Call, out: Path, arguments: list[str], said: str
) -> None:
    assert_one_line(call("retest", *arguments, "--out", out), said)


def test_a_broken_table_of_the_clinics_stops_before_the_work(
    call: Call, tmp_path: Path, out: Path
) -> None:
    call("patients")
    own_figures_path().parent.mkdir(parents=True)
    own_figures_path().write_text("angle,view\nknee_flexion,sagittal\n", encoding="utf-8")
    video = tmp_path / "none.mp4"

    done = call("analyse", video, "--out", out)

    assert_one_line(done, "clinic.csv: the first line must be angle,view,sem_deg")
