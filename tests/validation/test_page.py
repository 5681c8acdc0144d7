"""The page is made of the figures and of nothing else."""

import re
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from motion import __version__
from motion.report import write_csv
from motion.validation.goals import list_peers, read_goals
from motion.validation.made_with import MadeWith
from motion.validation.page import write_page
from motion.validation.ways import PRODUCT
from motion.validation.writing import round_figures

ROOT = Path(__file__).resolve().parents[2]
SMALL = Path(__file__).with_name("small.csv")
PAGE = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
MADE_WITH = MadeWith(
    software="physio-motion 0.1.0",
    models=(("pose_landmarker_full", "ab" * 32),),
    settings=(("angle_method", "picture"), ("filtered", True)),
)
CHECKS = pd.DataFrame(
    [{"recording": "walk", "what": "facing", "expected": "left", "found": "right"}]
)


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=True).fillna(
        {"limb": "", "off_class": "", "subject": "", "skin": "", "light": "", "movement": ""}
    )


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return read(SMALL)


@pytest.fixture(scope="module")
def text(rows: pd.DataFrame) -> str:
    return write_page(rows, CHECKS, MADE_WITH)


def test_the_same_table_gives_the_same_text(rows: pd.DataFrame, text: str) -> None:
    shuffled = rows.sample(frac=1.0, random_state=4)

    assert write_page(read(SMALL), CHECKS, MADE_WITH) == text
    assert write_page(shuffled, CHECKS, MADE_WITH) == text


def test_the_table_that_is_written_gives_the_same_text(rows: pd.DataFrame, tmp_path: Path) -> None:
    rounded = round_figures(rows)
    write_csv(rounded, tmp_path / "validation.csv")

    again = write_page(read(tmp_path / "validation.csv"), CHECKS, MADE_WITH)

    assert again == write_page(rounded, CHECKS, MADE_WITH)


def test_another_figure_gives_another_text(rows: pd.DataFrame, text: str) -> None:
    worse = rows.assign(mae_deg=rows["mae_deg"] + 8.0)

    assert "measured well" in text
    assert "measured well" not in write_page(worse, CHECKS, MADE_WITH)


def test_what_it_was_made_with_is_said(text: str) -> None:
    assert "physio-motion 0.1.0" in text
    assert "ab" * 32 in text
    assert "angle_method picture, filtered True" in text
    assert "| walk | facing | left | right |" in text


def test_what_no_clip_shows_is_said_to_be_not_validated(text: str) -> None:
    assert "no clip moves it: elbow flexion" not in text.replace("walk", "")
    assert re.search(r"\*\*Not validated\*\*, no clip moves it: .*neck lateral flexion", text)
    assert "**Not validated positions**: supine, prone, side lying." in text


def test_figures_are_shown(rows: pd.DataFrame) -> None:
    text = write_page(rows, CHECKS, MADE_WITH, ["![An error](images/error.png)"])

    assert text.count("![An error](images/error.png)") == 1


def test_every_table_of_the_page_is_whole(text: str) -> None:
    lines = text.splitlines()

    for before, line in pairwise(lines):
        if before.startswith("|") and line.startswith("|"):
            assert before.count("|") == line.count("|")


def test_the_goals_are_read_from_moving_angles_of_the_product(rows: pd.DataFrame) -> None:
    found = {goal.measure: goal for goal in read_goals(rows, PRODUCT)}
    seated = found["Seated knee extension"]
    (row,) = rows[
        (rows["clip"] == "knee_ext_seated_r")
        & (rows["side"] == "right")
        & (rows["angle"] == "knee_flexion")
        & (rows["way"] == PRODUCT)
    ].to_dict("records")

    assert seated.curves_n == 1
    assert seated.mae_deg == row["mae_deg"]
    assert seated.met == (abs(row["mae_deg"]) <= 4 and abs(row["min_error_deg"]) <= 5)
    assert not found["Knee flexion, walking, far leg"].met


def test_where_the_far_leg_is_not_given_it_says_where_it_is(text: str) -> None:
    part = " ".join(text[text.index("## Against the goals") :].split())

    assert "measured here without the movement Walking" in part[: part.index("| measure")]
    assert "[Goals of walking](#goals-of-walking)" in part[: part.index("| measure")]


def test_a_goal_without_a_clip_is_not_met(rows: pd.DataFrame) -> None:
    nothing = list(read_goals(rows[rows["clip"] == "none"], PRODUCT))

    assert len(nothing) > 10
    assert not any(goal.met for goal in nothing)


def test_every_published_figure_has_a_source() -> None:
    assert len(list_peers()) > 10
    assert all(peer["source"] and peer["figure"] for peer in list_peers())


def test_the_committed_page_says_what_it_was_made_with() -> None:
    assert re.search(r"\*\*Software\*\*: physio-motion \d+\.\d+\.\d+", PAGE)
    assert f"physio-motion {__version__}" in PAGE
    assert re.search(r"\*\*Pose model\*\*: pose_landmarker_full, SHA-256 `[0-9a-f]{64}`", PAGE)
    assert re.search(r"\*\*Settings\*\*: .*angle_method", PAGE)
    assert "[measured.md](measured.md)" in PAGE


def test_the_figures_of_the_committed_page_are_there() -> None:
    shown = re.findall(r"\]\((images/[^)]+)\)", PAGE)

    assert shown
    for path in shown:
        assert (ROOT / "docs" / path).is_file()
