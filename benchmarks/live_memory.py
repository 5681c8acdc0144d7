"""Resident memory of a live session, minute by minute: it must not grow with the take.

A clip is played as live again and again. `--stalled` blocks whoever takes the snapshots, and with
it the session's thread, after ten seconds: pictures go on coming and nobody looks at them.

    python benchmarks/live_memory.py [--minutes 10] [--size 640x480] [--stalled]
"""

import argparse
import gc
import os
import threading
import time
from pathlib import Path

from live_sources import CLIPS, run_session

from motion.console import quieten_native_logs
from motion.live.snapshot import LiveSnapshot

PAGE = os.sysconf("SC_PAGE_SIZE")
BEGINS_S = 10.0


def resident_mb() -> float:
    """Return what the process holds in memory now."""
    with Path("/proc/self/statm").open(encoding="ascii") as file:
        return int(file.read().split()[1]) * PAGE / 1e6


def main() -> None:
    """Print one line a minute."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--size", choices=sorted(CLIPS), default="640x480")
    parser.add_argument("--stalled", action="store_true")
    chosen = parser.parse_args()
    quieten_native_logs()
    over = threading.Event()
    began_s = time.monotonic()

    def stall(moment: LiveSnapshot) -> None:
        if chosen.stalled and time.monotonic() - began_s > BEGINS_S:
            over.wait()

    with run_session(CLIPS[chosen.size], 60.0 * chosen.minutes + 30.0, stall) as (_, queue):
        time.sleep(BEGINS_S + 5.0)  # the model is loaded and warm
        for minute in range(chosen.minutes + 1):
            gc.collect()
            line = f"minute {minute}: {resident_mb():.0f} MB, {queue.came_n} pictures came"
            print(f"{line}, {queue.dropped_n} dropped", flush=True)
            if minute < chosen.minutes:
                time.sleep(60.0)
        over.set()


if __name__ == "__main__":
    main()
