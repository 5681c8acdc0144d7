"""How long it takes to import `motion` and to show `motion --help`.

python benchmarks/startup.py [--runs 9]
"""

import argparse
import statistics
import subprocess
import sys
import time


def time_python(code: str, runs: int, arguments: tuple[str, ...] = ()) -> float:
    """Return the median seconds of a fresh interpreter that runs ``code``."""
    seconds = []
    for _ in range(runs):
        start_s = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.DEVNULL
        )
        seconds.append(time.perf_counter() - start_s)
    return statistics.median(seconds)


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    bare_s = time_python("pass", runs)
    import_s = time_python("import motion", runs)
    help_s = time_python("from motion.cli import main; main()", runs, ("--help",))
    print(f"python alone {bare_s:.3f} s")
    print(f"import motion {import_s:.3f} s (motion itself {import_s - bare_s:.3f} s)")
    print(f"motion --help {help_s:.3f} s")


if __name__ == "__main__":
    main()
