"""Walking: events, steps, strides, cycles, and the numbers made of them."""

from motion.gait.settings import GaitSettings, TimedTest

__all__ = ["GaitSettings", "TimedTest"]
