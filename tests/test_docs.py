"""The pages say what the code does."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import numpy as np
import pytest
import typer

from motion.balance import LIGHTEST_N, SHORTEST_S, Certainty, Sway, list_numbers
from motion.balance.certainty import LARGEST_UNREST
from motion.balance.trunk import CUTOFF_HZ
from motion.cli import app
from motion.clinic import RetestVerdict
from motion.clinic.retest_file import OPTIONAL_COLUMNS, RETEST_FILE_COLUMNS
from motion.gait.events import CONTACT_AFTER_S, FOOT_OFF_BEFORE_S
from motion.kinematics import JOINTS, CleaningSettings, JointAngle
from motion.kinematics.error_table import ERROR_COLUMNS
from motion.kinematics.foreshortening import ANGLE_METHOD
from motion.kinematics.planar import FARTHEST_OFF_DEG
from motion.kinematics.view import OBLIQUE_FROM_DEG, WARN_FROM_DEG
from motion.library import load_product_figures
from motion.model import (
    MeasureVerdict,
    Mode,
    NearSide,
    PersonReport,
    Position,
    RepetitionVerdict,
    Setting,
    UniformSeries,
    ViewName,
    WeightBearing,
)
from motion.pose.choice import Who
from motion.pose.people import LOOK_EVERY_N
from motion.report.balance import BALANCE_COLUMNS
from motion.report.retest import RETEST_COLUMNS
from motion.report.tables import MEASUREMENT_COLUMNS, REPETITION_COLUMNS

ROOT = Path(__file__).resolve().parent.parent
MEASURES = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
CONVENTIONS = (ROOT / "docs" / "conventions.md").read_text(encoding="utf-8")
RETEST = (ROOT / "docs" / "retest.md").read_text(encoding="utf-8")
BALANCE = (ROOT / "docs" / "balance.md").read_text(encoding="utf-8")
CAMERAS = (ROOT / "docs" / "cameras.md").read_text(encoding="utf-8")
GAIT = (ROOT / "docs" / "gait.md").read_text(encoding="utf-8")
LIVE = (ROOT / "docs" / "live.md").read_text(encoding="utf-8")
README = ROOT / "README.md"


def table_rows(text: str, heading: str) -> list[list[str]]:
    """Return the cells of the first table under a heading."""
    part = text.split(f"\n{heading}\n", maxsplit=1)[1].split("\n#", maxsplit=1)[0]
    rows = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def commands(command: click.Command, path: str = "motion") -> Iterator[tuple[str, click.Command]]:
    """Yield each command that can be typed, with its name."""
    below = getattr(command, "commands", {})
    if not below:
        yield path, command
    for name, each in below.items():
        yield from commands(each, f"{path} {name}")


COMMANDS = dict(commands(typer.main.get_command(app)))
OPTIONS = sorted(
    {
        option
        for command in COMMANDS.values()
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--")
    }
)


@pytest.mark.parametrize("joint", JOINTS, ids=lambda joint: joint.name)
def test_every_angle_stands_in_the_page_as_in_the_table(joint: JointAngle) -> None:
    rows = {row[0].strip("`"): row for row in table_rows(MEASURES, "## Angles")}
    low, high = joint.branch_deg

    assert rows[joint.name][1:5] == [
        joint.plane.value,
        joint.zero,
        joint.positive,
        f"{low:g}..{high:g}",
    ]
    assert rows[joint.name][5]
    assert f"`{joint.name}`" in MEASURES.split("### What each one is not")[1], "its limits"


def test_the_page_has_no_angle_that_the_table_has_not() -> None:
    named = {row[0].strip("`") for row in table_rows(MEASURES, "## Angles")}

    assert named == {joint.name for joint in JOINTS}


@pytest.mark.parametrize("joint", JOINTS, ids=lambda joint: joint.name)
def test_every_error_figure_stands_in_the_page_as_in_the_data(joint: JointAngle) -> None:
    table = table_rows(MEASURES, "## Error figures")
    rows = {(row[0].strip("`"), row[1]): row[2:] for row in table}
    figures = load_product_figures()
    square = figures.find(joint.name, joint.plane.view)

    def said(view: ViewName) -> list[str]:
        figure = figures.find(joint.name, view)
        return [f"{figure.sem_deg:.1f}", f"{figure.mdc95_deg:.1f}"]

    extra = [f"{square.extra_at_45_deg:.1f}"]
    assert rows[joint.name, joint.plane.value] == said(joint.plane.view) + extra
    assert rows["any of them", "oblique"][:2] == said(ViewName.OBLIQUE)
    spatial = rows.get((joint.name, "spatial"), rows["every other", "spatial"])
    assert spatial[:2] == said(ViewName.SPATIAL)


def test_the_farthest_views_stand_in_the_page_as_in_the_code() -> None:
    given = {row[0]: row[2] for row in table_rows(MEASURES, "## Valid views")}

    for plane, farthest_deg in FARTHEST_OFF_DEG.items():
        assert given[f"of the {plane} plane"].startswith(f"{farthest_deg:.0f} degrees off")


def test_the_method_stands_in_the_page_as_in_the_settings() -> None:
    assert ANGLE_METHOD in {row[1] for row in table_rows(MEASURES, "## Valid views")}


@pytest.mark.parametrize("branch", ["shoulder -90..270", "hip -60..180", "elbow -40..170"])
def test_the_branches_are_named_as_the_table_has_them(branch: str) -> None:
    joint, span = branch.split()

    assert branch in CONVENTIONS
    assert {f"{j.branch_deg[0]:g}..{j.branch_deg[1]:g}" for j in JOINTS if j.joint == joint} == {
        span
    }


@pytest.mark.parametrize(
    "measure",
    ["rom_max", "rom_min", "rom_range", "best_three_mean", "best_three_mean_down", "repetitions"],
)
def test_every_measure_of_a_take_is_explained(measure: str) -> None:
    rows = {
        row[0].strip("`")
        for row in table_rows(MEASURES, "## Measures of a take (`measurements.csv`)")
    }

    assert measure in rows


@pytest.mark.parametrize(
    "column", [name for name in REPETITION_COLUMNS if name.endswith(("_s", "_deg", "_sparc"))]
)
def test_every_number_of_a_repetition_is_explained(column: str) -> None:
    assert f"`{column}`" in MEASURES + CONVENTIONS


@pytest.mark.parametrize(
    "word",
    [
        str(word)
        for words in (
            MeasureVerdict, RepetitionVerdict, Position, Mode, Setting, NearSide, WeightBearing
        )
        for word in words
    ],
)  # fmt: skip
def test_every_word_of_the_tables_is_explained(word: str) -> None:
    assert re.search(rf"\b{word}\b", CONVENTIONS)


def test_every_condition_of_a_take_is_a_column_as_the_page_says() -> None:
    rows = [row[0] for row in table_rows(CONVENTIONS, "## What a take says")]
    columns = {name.removesuffix(" *") for name in rows if name.endswith("*")}

    assert columns <= set(MEASUREMENT_COLUMNS)
    assert len(columns) == 8


def test_the_gap_rule_and_the_filter_are_as_the_page_says() -> None:
    settings = CleaningSettings()

    assert f"Up to {settings.max_gap_s:g} s is filled" in CONVENTIONS
    assert f"down 3 dB at {settings.cutoff_hz:g} Hz" in CONVENTIONS
    assert f"presence under {settings.seen_confidence:g}" in CONVENTIONS


def test_the_degrees_off_the_plane_are_as_the_page_says() -> None:
    assert f"From {WARN_FROM_DEG:g} degrees off the plane the user is asked to turn" in CONVENTIONS
    assert f"From {OBLIQUE_FROM_DEG:g} degrees off the view is oblique" in CONVENTIONS


def test_the_looks_for_others_are_as_the_page_says() -> None:
    assert f"looked at every {LOOK_EVERY_N} frames" in CONVENTIONS
    assert f"as a whole, every {2 * LOOK_EVERY_N} frames" in CONVENTIONS


def test_every_rule_for_the_person_and_what_became_of_them_is_explained() -> None:
    part = CONVENTIONS.split("\n## Who is measured\n")[1].split("\n## ")[0]

    for rule in set(Who) - {Who.POINT}:
        assert f"`{rule}`" in part
    for field in fields(PersonReport):
        assert f"`{field.name}`" in part


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_readme(name: str) -> None:
    if not README.exists():
        pytest.skip("README.md is not written yet")

    assert name in README.read_text(encoding="utf-8"), f"README.md does not name `{name}`"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_has_help(name: str) -> None:
    command = COMMANDS[name]

    assert command.help
    assert command.get_short_help_str()


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_written_down(option: str) -> None:
    readme = README.read_text(encoding="utf-8") if README.exists() else ""

    assert re.search(
        rf"{option}(?![\w-])", CONVENTIONS + MEASURES + BALANCE + CAMERAS + GAIT + LIVE + readme
    ), (
        f"{option} stands in none of README.md and docs/: conventions, measures, balance, "
        "cameras, gait, live"
    )


def test_every_number_of_a_sway_is_explained() -> None:
    rows = table_rows(BALANCE, "## What is written")
    explained = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row[0])}
    still = UniformSeries(start_s=0.0, rate_hz=50.0, values=np.eye(2000, 2))
    sway = Sway(series=still, axes=("ap", "ml"), unit="mm")
    certainty = Certainty(verdict=MeasureVerdict.MEASURED)

    assert explained == {number.measure for number in list_numbers(sway, certainty)}


def test_every_column_of_a_retest_is_explained() -> None:
    rows = table_rows(RETEST, "## What comes out")
    explained = {name for row in rows for name in re.findall(r"`([a-z0-9_]+)`", row[0])}

    assert explained == set(RETEST_COLUMNS)
    assert ",".join(ERROR_COLUMNS) in RETEST
    assert all(f"`{verdict}`" in RETEST for verdict in RetestVerdict)
    given = {row[0].strip("`") for row in table_rows(RETEST, "### From a file")}
    assert given == {*RETEST_FILE_COLUMNS, *OPTIONAL_COLUMNS}


def test_the_limits_of_balance_are_as_the_page_says() -> None:
    assert f"{LARGEST_UNREST:.2%} of the height".replace("%", " %") in BALANCE.replace("\n  ", " ")
    assert f"At least {SHORTEST_S:g} seconds are needed" in BALANCE
    assert f"less than {LIGHTEST_N:g} N" in BALANCE
    assert f"low-pass {CUTOFF_HZ:g} Hz" in BALANCE
    assert all(f"`{name}" in BALANCE or name in BALANCE for name in BALANCE_COLUMNS)


def test_the_page_of_walking_says_the_constants_in_use() -> None:
    after_ms, before_ms = 1000 * CONTACT_AFTER_S, 1000 * FOOT_OFF_BEFORE_S
    assert f"**{after_ms:.0f} ms** after" in GAIT
    assert f"**{before_ms:.0f} ms** before" in GAIT


@pytest.mark.parametrize("parameter", ["walk_ratio", "cadence", "walking_speed", "double_support"])
def test_the_page_of_walking_defines_each_word(parameter: str) -> None:
    assert f"| {parameter.replace('_', ' ')} |" in GAIT
