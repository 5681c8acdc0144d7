"""What was typed and has no meaning for the file at hand: each is said in one line."""

from collections.abc import Iterator
from pathlib import Path

from motion.commands.gait import GaitChoices
from motion.gait import TimedTest

__all__ = ["say_unused_of_picture", "say_unused_of_walk"]


def say_unused_of_walk(
    typed: GaitChoices, *, walks: bool, in_metres: bool, from_go: bool = False
) -> Iterator[str]:
    """Yield what was typed about a walk and is not used.

    Parameters
    ----------
    typed
        What was typed.
    walks
        Whether walking is measured.
    in_metres
        Whether the landmarks are in metres already, of markers or of several cameras.
    from_go
        Whether the exercise is a test that is timed from GO.
    """
    if typed.go_s is not None and typed.test != TimedTest.TUG and not from_go:
        if typed.test:
            yield f"--go-s was not used: {typed.test} is timed from mark to mark and needs no GO"
        else:
            yield "--go-s was not used: no timed test was named; say --test tug"
    if typed.height_cm is not None and not walks:
        yield "--height-cm was not used: it gives metres to a walk; say --movement walking"
    if walks and in_metres:
        if typed.height_cm is not None:
            yield "--height-cm was not used: these landmarks are in metres already"
        if typed.scale_m is not None:
            yield "--scale-m and --scale-px were not used: these landmarks are in metres already"


def say_unused_of_picture(person: str, view: str, model: Path | None) -> Iterator[str]:
    """Yield what was typed about a picture, where the file holds markers."""
    if person != "largest":
        yield "--person was not used: a marker file holds one person"
    if view != "auto":
        yield "--view was not used: a marker file shows every plane"
    if model is not None:
        yield "--model was not used: a marker file needs no pose model"
