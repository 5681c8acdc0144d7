"""The ways in which one set of landmarks is measured, and what a recording is told to be."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from motion.errors import InputError
from motion.library import find_movement
from motion.model import Position, Side, TakeConditions
from motion.paths import reference_dir
from motion.settings import AnalysisSettings
from motion.validation.clips import KnownClip

__all__ = ["PRODUCT", "WAYS", "Way", "settings_for"]

PRODUCT: Final = "product"
PLAIN: Final = "plain landmarks"


@dataclass(frozen=True, slots=True)
class Way:
    """A name, what it is in words, and what it changes in the settings of an analysis."""

    name: str
    title: str
    change: Callable[[AnalysisSettings], AnalysisSettings]


def _as_they_are(settings: AnalysisSettings) -> AnalysisSettings:
    return settings


def _plain(settings: AnalysisSettings) -> AnalysisSettings:
    cleaning = replace(settings.cleaning, filtered=False)
    return replace(settings, cleaning=cleaning, joint_centres=False)


WAYS: Final = (
    Way(PRODUCT, "what a user gets", _as_they_are),
    Way(PLAIN, "the pose model's landmarks as they are (`analyse --raw`)", _plain),
)
"""The first is what a user gets; the second what the pose model's landmarks give as they are."""


@cache
def _list_motions() -> dict[str, dict[str, str]]:
    path = reference_dir() / "validation" / "motions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["motion"]: row for row in csv.DictReader(file)}


def settings_for(clip: KnownClip) -> AnalysisSettings:
    """Return what a user would have typed: the movement, its side, how the person was placed.

    The clip's own JSON may say ``movement``, ``side`` and ``position``; otherwise its motion is
    looked up in ``data/validation/motions.csv``. Without either everything is measured and no
    repetition is expected.

    Raises
    ------
    InputError
        If what is said is not known: names the clip.
    """
    said = {**_list_motions().get(clip.motion, {}), **clip.about}
    movement = str(said.get("movement") or "")
    usual = find_movement(movement).position if movement else ""
    side = _choose(Side, said, "side", "", clip.video)
    position = _choose(Position, said, "position", usual or Position.UNKNOWN, clip.video)
    conditions = TakeConditions(position=position or Position.UNKNOWN)
    return AnalysisSettings(movement=movement, side=side, conditions=conditions)


def _choose(kind: Any, said: dict[str, Any], key: str, usual: str, video: Path) -> Any:
    word = str(said.get(key) or usual)
    try:
        return kind(word) if word else None
    except ValueError as error:
        msg = f"{video}: {key} must be one of {', '.join(kind)}, got {word!r}; mend its JSON"
        raise InputError(msg) from error
