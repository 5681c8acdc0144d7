"""Holds the product against recordings whose answers are known, and writes down what comes out."""

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
    "tabulate_groups",
    "tabulate_real",
    "tabulate_variants",
    "validate",
    "write_docs",
    "write_validation",
]
