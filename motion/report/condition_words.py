"""The conditions of a take beyond its position, in words.

Two takes that differ in one of them are not compared, so a report says each.
"""

from collections.abc import Iterable
from typing import Final

from motion.clinic.values import TakeSummary
from motion.model import Mirrored, NearSide, TakeConditions, WeightBearing

__all__ = ["common_conditions", "condition_parts", "conditions_text"]

_FEWEST_ALIKE: Final = 2
_NOT_SAID: Final = ("", "unknown")
_BORNE: Final = {
    WeightBearing.FULL: "full weight bearing",
    WeightBearing.PARTIAL: "partial weight bearing",
    WeightBearing.NONE: "no weight bearing",
}
_NEAR: Final = {
    NearSide.LEFT: "left side near the camera",
    NearSide.RIGHT: "right side near the camera",
    NearSide.BOTH: "each side in turn near the camera",
}
_MIRRORED: Final = {Mirrored.YES: "mirrored", Mirrored.NO: "not mirrored"}


def conditions_text(conditions: TakeConditions) -> str:
    """Return what is known of weight bearing, aid, footwear, near side and mirroring."""
    return "; ".join(condition_parts(conditions))


def common_conditions(takes: Iterable[TakeSummary]) -> tuple[str, ...]:
    """Return what is said of every take alike, so that a report need say it once only.

    Empty of a single take, which says its own.
    """
    told = [condition_parts(take.conditions) for take in takes]
    if len(told) < _FEWEST_ALIKE:
        return ()
    return tuple(part for part in told[0] if all(part in other for other in told))


def condition_parts(conditions: TakeConditions) -> tuple[str, ...]:
    """Return what is known of each condition, one by one; what nobody said is left out."""
    given = conditions
    said = [
        _BORNE.get(given.weight_bearing, ""),
        "" if given.aid in _NOT_SAID else f"aid: {given.aid}",
        ""
        if given.footwear_orthosis in _NOT_SAID
        else f"footwear or orthosis: {given.footwear_orthosis}",
        _NEAR.get(given.near_side, ""),
        _MIRRORED.get(given.mirrored, ""),
    ]
    return tuple(text for text in said if text)
