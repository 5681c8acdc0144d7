"""Timed walking tests: which one is measured how."""

from motion.gait.error_figures import GaitErrors
from motion.gait.settings import GaitSettings, TimedTest
from motion.gait.timed_motion import NOT_COMPARABLE, TimedMotion, TimedResult, is_comparable
from motion.gait.timed_tug import TUG_PHASES, measure_tug
from motion.gait.timed_walk import WALK_LENGTH_M, measure_timed_walk

__all__ = [
    "NOT_COMPARABLE",
    "TUG_PHASES",
    "WALK_LENGTH_M",
    "TimedMotion",
    "TimedResult",
    "is_comparable",
    "measure_timed_test",
]


def measure_timed_test(
    motion: TimedMotion, settings: GaitSettings, errors: GaitErrors
) -> TimedResult:
    """Return what the timed test of the settings gave; nothing where no test was done.

    Parameters
    ----------
    motion
        The whole recording.
    settings
        Which test, the moment of GO, and the marks on the floor.
    errors
        Error figures (:func:`motion.library.load_gait_errors`).
    """
    if settings.test is None:
        return TimedResult()
    if settings.test is TimedTest.TUG:
        return measure_tug(motion, settings.go_s, errors)
    return measure_timed_walk(motion, settings.test, settings, errors)
