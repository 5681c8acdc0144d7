"""Who answers for the numbers of a progress table, and what of them was corrected by hand."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from motion.clinic.hand_marks import hand_marks
from motion.clinic.values import TakeSummary

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MADE_UP_COLUMN", "SIGN_COLUMNS", "add_made_up", "add_sign_columns"]

SIGN_COLUMNS: Final = ("signed_off_by", "corrected_by_hand")
"""Behind all that there were."""

MADE_UP_COLUMN: Final = "made_up"
"""The last; each row of a demonstration says that no person is behind it."""

_CAMERA: Final = "camera"


def add_sign_columns(table: "pd.DataFrame", takes: Iterable[TakeSummary]) -> "pd.DataFrame":
    """Put two columns behind the last: who signed the take off, and what was corrected by hand.

    ``corrected_by_hand`` names ``landmarks``, ``sides``, ``repetitions``, ``events``; empty where
    nothing was. Both are of the camera's rows only: a value by hand is somebody's as it stands.

    Parameters
    ----------
    table
        Of :func:`motion.clinic.progress_table`.
    takes
        The patient's.
    """
    known = {str(take.id): take for take in takes}
    of_rows = [
        known.get(str(take_id)) if method == _CAMERA else None
        for take_id, method in zip(table["take_id"], table["method"], strict=True)
    ]
    filled = table.copy()
    filled["signed_off_by"] = [None if each is None else each.signed_off_by for each in of_rows]
    filled["corrected_by_hand"] = [
        None if each is None else "; ".join(hand_marks(each)) or None for each in of_rows
    ]
    return filled


def add_made_up(table: "pd.DataFrame", *, made_up: bool) -> "pd.DataFrame":
    """Put the last column behind all others: ``yes`` of a made-up patient, else ``no``."""
    return table.assign(**{MADE_UP_COLUMN: "yes" if made_up else "no"})
