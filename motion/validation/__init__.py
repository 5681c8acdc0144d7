"""Holds the product against recordings whose answers are known, and writes down what comes out."""

from motion.validation.gait_figures import tabulate_gait, tabulate_gait_goals
from motion.validation.run import Validation, find_folder, validate
from motion.validation.tabulating import (
    tabulate_angles,
    tabulate_groups,
    tabulate_real,
    tabulate_variants,
)
from motion.validation.writing import write_docs, write_validation

__all__ = [
    "Validation",
    "find_folder",
    "tabulate_angles",
    "tabulate_gait",
    "tabulate_gait_goals",
    "tabulate_groups",
    "tabulate_real",
    "tabulate_variants",
    "validate",
    "write_docs",
    "write_validation",
]
