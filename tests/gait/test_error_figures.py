import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.errors import InputError
from motion.gait.error_figures import PROVISIONAL, GaitErrorFigure, GaitErrors
from motion.library import load_gait_errors
from motion.model import Scale, ScaleSource

ROW = {
    "measure": "step_length", "unit": "m", "sem": "0.03", "mdc95": "0.083",
    "grows_with_scale": "yes", "source": "Someone 2000", "note": "",
}  # fmt: skip


def figure(**changes: str) -> GaitErrorFigure:
    return GaitErrors([ROW | changes]).find("step_length")


@pytest.mark.parametrize("measure", load_gait_errors().measures)
def test_the_products_figures_are_provisional_and_agree_with_each_other(measure: str) -> None:
    found = load_gait_errors().find(measure)

    assert found.source == PROVISIONAL
    assert found.mdc95 == pytest.approx(1.96 * 2**0.5 * found.sem, rel=0.01)
    assert found.note


def test_every_parameter_of_the_table_of_parameters_has_a_figure() -> None:
    assert {
        "cadence", "walking_speed", "step_time", "stride_time", "step_length", "stride_length",
        "stance_percent", "swing_percent", "single_support_percent", "double_support_percent",
        "walk_ratio", "tug_time", "walk10_speed", "walk4_speed",
    } == set(load_gait_errors().measures)  # fmt: skip


def test_what_has_no_figure_says_so() -> None:
    none = load_gait_errors().find("stride_time_cv_percent")

    assert math.isnan(none.sem)
    assert math.isnan(none.mdc95)
    assert none.source == "none"


def test_a_scale_from_marks_on_the_floor_adds_all_of_its_error() -> None:
    scale = Scale(m_per_unit=0.004, source=ScaleSource.FLOOR_DISTANCE, relative_sd=0.05)
    widened = figure().with_scale(0.8, scale)

    assert widened.sem == pytest.approx(0.05)  # of 0.03 and 0.05 * 0.8 = 0.04
    assert widened.mdc95 == pytest.approx(1.96 * 2**0.5 * 0.05)
    assert widened.source == PROVISIONAL


def test_of_a_scale_from_the_height_half_the_variance_cancels() -> None:
    scale = Scale(m_per_unit=0.004, source=ScaleSource.HEIGHT, relative_sd=0.05 * 2**0.5)

    assert figure().with_scale(0.8, scale).sem == pytest.approx(0.05)


@given(st.floats(0.0, 3.0), st.floats(0.0, 0.3) | st.just(math.nan), st.sampled_from(ScaleSource))
def test_a_scale_never_makes_a_figure_smaller(
    value: float, relative_sd: float, source: ScaleSource
) -> None:
    scale = Scale(m_per_unit=0.004, source=source, relative_sd=relative_sd)

    assert figure().with_scale(value, scale).sem >= figure().sem
    assert figure(grows_with_scale="no").with_scale(value, scale) == figure(grows_with_scale="no")


def test_without_a_known_error_of_the_scale_the_figure_keeps_its_source() -> None:
    assert figure().with_scale(0.8, Scale()).source == "Someone 2000"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"mdc95": "0.070"}, "step_length: mdc95 must be 2.77 times sem, got 0.07 and 0.03"),
        ({"sem": "0", "mdc95": "0"}, "mdc95 must be 2.77 times sem, got 0 and 0"),
        ({"sem": "nan"}, "mdc95 must be 2.77 times sem"),
        ({"grows_with_scale": "perhaps"}, "error figure of step_length: 'perhaps'"),
        ({"sem": "small"}, "error figure of step_length: could not convert"),
        ({"source": ""}, "without its unit and source is never used"),
    ],
)
def test_a_wrong_row_is_refused_in_one_line(changes: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        figure(**changes)


def test_the_page_has_every_figure_as_in_the_data() -> None:
    page = (Path(__file__).parents[2] / "docs" / "norms.md").read_text(encoding="utf-8")
    table = page.split("### Error figures of walking", maxsplit=1)[1].split("\n## ", maxsplit=1)[0]
    said = {}
    for line in table.splitlines():
        if line.startswith("| `"):
            names, sem, mdc95 = line.split("|")[1:4]
            for name in re.findall(r"`(\w+)`", names):
                said[name] = (float(sem), mdc95.strip())

    assert set(said) == set(load_gait_errors().measures)
    for measure, (sem, mdc95) in said.items():
        figure = load_gait_errors().find(measure)
        number, unit = mdc95.split(maxsplit=1)
        assert sem == figure.sem
        assert float(number) == pytest.approx(figure.mdc95, rel=0.02)
        assert unit == figure.unit
