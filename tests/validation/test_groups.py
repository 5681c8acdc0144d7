"""Groups are compared over clips that differ in one thing only."""

import json
from itertools import product
from typing import Any

import pandas as pd
import pytest

from motion.validation.groups import compare_groups, describe_groups


def make_row(mae_deg: float, subject: str, skin: str, light: str, **known: Any) -> dict[str, Any]:
    made_with = {"motion": "squat", "subject": subject, "skin": skin, "light": light, "fps": 15}
    return {
        "way": "product", "truth": "rendered", "moving": True, "n": 10, "angle": "knee_flexion",
        "side": "left", "subject": subject, "skin": skin, "light": light,
        "made_with": json.dumps(made_with | known), "mae_deg": mae_deg, "bias_deg": -mae_deg,
    }  # fmt: skip


def crossed(error_of: Any) -> pd.DataFrame:
    levels = product(("f_avg", "m_heavy"), ("light", "medium", "dark"), ("normal", "low"))
    return pd.DataFrame([make_row(error_of(*each), *each) for each in levels])


def test_the_spread_is_that_of_the_one_factor() -> None:
    rows = crossed(lambda body, skin, light: 3.0 + 2.0 * (body == "m_heavy") + (skin == "dark"))

    found = {(f.factor, f.level): f for f in compare_groups(rows) if f.angle == "all"}

    assert found["subject", "m_heavy"].mae_deg - found["subject", "f_avg"].mae_deg == pytest.approx(
        2.0
    )
    assert found["skin", "dark"].mae_deg - found["skin", "medium"].mae_deg == pytest.approx(1.0)
    assert found["light", "low"].mae_deg == pytest.approx(found["light", "normal"].mae_deg)
    assert found["subject", "f_avg"].sets_n == 6
    assert found["skin", "dark"].sets_n == 4
    assert found["light", "low"].bias_deg == pytest.approx(-found["light", "low"].mae_deg)


def test_a_group_that_is_worse_is_named() -> None:
    rows = crossed(lambda body, skin, light: 3.0 + 2.0 * (body == "m_heavy") + (skin == "dark"))

    said = describe_groups(compare_groups(rows))

    worse = [line for line in said if line.startswith("**")]
    assert worse == [
        "**Knee flexion is measured worse by 2.0 degrees with body shape m_heavy (5.3) than with "
        "f_avg (3.3).**"
    ]
    assert any(line.startswith("Skin tone: mean absolute error dark 5.0") for line in said)
    assert said[-1] == "The largest spread of one angle: knee flexion by body shape, 2.0 degrees."


def test_clips_that_differ_in_more_are_not_compared() -> None:
    rows = pd.DataFrame(
        [
            make_row(3.0, "f_avg", "light", "normal"),
            make_row(9.0, "m_heavy", "dark", "normal"),
            make_row(9.0, "f_avg", "dark", "normal", fps=30),
        ]
    )

    assert compare_groups(rows) == []
    assert describe_groups([]) == [
        "Body shape: no two clips differ in it alone.",
        "Skin tone: no two clips differ in it alone.",
        "Light: no two clips differ in it alone.",
    ]


def test_a_clip_outside_the_crossed_set_does_not_count() -> None:
    rows = crossed(lambda *_: 3.0)
    outside = pd.DataFrame([make_row(90.0, "f_avg", "light", "normal", yaw=15)])

    found = compare_groups(pd.concat([rows, outside], ignore_index=True))

    assert {f.mae_deg for f in found} == {3.0}


def test_the_same_clip_twice_counts_once() -> None:
    rows = crossed(lambda *_: 3.0)

    twice = compare_groups(pd.concat([rows, rows], ignore_index=True))

    assert twice == compare_groups(rows)
