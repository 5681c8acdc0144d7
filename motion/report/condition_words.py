"""The conditions of a take beyond its position, in words.

Two takes that differ in one of them are not compared, so a report says each.
"""

from typing import Final

from motion.model import Mirrored, NearSide, TakeConditions, WeightBearing

__all__ = ["conditions_text"]

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
    """Return what is known of weight bearing, aid, footwear, near side and mirroring.

    Empty where nothing is; what nobody said is left out.
    """
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
    return "; ".join(text for text in said if text)
