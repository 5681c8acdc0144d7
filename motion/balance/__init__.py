"""How a standing person sways: on a force plate, or as a camera sees the trunk."""

from motion.balance.certainty import judge_plate_sway, judge_trunk_sway
from motion.balance.findings import (
    AXIS_NOT_SEEN,
    BalanceNumber,
    Certainty,
    list_numbers,
    list_unseen,
)
from motion.balance.force_plate import LIGHTEST_N, centre_of_pressure, stands_on_plate
from motion.balance.height import BodyHeight, estimate_body_height, stands_upright
from motion.balance.plate import FEWEST_ROWS, PlateSway, measure_plate_sway
from motion.balance.steady import SHORTEST_S
from motion.balance.sway import Ellipse, Sway, SwayNumbers, measure_sway, prediction_ellipse
from motion.balance.trunk import TrunkSway, measure_trunk_sway

__all__ = [
    "AXIS_NOT_SEEN",
    "FEWEST_ROWS",
    "LIGHTEST_N",
    "SHORTEST_S",
    "BalanceNumber",
    "BodyHeight",
    "Certainty",
    "Ellipse",
    "PlateSway",
    "Sway",
    "SwayNumbers",
    "TrunkSway",
    "centre_of_pressure",
    "estimate_body_height",
    "judge_plate_sway",
    "judge_trunk_sway",
    "list_numbers",
    "list_unseen",
    "measure_plate_sway",
    "measure_sway",
    "measure_trunk_sway",
    "prediction_ellipse",
    "stands_on_plate",
    "stands_upright",
]
