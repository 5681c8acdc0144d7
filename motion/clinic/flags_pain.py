"""Pain above the plan's limit, pressed or stopped for: answers in, a flag's occasion out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from motion.clinic.chart_values import FlagKind
from motion.clinic.flag_rules import Occasion, day_text

__all__ = ["Felt", "find_pain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Felt:
    """What was said of pain in one session: a live take, or an entry of the diary.

    Parameters
    ----------
    key
        Of the take or the entry.
    day, title
        On which day, and in what.
    limit
        The lower of the item's and the plan's limits, 0 to 10.
    pain
        The largest answer of before, during and after; None where nobody answered.
    pressed, stopped
        Whether Pain was pressed, and whether the exercise was stopped for pain.
    left_out
        Why the numbers of its take are left out; empty where they are not. What was said of pain
        stays said: whether it was somebody else's is for a person to read here.
    """

    key: str
    day: date
    title: str
    limit: int
    pain: int | None
    pressed: bool = False
    stopped: bool = False
    left_out: str = ""

    @property
    def says_something(self) -> bool:
        """Whether anything is known of the pain in it."""
        return self.pain is not None or self.pressed or self.stopped

    @property
    def is_too_much(self) -> bool:
        """Whether somebody should know."""
        return self.pressed or self.stopped or (self.pain is not None and self.pain > self.limit)


def find_pain(sessions: Iterable[Felt]) -> Occasion | None:
    """Return the flag of a patient whose last sessions hurt too much; None where they did not.

    The sessions of the last day that says anything of pain are looked at together: a second
    exercise without pain hides nothing, and neither does a later session of which nobody
    answered.
    """
    told = [each for each in sessions if each.says_something]
    last = max((each.day for each in told), default=None)
    hurt = [each for each in told if each.day == last and each.is_too_much]
    if last is None or not hurt:
        return None
    said = "; ".join(dict.fromkeys(map(_say, hurt)))
    keys = sha256(" ".join(sorted(each.key for each in hurt)).encode()).hexdigest()[:16]
    return Occasion(
        kind=FlagKind.PAIN,
        sentence=f"{day_text(last)}: {said}",
        about=f"{last} {keys}",
        since=last,
    )


def _say(felt: Felt) -> str:
    above = felt.pain is not None and felt.pain > felt.limit
    answer = "nobody answered how much" if felt.pain is None else f"pain {felt.pain} of 10"
    if above:
        answer += f", above the limit of {felt.limit}"
    if felt.left_out:
        answer += f" (the take is left out: {felt.left_out})"
    if felt.stopped:
        return f"{felt.title}: stopped for pain, {answer}"
    if felt.pressed:
        return f"{felt.title}: Pain was pressed, {answer}"
    return f"{felt.title}: {answer}"
