"""How long a repetition was held: one law for what a patient reads and what the plan counts."""

import math
from collections.abc import Iterable
from typing import Protocol

__all__ = ["measure_hold_s"]


class _Held(Protocol):
    """A repetition as the coach counted it (:class:`motion.model.CoachedRepetition`)."""

    @property
    def start_s(self) -> float: ...

    @property
    def end_s(self) -> float: ...

    @property
    def hold_s(self) -> float: ...


def measure_hold_s(hold_s: float, peak_s: float, coached: Iterable[_Held]) -> float:
    """Return the take's time near its peak or the coach's time on target, the longer of the two.

    A limb that sinks a little while it is held stays on target, and leaves the take's last tenth.

    Parameters
    ----------
    hold_s, peak_s
        Of the repetition as the take has it; NaN where there is none.
    coached
        The repetitions as the coach counted them.
    """
    on_target = (each.hold_s for each in coached if each.start_s <= peak_s <= each.end_s)
    return max((held for held in (hold_s, *on_target) if math.isfinite(held)), default=0.0)
