"""How often the statements about a patient's curve are right, on courses whose truth is known.

    python benchmarks/progress_statistics.py [--courses N]

Prints two tables: how often a plateau is said of steady changes, and how many further takes lie
within the band of the recovery curve.
"""

import argparse
import math

import numpy as np
from rich.console import Console
from rich.table import Table

from motion.clinic.better import Better, Direction
from motion.clinic.plateau import find_plateau
from motion.clinic.recovery import fit_recovery

SEM_DEG, MDC_DEG = 3.5, 9.7
SLOPES = (0.0, 0.5, 1.0, 2.0, 3.0)
COURSES = ((8, 10.0, 6.0, math.nan), (8, 10.0, 6.0, 135.0), (6, 5.0, 6.0, math.nan),
           (12, 16.0, 20.0, math.nan), (15, 24.0, 10.0, math.nan))  # fmt: skip
START_DEG, LEVEL_DEG = 75.0, 125.0


def plateaus(courses: int, rng: np.random.Generator) -> Table:
    """Return how often ten weekly takes with a steady slope are called a plateau."""
    table = Table("true slope (degrees a week)", "of", "plateau said", title="Plateau")
    weeks = np.arange(10.0)
    for slope in SLOPES:
        said = sum(
            find_plateau(weeks, 90.0 + slope * weeks + rng.normal(0.0, SEM_DEG, 10), MDC_DEG)
            is not None
            for _ in range(courses)
        )
        table.add_row(f"{slope:g}", str(courses), f"{100.0 * said / courses:.0f} %")
    return table


def bands(courses: int, rng: np.random.Generator) -> Table:
    """Return how many further takes lie within the band, also at its end."""
    heads = ("takes", "weeks", "time constant", "limit", "no curve", "within", "at the end", "wide")
    table = Table(*heads, title="Recovery: 80 % band")
    better = Direction(Better.HIGHER)
    for takes, span, tau, limit in COURSES:
        within, at_end, wide, none = [], [], [], 0

        def course(weeks: np.ndarray, tau: float = tau) -> np.ndarray:
            true = LEVEL_DEG - (LEVEL_DEG - START_DEG) * np.exp(-weeks / tau)
            return true + rng.normal(0.0, SEM_DEG, len(weeks))

        for _ in range(courses):
            weeks = np.sort(np.r_[0.0, span, rng.uniform(0.5, span, takes - 2)])
            found = fit_recovery(weeks, course(weeks), SEM_DEG, MDC_DEG, better, limit=limit)
            if found is None:
                none += 1
                continue
            further = course(found.time_weeks)
            inside = (found.low < further) & (further < found.high)
            within.append(np.mean(inside))
            at_end.append(inside[-1])
            wide.append(found.high[-1] - found.low[-1])
        table.add_row(
            *(f"{each:g}" for each in (takes, span, tau, limit)),
            f"{none} of {courses}",
            *(f"{100.0 * np.mean(each):.0f} %" for each in (within, at_end)),
            f"{np.mean(wide):.0f} degrees",
        )
    return table


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--courses", type=int, default=300)
    courses = parser.parse_args().courses
    console = Console()
    console.print(plateaus(courses, np.random.default_rng(1)))
    console.print(bands(courses, np.random.default_rng(2)))


if __name__ == "__main__":
    main()
