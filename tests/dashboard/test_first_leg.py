"""Which leg the comparison of two walks draws first."""

import math

import numpy as np
import pytest

from dashboard.components.walk_compare import first_leg
from dashboard.gait_cycles import SideCurves
from motion.model import Side

STRIDE = np.zeros(101)


def curves(**near: bool):
    return {
        ("knee_flexion", Side(name)): SideCurves(
            side=Side(name),
            angle="knee_flexion",
            near=(STRIDE,) if is_near else (),
            far=() if is_near else (STRIDE,),
            mean_deg=STRIDE,
            foot_off_percent=math.nan,
        )
        for name, is_near in near.items()
    }


@pytest.mark.parametrize(
    ("affected", "known", "first"),
    [
        (Side.RIGHT, curves(left=True, right=False), Side.RIGHT),
        (None, curves(left=False, right=True), Side.RIGHT),
        (None, curves(left=True, right=True), Side.LEFT),
        (Side.BOTH, curves(left=False, right=True), Side.RIGHT),
        (None, {}, Side.LEFT),
    ],
)
def test_the_affected_leg_is_drawn_first_else_the_near_one(affected, known, first):
    assert first_leg(affected, known) is first
