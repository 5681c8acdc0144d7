"""A record on SQLite and on PostgreSQL; the server is a throw-away one in a temporary folder."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from motion.clinic import Record, open_record

SERVER_USER = "postgres"  # the server refuses to run as root
_numbers = count()


def _find_binaries() -> Path | None:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    found = shutil.which("pg_ctl") or (installed[-1] if installed else None)
    return Path(found).resolve().parent if found else None


def _as_server_user(command: list[str]) -> list[str]:
    return ["runuser", "-u", SERVER_USER, "--", *command] if os.geteuid() == 0 else command


def _run(*command: str | Path) -> None:
    done = subprocess.run(
        _as_server_user([str(part) for part in command]),
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
    )
    if done.returncode:
        pytest.skip(f"no PostgreSQL server could be started: {done.stderr.strip()[:200]}")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Yield the address of an empty server, without the database's name."""
    binaries = _find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (pg_ctl was not found)")
    pytest.importorskip("psycopg")
    folder = Path(tempfile.mkdtemp(prefix="motion-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        try:
            shutil.chown(folder, SERVER_USER)
        except LookupError:
            pytest.skip("PostgreSQL refuses to run as root, and there is no user postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
    try:
        _run(binaries / "initdb", "-D", data, "-U", "motion", "-A", "trust", "-N", "-E", "UTF8")
        _run(binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start")
        try:
            yield f"postgresql://motion@127.0.0.1:{port}"
        finally:
            _run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """Return the name of a database with the tables, which the others are copies of."""
    _create_database(postgresql_server, "template_motion", "template1")
    open_record(f"{postgresql_server}/template_motion", Path("/nowhere")).close()
    return "template_motion"


@pytest.fixture
def empty_postgresql(postgresql_server: str) -> str:
    """Return the address of a database without any table."""
    return _create_database(postgresql_server, f"empty_{next(_numbers)}", "template1")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a record, once per database."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("empty_record"), tmp_path / "motion.db")
        return f"sqlite:///{tmp_path / 'motion.db'}"
    server = request.getfixturevalue("postgresql_server")
    template = request.getfixturevalue("postgresql_template")
    return _create_database(server, f"motion_{next(_numbers)}", template)


@pytest.fixture
def record(url: str, tmp_path: Path) -> Iterator[Record]:
    with open_record(url, tmp_path) as opened:
        yield opened


def _create_database(server: str, name: str, template: str) -> str:
    address = server.replace("postgresql://", "postgresql+psycopg://") + "/postgres"
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return f"{server}/{name}"
