"""Every command explains itself."""

import pytest
import typer
from typer.testing import CliRunner

from motion.cli import app


def commands(found: object, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    below = getattr(found, "commands", {})
    return [path, *(p for name in below for p in commands(below[name], (*path, name)))]


ALL = commands(typer.main.get_command(app))


@pytest.mark.parametrize("command", ALL, ids=" ".join)
def test_help(command: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*command, "--help"])
    assert shown.exit_code == 0
    assert "Usage:" in shown.output
    assert len(shown.output.splitlines()) > 4


def test_commands_of_the_interface_are_there() -> None:
    there = {" ".join(command) for command in ALL}
    assert {"analyse", "export", "patients", "dashboard", "model install"} <= there


def test_version() -> None:
    shown = CliRunner().invoke(app, ["--version"])
    assert (shown.exit_code, shown.output.split()[0]) == (0, "physio-motion")
