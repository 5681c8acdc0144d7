"""What somebody did with the made-up takes afterwards, by the verbs that do it in the product."""

from typing import Final
from uuid import UUID

from motion.clinic import MadeUpChart, Record, correct_take, load_take, sign_off
from motion.correcting import Correction, measure_corrected
from motion.demo.story import Story
from motion.exercise.repetition_edits import RepetitionEdit
from motion.model import RemovedAs

__all__ = ["finish_chart"]

_SIGNED_N: Final = 3
_REASON: Final = "the last repetition was somebody scratching the leg (made up)"


def finish_chart(
    record: Record, story: Story, chart: MadeUpChart, keys: tuple[UUID, ...], author: str
) -> None:
    """Correct a take and sign the last ones of the first course, as the story says.

    Raises
    ------
    RecordError
        If a take cannot be read back.
    """
    first = story.courses[0]
    mine = [
        key
        for key, take in zip(keys, chart.takes, strict=True)
        if (take.analysis.movement, take.analysis.side) == (first.exercise, first.side)
        and take.excluded_reason is None
    ]
    if story.corrected and mine:
        _correct(record, mine[len(mine) // 2], author)
    for key in mine[-_SIGNED_N:] if story.signed else ():
        expected = load_take(record, key).analysis_id
        sign_off(record, key, expected=expected, author=author)


def _correct(record: Record, key: UUID, author: str) -> None:
    take = load_take(record, key)
    last = take.analysis.repetitions[-1]
    scratched = RepetitionEdit.remove(last, RemovedAs.OTHER_MOVEMENT)
    correction = Correction(repetitions=(scratched,))
    correct_take(record, take, measure_corrected(take.analysis, correction), _REASON, author=author)
