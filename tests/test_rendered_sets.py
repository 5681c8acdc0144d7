"""The lists of clips to render: what is fitted on, what is tested on, and who is compared."""

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def lists() -> Iterator[Any]:
    """Return the script that names the clips."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import render_fit

    yield render_fit
    sys.path.remove(str(ROOT / "benchmarks"))


def test_every_clip_has_a_name_of_its_own(lists: Any) -> None:
    names = [job["name"] for make_list in lists.SETS.values() for job in make_list()]

    assert len(set(names)) == len(names)
    # A dot would be taken for the start of the file's kind.
    assert not any("." in name for name in names)


def test_the_same_list_comes_every_time(lists: Any) -> None:
    assert list(lists.list_fit()) == list(lists.list_fit())


def test_nothing_is_fitted_on_the_body_that_is_held_out(lists: Any) -> None:
    fitted, tested = list(lists.list_fit()), list(lists.list_test())

    assert {job["subject"] for job in fitted} == {"m_avg", "f_avg"}
    assert not any(job["held_out"] for job in fitted)
    assert {job["subject"] for job in tested} == {"m_heavy"}
    assert all(job["held_out"] for job in tested)


def test_the_varied_values_fill_their_ranges(lists: Any) -> None:
    for name, (low, high) in lists.VARIED.items():
        values = [job[name] for job in lists.list_fit()]
        margin = 0.1 * (high - low)

        assert low <= min(values) < low + margin
        assert high - margin < max(values) <= high


def test_both_sides_of_both_bodies_are_near_the_camera(lists: Any) -> None:
    sides = Counter((job["subject"], job["mirror"]) for job in lists.list_fit())

    assert min(sides[subject, mirror] for subject in ("m_avg", "f_avg") for mirror in (0, 1)) >= 7
    assert {"knee_flex_l", "knee_flex_r"} <= {job["motion"] for job in lists.list_fit()}


def test_groups_are_fully_crossed_from_one_camera(lists: Any) -> None:
    cells = Counter(
        (job["subject"], job["skin"], job["light"], job["motion"]) for job in lists.list_groups()
    )
    bodies, movements = ("m_avg", "f_avg", "m_heavy"), ("squat", "shoulder_abd_r")

    assert cells == Counter(product(bodies, lists.SKINS, lists.LIGHTS, movements))
    assert not any("yaw" in job or "dist" in job for job in lists.list_groups())


def test_positions_name_the_posture(lists: Any) -> None:
    postures = {job["motion"]: job["position"] for job in lists.list_positions()}

    assert postures["heel_slide_r"] == "supine"
    assert postures["prone_knee_bend_r"] == "prone"
    assert postures["knees_past_straight"] == "standing"
