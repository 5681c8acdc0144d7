"""How long it takes to follow a patient's numbers over hundreds of takes.

python benchmarks/progress.py [--takes 300] [--numbers 96] [--runs 5]
"""

import argparse
import statistics
import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import numpy as np

from motion.clinic import TakeKind, TakeSummary, follow
from motion.library import load_meaningful
from motion.model import (
    GAIT,
    Measurement,
    MeasureVerdict,
    ModelInfo,
    Side,
    TakeConditions,
    ViewName,
)

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def make_take(day: int, values: np.ndarray) -> TakeSummary:
    """Return a walk of one day with so many numbers."""
    return TakeSummary(
        id=uuid4(),
        analysis_id=uuid4(),
        session_id=uuid4(),
        patient_code="P1",
        kind=TakeKind.POSE,
        started_at=START + timedelta(days=day),
        movement="walking",
        side=Side.BOTH,
        conditions=TakeConditions(),
        view=ViewName.SAGITTAL,
        model=ModelInfo(name="full", sha256="b" * 64),
        software="benchmark",
        duration_s=10.0,
        rate_hz=30.0,
        person_found=True,
        measurements=tuple(
            Measurement(
                measure=f"number_{n}",
                joint=GAIT,
                motion="walking",
                side=Side.BOTH,
                value=float(value),
                unit="m/s",
                n_repetitions=9,
                verdict=MeasureVerdict.MEASURED,
                mdc95=0.22,
                mdc_source="provisional",
            )
            for n, value in enumerate(values)
        ),
        repetitions=(),
        excluded_reason=None,
        digest=f"{day:064x}",
        settings=(("gait", True), ("gait_scale", "height"), ("gait_method", "1")),
    )


def main() -> None:
    """Print the median time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--takes", type=int, default=300)
    parser.add_argument("--numbers", type=int, default=96)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    values = np.random.default_rng(1).normal(1.2, 0.1, (chosen.takes, chosen.numbers))
    takes = [make_take(day, row) for day, row in enumerate(values)]
    meaningful = load_meaningful()
    seconds = []
    for _ in range(chosen.runs):
        start_s = time.perf_counter()
        lines = follow(takes, meaningful)
        seconds.append(time.perf_counter() - start_s)
    print(
        f"{chosen.takes} takes of {chosen.numbers} numbers, {len(lines)} lines:"
        f" {statistics.median(seconds):.2f} s"
    )


if __name__ == "__main__":
    main()
