import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.errors import InputError
from motion.library import load_published_times
from motion.norms import parse_published_time, say_if_slower

ROW = {
    "measure": "tug_time", "age_from": "80", "age_to": "99", "value": "11.3",
    "slower_than": "12.7", "unit": "s", "source": "Someone 2000, Journal 1:1", "note": "",
}  # fmt: skip
FORBIDDEN = ("risk", "fall", "sarcopenia", "diagnos", "injury")


def say(value_s: float, *ages_y: int, comparable: bool = True) -> str:
    return say_if_slower(load_published_times(), "tug_time", value_s, ages_y, comparable=comparable)


def test_a_slower_time_is_said_in_the_agreed_words() -> None:
    assert say(12.8, 83, 84) == (
        "Slower than the published figure for this age (11.3 s); interpret with the full "
        "assessment."
    )


@pytest.mark.parametrize(
    ("ages_y", "figure", "slower_than"),
    [((64, 65), "8.1 s", 9.0), ((70, 71), "9.2 s", 10.2), ((80, 81), "11.3 s", 12.7)],
)
def test_each_age_has_its_own_figure(
    ages_y: tuple[int, ...], figure: str, slower_than: float
) -> None:
    assert figure in say(slower_than + 0.05, *ages_y)
    assert say(slower_than, *ages_y) == ""


@pytest.mark.parametrize("ages_y", [(), (59, 60), (69, 70), (99, 100), (30, 31), (8, 9)])
def test_without_a_figure_for_the_age_nothing_is_said(ages_y: tuple[int, ...]) -> None:
    assert say(30.0, *ages_y) == ""


def test_what_is_not_comparable_is_held_against_nothing() -> None:
    assert say(30.0, 83, 84, comparable=False) == ""


def test_another_measure_has_no_figure() -> None:
    times = load_published_times()

    assert say_if_slower(times, "tug_turn_time", 30.0, (83, 84), comparable=True) == ""


@given(st.floats(0, 100) | st.just(math.nan), st.integers(0, 110), st.booleans())
def test_nothing_is_ever_said_of_risks(value_s: float, age_y: int, comparable: bool) -> None:
    sentence = say(value_s, age_y, age_y + 1, comparable=comparable)

    assert not any(word in sentence.lower() for word in FORBIDDEN)
    if sentence:
        assert comparable
        assert 60 <= age_y < 99


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"unit": "min"}, "published time of tug_time: expected seconds and a source"),
        ({"source": ""}, "expected seconds and a source"),
        ({"age_from": "12"}, "ages 12 to 99 are no range of adults"),
        ({"slower_than": "11"}, "slower_than 11 must not be below 11.3"),
        ({"value": "fast"}, "published time of tug_time: could not convert"),
    ],
)
def test_a_wrong_row_is_refused_in_one_line(changes: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_published_time(ROW | changes)


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(InputError, match="'note'"):
        parse_published_time({name: cell for name, cell in ROW.items() if name != "note"})


def test_the_page_has_every_published_time() -> None:
    page = (Path(__file__).parents[2] / "docs" / "timed_tests.md").read_text(encoding="utf-8")
    for time in load_published_times():
        row = (
            f"| {time.age_from_y} to {time.age_to_y} | {time.value_s:.1f} s "
            f"| {time.slower_than_s:.1f} s |"
        )
        assert row in page
