"""Outcome measures: the product's files are whole, a clinic's own are read or named."""

import math
from pathlib import Path

import pytest

from motion.errors import InputError
from motion.library import (
    find_outcome_measure,
    list_unusable_outcome_measures,
    load_hand_errors,
    load_outcome_measures,
)
from motion.norms.hand_errors import find_hand_error, parse_hand_error
from motion.norms.outcome_file import parse_outcome_measure
from motion.norms.outcome_measures import OutcomeEntry

OWN = {
    "title": "Own score",
    "short": "OWN",
    "about": "what the clinic asks",
    "entry": "total",
    "low": 0,
    "high": 20,
    "step": 1,
    "better": "higher",
    "source": "the clinic",
}
CHANGE = {"label": "better", "population": "p", "cite": "c", "source": "s"}
ERROR = {"mdc95": 3, "population": "p", "cite": "c", "source": "s"}


@pytest.fixture(autouse=True)
def own_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path))
    folder = tmp_path / "outcomes"
    folder.mkdir()
    return folder


def write(folder: Path, name: str = "own", **changes: object) -> Path:
    table = OWN | changes
    path = folder / f"{name}.toml"
    path.write_text("".join(f"{k} = {v!r}\n" for k, v in table.items()), encoding="utf-8")
    return path


def test_the_product_has_the_measures_that_the_plan_names() -> None:
    names = {measure.name for measure in load_outcome_measures()}

    assert names >= {
        "nprs", "psfs", "womac", "koos", "hoos", "dash", "quickdash", "odi", "ndi", "lefs",
        "uefi", "oks", "ohs",
    }  # fmt: skip


@pytest.mark.parametrize("measure", load_outcome_measures(), ids=lambda measure: measure.name)
def test_every_figure_has_its_source_and_only_totals_are_kept_of_questionnaires(measure) -> None:
    assert measure.source
    for figure in (*measure.changes, *measure.errors):
        assert figure.source
        assert figure.cite
        assert figure.population
    if measure.name not in ("nprs", "psfs"):
        assert measure.entry is OutcomeEntry.TOTAL
        assert "copyright" in measure.note


def test_an_mdc90_stands_nowhere_as_an_mdc95() -> None:
    # DASH 10.81, QuickDASH 12.85, LEFS 9 and the Oxford scores 4 and 5 were published at 90 %.
    published_90 = {"dash": 10.81, "quickdash": 12.85, "oks": 4.0, "ohs": 5.0}
    for name, mdc90 in published_90.items():
        error = find_outcome_measure(name).error_of("")
        assert error is not None
        assert error.mdc95 == pytest.approx(mdc90 * 1.96 / 1.645, abs=0.06)
    assert find_outcome_measure("lefs").error_of("") is None


def test_a_clinics_own_measure_is_read_and_read_again(own_dir: Path) -> None:
    write(own_dir)
    assert find_outcome_measure("own").own
    write(own_dir, high=100, title="Own score, longer")

    assert find_outcome_measure("own").high == 100.0


def test_a_file_that_cannot_be_used_is_named_and_the_others_stay(own_dir: Path) -> None:
    write(own_dir, "broken", better="sideways")
    write(own_dir, "nprs")
    (own_dir / "worse.toml").write_text("= 1", encoding="utf-8")
    unusable = list_unusable_outcome_measures()

    assert "better must be higher or lower, got 'sideways'" in unusable["broken"]
    assert "the product has one of this name" in unusable["nprs"]
    assert "not readable as TOML" in unusable["worse"]
    assert find_outcome_measure("nprs").title == "Numeric pain rating scale"
    with pytest.raises(InputError, match="sideways"):
        find_outcome_measure("broken")
    with pytest.raises(InputError, match="not known; choose one of"):
        find_outcome_measure("nothing")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"colour": "red"}, "with the unknown colour"),
        ({"entry": "guess"}, "'guess' is not a valid OutcomeEntry"),
        ({"low": 20}, "low 20 must be below high 20"),
        ({"low": "none"}, "could not convert"),
        ({"step": 0}, "step must be above 0"),
        ({"entry": "buttons"}, "at most 11 numbers"),
        ({"entry": "activities"}, "fewest_items and most_items"),
        ({"most_items": 3}, "fewest_items and most_items"),
        ({"context": [{"name": "a", "title": "A"}, {"name": "a", "title": "B"}]}, "same name"),
        ({"context": [{"name": "a"}]}, "'title'"),
        ({"change": [CHANGE]}, "give points or percent, above 0"),
        ({"change": [CHANGE | {"points": -1}]}, "above 0"),
        ({"change": [CHANGE | {"points": 1, "context": "x"}]}, "is no context"),
        ({"change": [{"points": 1}]}, "without cite, label, population, source"),
        ({"error": [ERROR | {"mdc95": 0}]}, "mdc95 must be above 0"),
        ({"error": [ERROR, ERROR]}, "two error figures"),
        ({"error": [ERROR | {"mdc90": 3}]}, "with the unknown mdc90"),
    ],
)
def test_a_wrong_entry_is_refused_in_one_line(changes: dict[str, object], said: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_outcome_measure("own", OWN | changes)

    assert said in str(refused.value)
    assert str(refused.value).startswith("outcome measure own")


def test_a_share_counts_from_the_first_score() -> None:
    table = OWN | {"change": [CHANGE | {"percent": 12}, CHANGE | {"points": 3}]}
    measure = parse_outcome_measure("own", table)
    points, percent = measure.changes

    assert (points.size_from(50.0), percent.size_from(50.0)) == (3.0, pytest.approx(6.0))
    assert math.isnan(percent.points)


def test_the_errors_by_hand_are_those_that_were_published() -> None:
    errors = load_hand_errors()
    named = ("knee_flexion", "rom_max", "goniometer")
    bend = find_hand_error(errors, *named, "active")

    assert bend is not None
    assert (bend.sem_deg, bend.mdc95_deg) == (3.41, 9.5)
    assert find_hand_error(errors, *named, "passive") is None
    healthy = [e for e in errors if "without symptoms" in e.population]
    assert healthy
    assert all(e.source.startswith("provisional") for e in healthy)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"mdc95_deg": "8.0"}, "an MDC90 is no MDC95"),
        ({"sem_deg": "x"}, "could not convert"),
        ({"source": ""}, "without its population and source"),
    ],
)
def test_an_error_by_hand_must_be_whole(changes: dict[str, str], said: str) -> None:
    row = {
        "angle": "knee_flexion", "measure": "rom_max", "instrument": "goniometer",
        "mode": "active", "sem_deg": "3.41", "mdc95_deg": "9.5", "population": "p",
        "source": "s", "note": "",
    }  # fmt: skip
    with pytest.raises(InputError, match="error by hand of knee_flexion") as refused:
        parse_hand_error(row | changes)

    assert said in str(refused.value)
