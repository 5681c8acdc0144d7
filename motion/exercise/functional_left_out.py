"""What becomes of a functional test's number where repetitions of its time were taken out."""

from collections.abc import Sequence
from dataclasses import replace

from motion.exercise.functional_motion import FunctionalResult
from motion.exercise.functional_numbers import missing_number
from motion.model import LeftOutTime, Measurement, MeasureVerdict, Repetition

__all__ = ["doubt_left_out"]


def doubt_left_out(
    result: FunctionalResult, times: Sequence[LeftOutTime], repetitions: Sequence[Repetition]
) -> FunctionalResult:
    """Return a test's numbers with what was taken out of the time that they were measured in.

    A test runs on one clock and nothing can be cut out of it: a number whose time holds something
    tracked wrongly, or another movement, is uncertain, and not measurable where no repetition of
    that time stands. One that was only not to be counted did happen and changes nothing: the test
    counts by its own rules.

    Parameters
    ----------
    times
        What was taken out of the take.
    repetitions
        Those of the take that stand.
    """
    if not result.spans_s:
        return result
    stand: list[LeftOutTime | Repetition] = [
        *repetitions,
        *(each for each in times if each.why.counts_for_range),
    ]
    out = [each for each in times if not each.why.counts_for_range]
    numbers = (
        _doubt(number, [each for each in out if _reaches_into(each, span_s)],
               stands=any(_is_within(each, span_s) for each in stand))
        for number, span_s in zip(result.measurements, result.spans_s, strict=True)
    )  # fmt: skip
    return replace(result, measurements=tuple(numbers))


def _doubt(number: Measurement, taken: Sequence[LeftOutTime], *, stands: bool) -> Measurement:
    if not taken:
        return number
    said = ", ".join(each.text for each in sorted(taken, key=lambda each: each.start_s))
    if not stands:
        why = f"every repetition of the test was left out by hand: {said}"
        return missing_number(number.measure, why, number.side)
    doubt = f"the test's time holds what was left out by hand: {said}"
    note = "; ".join(text for text in (number.note, doubt) if text)
    return replace(number, verdict=MeasureVerdict.UNCERTAIN, note=note)


def _reaches_into(each: LeftOutTime, span_s: tuple[float, float]) -> bool:
    return each.start_s < span_s[1] and span_s[0] < each.end_s


def _is_within(each: LeftOutTime | Repetition, span_s: tuple[float, float]) -> bool:
    """Return whether most of a repetition lies in the time, as a stand half done counts."""
    return span_s[0] <= (each.start_s + each.end_s) / 2.0 <= span_s[1]
