"""Clinic and home apart: a plan file goes one way, a sealed take file the other."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motion.exchange.plan_file import PlanFile, adopt_plan, read_plan_file, write_plan_file
    from motion.exchange.receiving import Received, receive_take
    from motion.exchange.take_file import TakeFile, read_take_file, write_take_file

__all__ = [
    "PlanFile",
    "Received",
    "TakeFile",
    "adopt_plan",
    "read_plan_file",
    "read_take_file",
    "receive_take",
    "write_plan_file",
    "write_take_file",
]

_FILES = ("plan_file", "take_file", "receiving")


def __getattr__(name: str) -> Any:
    if name in __all__:
        for file in _FILES:
            module = import_module(f"{__name__}.{file}")
            if name in module.__all__:
                return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
