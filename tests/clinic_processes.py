"""Starts ``clinic/child.py`` as another program."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parent


def start_child(*arguments: object, **options: Any) -> "subprocess.Popen[str]":
    """Return a running child; its standard output is what it says."""
    return subprocess.Popen(
        [sys.executable, str(TESTS / "clinic" / "child.py"), *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )


def run_child(*arguments: object, **options: Any) -> tuple[int, str]:
    """Return the exit code and the output of a child."""
    child = start_child(*arguments, **options)
    said, _ = child.communicate(timeout=60)
    return child.returncode, said
