"""What a table says of the first value of a line, where other lines stand before it."""

from typing import Final

__all__ = ["BASELINE", "baseline_verdict"]

BASELINE: Final = "Baseline"
_NOT_COMPARABLE: Final = "Not comparable"


def baseline_verdict(verdict: str) -> tuple[str, str]:
    """Return the verdict of a row, and what its note says of the takes before.

    A value that cannot be compared with those before begins another line: it is the baseline of
    what follows, as pages and reports call it. Why it begins one goes into the note.
    """
    if verdict.startswith(_NOT_COMPARABLE):
        return BASELINE, f"{verdict} from earlier ones"
    return verdict, ""
