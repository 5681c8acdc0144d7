"""Sustained rate and delay of a live session with the full model, as `motion live` runs it.

A clip is played as live, again and again, at 30 pictures a second; the coach and the journal run,
nothing is shown. Printed: pictures that came, share of them dropped, rate, and the 95th percentile
from the moment a picture was due to the moment its feedback was ready. Others who work
on the machine are part of the figures: the load before and after is printed too.

    python benchmarks/live_rate.py [--seconds 60] [--size 640x480 1280x720]
"""

import argparse
import os
import sys

from live_sources import CLIPS, run_session
from rich.console import Console
from rich.table import Table

from motion.console import quieten_native_logs

MOST_DROPPED_PERCENT = 1.0
MOST_DELAY_MS = 100.0


def measure(size: str, seconds: float) -> tuple[int, float, float, float]:
    """Return how many came, percent dropped, rate looked at, 95th percentile of the delay in ms."""
    with run_session(CLIPS[size], seconds) as (session, _):
        session.wait(seconds + 60.0)
    last = session.snapshot()
    stats, took_s = last.stats, last.pose.time_s if last.pose else float("nan")
    return (
        stats.came_n,
        100.0 * stats.dropped_n / stats.came_n,
        (last.number - 1) / took_s,
        stats.delay_p95_ms,
    )


def main() -> None:
    """Print the figures of each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--size", nargs="+", choices=sorted(CLIPS), default=list(CLIPS))
    chosen = parser.parse_args()
    quieten_native_logs()
    table = Table(
        "source",
        "came",
        "dropped %",
        "rate Hz",
        "p95 ms",
        "goal",
        "load before, after",
    )
    for size in chosen.size:
        before = os.getloadavg()[0]
        came_n, dropped, rate_hz, p95_ms = measure(size, chosen.seconds)
        met = dropped <= MOST_DROPPED_PERCENT and p95_ms <= MOST_DELAY_MS
        table.add_row(
            size,
            str(came_n),
            f"{dropped:.2f}",
            f"{rate_hz:.2f}",
            f"{p95_ms:.0f}",
            "met" if met else "missed",
            f"{before:.1f}, {os.getloadavg()[0]:.1f}",
        )
    Console(file=sys.stdout, width=100).print(table)


if __name__ == "__main__":
    main()
