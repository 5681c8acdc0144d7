"""docs/exercises.md says what the files and the parser say."""

import csv
import re
import tomllib
from pathlib import Path

import pytest
from exercise_makers import KNOWN, WHOLE

from motion.errors import InputError
from motion.exercise.evidence import LEAST_CLIPS_N, LEAST_IN_BAND, MOST_ERROR_DEG, judge_evidence
from motion.exercise.exercise_file import FILE_KEYS, TESTS, parse_exercise
from motion.exercise.exercises import PROPS, TURNS, Region, Sides
from motion.exercise_library import own_exercises_dir
from motion.library import find_exercise, list_exercises, load_evidence
from motion.paths import reference_dir

PAGE = (Path(__file__).parents[1] / "docs" / "exercises.md").read_text(encoding="utf-8")


def rows_under(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its head."""
    part = PAGE.split(f"\n{heading}\n", maxsplit=1)[1].split("\n## ", maxsplit=1)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_exercise_stands_in_the_list_as_in_its_file() -> None:
    expected = {
        f"`{name}`": [
            each.title,
            each.region,
            each.position,
            "measured" if each.measured else "guide only",
            each.movement.counted_angle if each.movement else "–",
            f"`{each.seated_variant}`" if each.seated_variant else "–",
        ]
        for name, each in list_exercises().items()
        if not each.own
    }

    assert {row[0]: row[1:] for row in rows_under("## All exercises")} == expected


def test_the_figures_stand_there_as_in_the_table() -> None:
    path = reference_dir() / "validation" / "exercises.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = [
        [
            f"{row['movement']} ({row['motion']})",
            row["clips_n"],
            row["held_out_n"],
            row["exact_n"],
            row["mae_deg"],
            f"{float(row['peak_error_deg']):+.1f}",
            f"{float(row['range_error_deg']):+.1f}",
            f"{row['in_band_n']} of {row['repetitions_n']}",
        ]
        for row in rows
    ]

    assert rows_under("## Measured, or guide only") == expected


def test_the_conditions_are_those_of_the_code() -> None:
    assert f"at most {MOST_ERROR_DEG:g} degrees on average" in PAGE
    assert LEAST_CLIPS_N == 2
    assert "there are at least two clips" in PAGE
    assert f"at least {100 * LEAST_IN_BAND:g}% of".replace("%", " %") in PAGE


@pytest.mark.parametrize(
    ("name", "reason", "said"),
    [
        ("heel_slide", "the range is 14.3 degrees off", "its range is 14.3 degrees too large"),
        ("ankle_pumps", "the range is 17.1 degrees off", "range is 17.1 degrees too small"),
        ("neck_side_bend", "the range is 23.8 degrees off", "range is 23.8 degrees too small"),
        ("heel_raise", "holds 2 of 6 repetitions", "for the same reason"),
        ("straight_leg_raise", "holds 2 of 6 repetitions", "held two of six repetitions"),
    ],
)
def test_what_fails_is_said_with_its_reason(name: str, reason: str, said: str) -> None:
    rows = [row for row in load_evidence().values() if row.movement == name]

    assert reason in "; ".join(judge_evidence(rows))
    assert re.search(rf"`{name}`[^`]*{said}", PAGE.replace("\n", " "))


def test_every_entry_of_a_file_is_explained() -> None:
    firsts = " ".join(row[0] for row in rows_under("## A file"))
    named = {name.split(".")[0] for name in re.findall(r"`\[*([a-z_.]+)\]*`", firsts)}

    assert named == FILE_KEYS


@pytest.mark.parametrize(
    "words", [Region, Sides, TESTS, PROPS, TURNS], ids=lambda words: str(next(iter(words)))
)
def test_every_word_that_an_entry_may_have_is_named(words: tuple[str, ...]) -> None:
    table = str(rows_under("## A file"))

    assert all(str(word) in table for word in words)


def test_the_example_can_be_used_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path))
    example = PAGE.split("```toml\n", maxsplit=1)[1].split("```", maxsplit=1)[0]
    own_exercises_dir().mkdir()
    (own_exercises_dir() / "ball_squat.toml").write_text(example, encoding="utf-8")

    exercise = find_exercise("ball_squat")

    assert exercise.title == tomllib.loads(example)["title"]
    assert exercise.own
    assert exercise.measured, "as the page says, because it is measured like the squat"
    assert len(exercise.compensations) == 1


def test_the_message_that_the_page_shows_is_the_one_that_comes() -> None:
    with pytest.raises(InputError) as caught:
        parse_exercise("squat", WHOLE | {"target_deg": 200}, KNOWN)

    assert f"`{caught.value}`" in PAGE
