import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.errors import InputError
from motion.library import load_published_counts, load_published_times
from motion.norms import parse_published_count, say_if_fewer, say_if_slower

ROW = {
    "measure": "thirty_second_stands", "sex": "female", "age_from": "70", "age_to": "74",
    "fewest": "10", "source": "Someone 2000", "note": "",
}  # fmt: skip
FORBIDDEN = ("risk", "fall", "sarcopenia", "diagnos", "injury")


def say(value: float, sex: str, *ages_y: int, comparable: bool = True) -> str:
    counts = load_published_counts()
    return say_if_fewer(counts, "thirty_second_stands", value, sex, ages_y, comparable=comparable)


def test_a_lower_count_is_said_in_the_agreed_words() -> None:
    assert say(9, "female", 71, 72) == (
        "Fewer than the published figure for this age and sex (10); "
        "interpret with the full assessment."
    )


@pytest.mark.parametrize(
    ("sex", "age_y", "fewest"),
    [("male", 62, 14), ("female", 62, 12), ("male", 82, 10), ("female", 82, 9), ("male", 92, 7)],
)
def test_each_age_and_sex_has_its_own_figure(sex: str, age_y: int, fewest: int) -> None:
    assert f"({fewest})" in say(fewest - 1, sex, age_y, age_y)
    assert say(fewest, sex, age_y, age_y) == ""


@pytest.mark.parametrize(
    ("sex", "ages_y"),
    [("unknown", (71, 72)), ("male", ()), ("male", (74, 75)), ("male", (59, 60)), ("male", (9,))],
)
def test_without_age_or_sex_nothing_is_said(sex: str, ages_y: tuple[int, ...]) -> None:
    assert say(1, sex, *ages_y) == ""


def test_what_is_not_comparable_is_held_against_nothing() -> None:
    assert say(1, "male", 71, 72, comparable=False) == ""
    assert say(math.nan, "male", 71, 72) == ""


@given(st.integers(0, 40), st.sampled_from(["female", "male", "unknown"]), st.integers(0, 110))
def test_nothing_is_ever_said_of_risks(value: int, sex: str, age_y: int) -> None:
    assert not any(word in say(value, sex, age_y).lower() for word in FORBIDDEN)


@pytest.mark.parametrize(("age_y", "figure_s"), [(65, 11.4), (75, 12.6), (85, 14.8)])
def test_five_stands_have_a_figure_for_each_decade(age_y: int, figure_s: float) -> None:
    def slower(value_s: float) -> str:
        return say_if_slower(
            load_published_times(), "five_sit_to_stand_time", value_s, (age_y,), comparable=True
        )

    assert slower(figure_s) == ""
    assert f"({figure_s} s)" in slower(figure_s + 0.1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sex": "both"}, "expected female or male, and a source"),
        ({"source": ""}, "expected female or male, and a source"),
        ({"age_from": "12"}, "ages 12 to 74 are no range of adults"),
        ({"fewest": "0"}, "fewest must be at least 1"),
        ({"fewest": "many"}, "published count of thirty_second_stands: invalid literal"),
    ],
)
def test_a_wrong_row_is_refused_in_one_line(changes: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_published_count(ROW | changes)


def test_the_page_has_every_published_count() -> None:
    page = (Path(__file__).parents[2] / "docs" / "timed_tests.md").read_text(encoding="utf-8")
    by_age: dict[tuple[int, int], dict[str, int]] = {}
    for count in load_published_counts():
        by_age.setdefault((count.age_from_y, count.age_to_y), {})[count.sex] = count.fewest
    for (from_y, to_y), fewest in by_age.items():
        assert f"| {from_y} to {to_y} | {fewest['female']} | {fewest['male']} |" in page
