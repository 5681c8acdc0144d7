import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.errors import InputError
from motion.library import load_gait_norms
from motion.norms import (
    ADULT_FROM_Y,
    GaitNorm,
    Subject,
    find_gait_norm,
    is_like_norms,
    parse_gait_norm,
)

ROW = {
    "measure": "cadence", "sex": "female", "age_from": "70", "age_to": "74", "value": "",
    "low": "93", "high": "133", "unit": "steps/min", "label": "Middle two thirds",
    "source": "Someone 2000, Journal 1:1", "note": "",
}  # fmt: skip
UNITS = {
    "cadence": "steps/min",
    "stride_time": "s",
    "walking_speed": "m/s",
    "step_length": "m",
    "stance_percent": "%",
    "swing_percent": "%",
    "double_support_percent": "%",
}


OVER_FLOOR = {"treadmill": False, "timed_test": ""}


def make_subject(age_y: int | None = 71, sex: str = "female") -> Subject:
    """Return somebody of whom one knows in which year they were born: so old, or a year more."""
    birth_year = None if age_y is None else 2026 - 1 - age_y
    return Subject(birth_year=birth_year, sex=sex, day=date(2026, 6, 1))


def look(
    *rows: dict[str, str], sex: str = "female", age_y: int | None = 71, **made_with: object
) -> GaitNorm | None:
    norms = [parse_gait_norm(ROW | row) for row in rows]
    return find_gait_norm(norms, "cadence", make_subject(age_y, sex), OVER_FLOOR | made_with)


def test_a_range_is_the_one_that_was_published() -> None:
    norm = look({})

    assert norm is not None
    assert (norm.low, norm.high, norm.unit) == (93.0, 133.0, "steps/min")
    assert math.isnan(norm.value)


def test_a_mean_without_its_spread_gives_no_range() -> None:
    norm = look({"value": "113", "low": "", "high": ""})

    assert norm is not None
    assert norm.value == 113.0
    assert not norm.has_range


@pytest.mark.parametrize(
    ("sex", "age_y"),
    [("male", 71), ("unknown", 71), ("female", None), ("female", 69), ("female", 74),
     ("female", 17)],
)  # fmt: skip
def test_what_does_not_fit_for_certain_is_no_norm(sex: str, age_y: int | None) -> None:
    assert look({}, sex=sex, age_y=age_y) is None


def test_nobody_known_has_no_norm() -> None:
    assert find_gait_norm([parse_gait_norm(ROW)], "cadence", None, OVER_FLOOR) is None


@pytest.mark.parametrize(
    ("made_with", "fits"),
    [({"treadmill": True}, False), ({"timed_test": "tug"}, False), ({"timed_test": "walk4"}, True)],
)
def test_a_treadmill_and_a_test_with_a_turn_have_no_norm(
    made_with: dict[str, object], fits: bool
) -> None:
    assert is_like_norms(OVER_FLOOR | made_with) is fits
    assert (look({}, **made_with) is not None) is fits


def test_a_value_with_a_range_goes_before_one_without() -> None:
    found = look({"value": "110", "low": "", "high": ""}, {})

    assert found is not None
    assert found.has_range


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sex": "both"}, "gait norm of cadence: sex must be one of female, male, got 'both'"),
        ({"age_from": "17"}, "ages 17 to 74 are no range of adults"),
        ({"age_from": "75"}, "ages 75 to 74 are no range"),
        ({"low": "", "high": ""}, "neither a mean nor a range"),
        ({"low": "133", "high": "93"}, "neither a mean nor a range, got 133 to 93"),
        ({"low": "few"}, "gait norm of cadence: could not convert"),
        ({"source": ""}, "without its unit, source and label is never shown"),
        ({"unit": ""}, "without its unit, source and label is never shown"),
    ],
)
def test_a_wrong_row_is_refused_in_one_line(changes: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_gait_norm(ROW | changes)


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(InputError, match="'unit'"):
        parse_gait_norm({name: cell for name, cell in ROW.items() if name != "unit"})


@given(
    st.sampled_from(sorted(UNITS)), st.sampled_from(["female", "male", "unknown"]),
    st.integers(0, 110),
)  # fmt: skip
def test_no_child_and_nobody_of_another_age_or_sex_has_a_norm(
    measure: str, sex: str, age_y: int
) -> None:
    found = find_gait_norm(load_gait_norms(), measure, make_subject(age_y, sex), OVER_FLOOR)

    if found is not None:
        assert age_y >= ADULT_FROM_Y
        assert found.age_from_y <= age_y < found.age_to_y
        assert (found.sex, found.measure, found.unit) == (sex, measure, UNITS[measure])


@pytest.mark.parametrize("norm", load_gait_norms(), ids=lambda n: f"{n.measure} {n.label}")
def test_a_range_of_one_standard_deviation_is_named_so(norm: GaitNorm) -> None:
    assert norm.label.startswith("Middle two thirds of" if norm.has_range else "Mean of")
    assert norm.unit == UNITS[norm.measure]
    assert norm.note


def test_the_boundary_of_a_normal_pace_is_no_norm_of_the_speed() -> None:
    of_speed = [norm for norm in load_gait_norms() if norm.measure == "walking_speed"]

    assert all(norm.age_from_y >= 70 for norm in of_speed if norm.has_range)


def test_swing_is_what_stance_leaves() -> None:
    def find(measure: str) -> GaitNorm:
        found = find_gait_norm(load_gait_norms(), measure, make_subject(82), OVER_FLOOR)
        assert found is not None
        return found

    stance, swing = find("stance_percent"), find("swing_percent")

    assert (swing.low, swing.high) == (100.0 - stance.high, 100.0 - stance.low) == (33.0, 38.0)
