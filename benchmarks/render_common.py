"""What the render_*.py scripts share: one clip after the other, made whole, none made twice.

The clips are a cache: they are never committed, and the same script makes the same clips again.
The generator needs a Python with its own requirements (requirements.txt there), which is named
by ``--python`` and called as a separate program; nothing is written into the generator.
"""

import argparse
import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

GENERATOR = Path(__file__).resolve().parents[2] / "shared" / "synth"
VARIANTS = Path(__file__).resolve().parent / "render_variants.py"
HELD_OUT = "m_heavy"
"""The body that no figure is fitted on."""

EVENTS = ".events.csv"
# The answers' description comes last: a clip counts as rendered once it is there.
PARTS = (EVENTS, ".mp4", ".csv", ".json")

Job = dict[str, Any]


def make_parser(description: str | None) -> argparse.ArgumentParser:
    """Return the options that every render script has."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--python", required=True, help="a Python with the generator's needs")
    parser.add_argument("--generator", type=Path, default=GENERATOR)
    return parser


def render_missing(jobs: Iterable[Job], out: Path, python: str, generator: Path) -> None:
    """Render the clips that are not yet in OUT."""
    missing = [job for job in jobs if not (out / f"{job['name']}.json").is_file()]
    for count, job in enumerate(missing, start=1):
        print(f"{count} of {len(missing)}: {job['name']}", flush=True)
        render(job, out, python, generator)


def render(job: Job, out: Path, python: str, generator: Path) -> None:
    """Render one clip into a folder beside the finished ones, and move it there whole."""
    partial = out / "partial"
    partial.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [python, str(VARIANTS)],
        input=json.dumps([{**job, "out": str(partial.resolve())}]),
        text=True,
        check=True,
        env={
            **os.environ,
            "PYTHONPATH": str(generator.resolve()),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    for part in PARTS:
        made = partial / f"{job['name']}{part}"
        # Only a walk has events.
        if part != EVENTS or made.is_file():
            made.replace(out / made.name)
