"""The curve of recovery that may be shown to a clinician, on a page as on paper."""

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from motion.clinic.better import Better
from motion.clinic.line_breaks import is_broken
from motion.clinic.other_side import OtherSide
from motion.clinic.plan_limits import is_beyond
from motion.clinic.progress import Line
from motion.clinic.recovery import Recovery

__all__ = ["foretell"]


def foretell(
    line: Line, other: OtherSide | None, *, breaks: Iterable[date], allowed_deg: float
) -> Recovery | None:
    """Return a line's curve of recovery; None where nothing is to be foretold.

    That is across an injury or an operation, and where the curve's middle would end beyond what
    the plan allows (clinical_rules.md 19).

    Parameters
    ----------
    other
        The other side's number, which a rising one is not foretold to exceed; None where unknown.
    breaks
        Days after which recovery begins anew (:func:`motion.clinic.breaks_of`).
    allowed_deg
        The plan's limit; NaN where there is none.
    """
    if is_broken(line, breaks):
        return None
    rising = line.direction.better is Better.HIGHER
    found = line.fit_recovery(other.measurement.value if other and rising else math.nan)
    if found is None:
        return None
    ends_at = replace(line.measurement, value=float(found.value[-1]))
    return None if is_beyond(ends_at, allowed_deg) else found
