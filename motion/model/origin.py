"""Who says that something is so: the product, or a person who looked."""

from enum import StrEnum

__all__ = ["Origin"]


class Origin(StrEnum):
    """Who says that an event or a repetition happened."""

    FOUND = "found"
    BY_HAND = "by_hand"
