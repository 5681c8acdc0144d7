"""A retest as a table and as a Bland-Altman plot: the figures of its result, and nothing else."""

import math
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from motion.agreement import describe_agreement
from motion.clinic import Reading, RetestResult, assess_retest
from motion.errors import OutputError
from motion.model import Side, ViewName
from motion.report.bland_altman import draw_bland_altman, write_bland_altman
from motion.report.retest import RETEST_COLUMNS, retest_table

SVG = "{http://www.w3.org/2000/svg}"
PAIRS = ((90.0, 92.0), (100.0, 99.0), (110.0, 113.0), (120.0, 124.0))


def result(pairs: tuple[tuple[float, ...], ...] = PAIRS) -> RetestResult:
    (found,) = assess_retest(
        Reading(
            person=f"P{p}",
            session=str(s),
            angle="knee_flexion",
            side=Side.LEFT,
            view=ViewName.SAGITTAL,
            value_deg=value,
        )
        for p, pair in enumerate(pairs)
        for s, value in enumerate(pair)
    )
    return found


def test_the_table_holds_the_figures_of_the_result() -> None:
    found = result()

    table = retest_table([found])

    assert tuple(table.columns) == RETEST_COLUMNS
    row = table.iloc[0]
    assert (row["angle"], row["measure"], row["view"]) == ("knee_flexion", "rom_max", "sagittal")
    assert (row["n_people"], row["n_rows"], row["sessions"], row["left_out"]) == (4, 4, 2, 0)
    retest = found.retest
    assert row["icc21"] == pytest.approx(retest.icc21, abs=5e-4)
    assert row["sem_deg"] == pytest.approx(retest.sem, abs=5e-4)
    assert row["mdc95_deg"] == pytest.approx(2.7719 * retest.sem, abs=2e-3)
    assert row["bias_deg"] == 2.0
    assert row["loa_high_high_deg"] == pytest.approx(retest.agreement.loa_high_ci.high, abs=5e-4)
    assert (row["verdict"], row["note"][:7]) == ("too_few", "too few")


def test_who_was_measured_once_leaves_empty_cells() -> None:
    row = retest_table([result(((90.0,), (91.0,)))]).iloc[0]

    assert (row["n_people"], row["left_out"]) == (0, 2)
    assert math.isnan(row["sem_deg"])


def circles(svg: str) -> list[tuple[float, float]]:
    found = ElementTree.fromstring(svg).iter(f"{SVG}circle")
    return [(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in found]


def test_the_plot_has_a_point_for_each_pair_and_its_lines_between_them() -> None:
    found = result()
    svg = draw_bland_altman(
        found.mean_deg, found.difference_deg, found.retest.agreement, "Knee <flexion>", "Last"
    )

    points = circles(svg)
    assert len(points) == 4
    across, upward = np.transpose(points)
    assert np.all(np.diff(across) > 0)  # the means grow
    assert np.argmin(upward) == np.argmax(found.difference_deg)  # up is more
    lines = [e for e in ElementTree.fromstring(svg).iter(f"{SVG}line") if e.get("class") == "found"]
    assert len(lines) == 3
    bias_px = next(float(e.attrib["y1"]) for e in lines if "stroke-dasharray" not in e.attrib)
    assert bias_px == pytest.approx(np.mean(upward), abs=0.1)
    assert "Knee &lt;flexion&gt;" in svg
    assert re.findall(r">(\w+ ?\w*) ([+-]\d+)°<", svg) == [
        ("upper limit", "+6"), ("bias", "+2"), ("lower limit", "-2")
    ]  # fmt: skip


def test_one_pair_has_a_bias_and_no_limits() -> None:
    one = describe_agreement(np.array([92.0]), np.array([90.0]))
    svg = draw_bland_altman(np.array([91.0]), np.array([2.0]), one, "Knee", "Camera less hand")

    assert len(circles(svg)) == 1
    assert "bias +2°" in svg
    assert "limit" not in svg


def test_a_plot_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_bland_altman("<svg/>", tmp_path / "none" / "plot.svg")
