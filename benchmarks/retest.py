"""How sure a retest's figures are, and whether their 95 % intervals hold the truth as often.

Draws retests of people whose error is known: standard error of measurement 3 degrees, 12 degrees
between people, two sessions.

    python benchmarks/retest.py
"""

import numpy as np

from motion.agreement import measure_retest

SEM_DEG = 3.0
BETWEEN_DEG = 12.0
ICC = BETWEEN_DEG**2 / (BETWEEN_DEG**2 + SEM_DEG**2)
LIMIT_DEG = 1.96 * np.sqrt(2.0) * SEM_DEG
DRAWS = 3000


def describe(people: int, rng: np.random.Generator) -> str:
    """Return one line: the middle 95 % of the SEM found, and how often intervals held."""
    found, held = [], np.zeros(3)
    for _ in range(DRAWS):
        true_deg = rng.normal(110.0, BETWEEN_DEG, (people, 1))
        retest = measure_retest(true_deg + rng.normal(0.0, SEM_DEG, (people, 2)))
        found.append(retest.sem)
        pairs = (
            (retest.sem_ci, SEM_DEG),
            (retest.icc21_ci, ICC),
            (retest.agreement.loa_high_ci, LIMIT_DEG),
        )
        held += [interval.low <= truth <= interval.high for interval, truth in pairs]
    low, middle, high = np.percentile(found, [2.5, 50.0, 97.5])
    sem, icc, limit = 100.0 * held / DRAWS
    return (
        f"{people:3d} people: SEM {middle:.1f} ({low:.1f} to {high:.1f}) for {SEM_DEG:.1f};"
        f" intervals held SEM {sem:.0f} %, ICC {icc:.0f} %, upper limit {limit:.0f} %"
    )


if __name__ == "__main__":
    generator = np.random.default_rng(0)
    for count in (10, 20, 30):
        print(describe(count, generator))
