"""Runs the command as a user does: in a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


def run_motion(data: Path, *arguments: object, preload: str = "", **options: Any) -> Done:
    """Run ``motion`` in a process of its own, with a record in ``data``."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith("MOTION_DATA")}
    variables["MOTION_DATA_DIR"] = str(data)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{preload}\nfrom motion.cli import main; main()",
            *(str(argument) for argument in arguments),
        ],
        capture_output=True,
        text=True,
        check=False,
        env=variables | options.pop("env", {}),
        **options,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def assert_one_line(done: Done, said: str) -> None:
    """Check that a command failed as it should: code 2, one line, nothing else."""
    assert (done.code, done.out) == (2, ""), done
    assert done.err.startswith("error: "), done.err
    assert done.err.count("\n") == 1, done.err
    assert said in done.err
    assert "Traceback" not in done.err
