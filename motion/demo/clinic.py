"""Makes the whole made-up clinic and writes it into a record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from motion.clinic import MadeUpWriter, Record, count_patients, refresh_statistics
from motion.demo.chart import tell_story
from motion.demo.filming import Studio
from motion.demo.finishing import finish_chart
from motion.demo.stories import list_stories
from motion.demo.story import Story
from motion.demo.takes import Cast
from motion.errors import InputError
from motion.model import Side

__all__ = ["AUTHOR", "Wanted", "make_clinic"]

AUTHOR: Final = "Demo physiotherapist (made up)"
_SIDES: Final = (Side.RIGHT, Side.LEFT)
_MOST_PATIENTS: Final = 10_000
_MOST_TAKES: Final = 200_000

Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How large a clinic, on which day, from which seed; equal ones are made alike."""

    today: date
    patients: int = 12
    takes: int = 150
    seed: int = 1


def make_clinic(
    record: Record, wanted: Wanted, *, into_existing: bool = False, on_progress: Report
) -> int:
    """Write the patients DEMO-001, DEMO-002, ...; return how many takes they have.

    Raises
    ------
    InputError
        If a number cannot be, if the record holds real patients and nobody allowed it, or if it
        holds a made-up clinic already.
    """
    _require_sound(wanted)
    _require_free(record, into_existing)
    stories = _choose_stories(wanted)
    writer, studio = MadeUpWriter(record, AUTHOR), Studio()
    written = 0
    for number, (story, takes) in enumerate(zip(stories, _deal(stories, wanted), strict=True)):
        cast = Cast(story=story, seed=wanted.seed, number=number, studio=studio)
        chart = tell_story(cast, f"DEMO-{number + 1:03d}", takes, wanted.today)
        keys = writer.write(chart)
        finish_chart(record, story, chart, keys, AUTHOR)
        written += len(keys)
        on_progress("Making patients", number + 1, wanted.patients)
    refresh_statistics(record)
    return written


def _choose_stories(wanted: Wanted) -> list[Story]:
    by_side = [list_stories(side, wanted.today) for side in _SIDES]
    count = len(by_side[0])
    return [by_side[(n // count) % len(_SIDES)][n % count] for n in range(wanted.patients)]


def _deal(stories: list[Story], wanted: Wanted) -> list[int]:
    """Return how many takes each patient has: by the stories' weights, at least one."""
    most = np.array([wanted.takes if s.most_takes is None else s.most_takes for s in stories])
    weights = np.array([story.weight for story in stories])
    free = np.array([story.most_takes is None for story in stories])
    counts = np.ones(len(stories), dtype=int)
    left = wanted.takes - len(stories)
    if left > 0 and free.any():
        exact = left * weights * free / (weights * free).sum()
        counts += np.floor(exact).astype(int)
        rest = np.argsort(np.floor(exact) - exact, kind="stable")[: wanted.takes - counts.sum()]
        counts[rest] += 1
    return [int(each) for each in np.minimum(counts, most)]


def _require_sound(wanted: Wanted) -> None:
    if not 1 <= wanted.patients <= _MOST_PATIENTS:
        msg = (
            f"patients must be 1 to {_MOST_PATIENTS}, got {wanted.patients}: choose another number"
        )
        raise InputError(msg)
    if not wanted.patients <= wanted.takes <= _MOST_TAKES:
        msg = (
            f"takes must be {wanted.patients} (one for each patient) to {_MOST_TAKES}, got"
            f" {wanted.takes}: choose another number"
        )
        raise InputError(msg)


def _require_free(record: Record, into_existing: bool) -> None:
    real, made_up = count_patients(record)
    if made_up:
        msg = (
            f"{record.where} holds {made_up} made-up patients already: set MOTION_DATA_DIR to"
            " another folder"
        )
        raise InputError(msg)
    if real and not into_existing:
        msg = (
            f"{record.where} holds {real} patients who are not made up: set MOTION_DATA_DIR to"
            " another folder, or say --into-existing"
        )
        raise InputError(msg)
