"""How long every page of the dashboard takes in a large record, and its slowest questions to it.

python benchmarks/pages.py [--patients 500 --takes 20000] [--data FOLDER] [--runs 3]

Without ``--data`` a made-up clinic of that size is written into a temporary folder first; with it
a folder that holds one (``MOTION_DATA_DIR=FOLDER motion demo-data``) is looked at. Of the patient
with the most takes. Cold: the page was drawn of another patient before, and nothing that pages
keep is kept; warm: the median of the next runs, as at every click. The browser's own drawing
comes on top. A question's time is that of its statement with all rows fetched, on a connection of
its own. Times are the processor's, so that they are the same on a busy machine; reading from a cold
disk comes on top.
"""

import argparse
import gc
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import streamlit as st
from sqlalchemy import event
from sqlalchemy.engine import Engine
from streamlit.runtime.state.common import TESTING_KEY
from streamlit.testing.v1 import AppTest

from motion.clinic import TakeSummary, list_patients, list_takes, open_record
from motion.demo.clinic import Wanted, make_clinic

APP: Final = Path(__file__).parent.parent / "dashboard" / "app.py"
TIMEOUT_S: Final = 300.0
PAGE_S, QUERY_S = 1.0, 0.1
SECTION: Final = "Section"
"""Label of the choice under which a page shows one of its sections at a time."""


@dataclass(slots=True)
class Asked:
    """The questions that pages put to the database."""

    statements: list[tuple[str, Any]] = field(default_factory=list)

    def listen(self) -> None:
        """Note every statement of every engine."""

        @event.listens_for(Engine, "after_cursor_execute")
        def note(_: Any, cursor: Any, statement: str, given: Any, *more: Any) -> None:
            if statement.startswith("SELECT"):
                self.statements.append((statement, given))

    def take(self) -> dict[str, Any]:
        """Return what was asked since the last time, each statement once."""
        found = dict(self.statements)
        self.statements.clear()
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One page: seconds cold and warm, how many questions, and the slowest of them."""

    name: str
    cold_s: float
    warm_s: float
    asked_n: int
    slowest_s: float
    slowest: str
    troubles: tuple[str, ...]


def make_record(folder: Path, patients: int, takes: int) -> None:
    """Write the made-up clinic, unless there is one already."""
    os.environ["MOTION_DATA_DIR"] = str(folder)
    if (folder / "motion.db").exists():
        return
    since_s = time.perf_counter()
    wanted = Wanted(today=date.today(), patients=patients, takes=takes)
    with open_record() as record:
        written = make_clinic(record, wanted, on_progress=lambda *_: None)
    size_mb = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    print(f"made {patients} patients, {written} takes in {time.perf_counter() - since_s:.0f} s")
    print(f"{size_mb:.0f} MB, of it the database {(folder / 'motion.db').stat().st_size / 1e6:.0f}")


def list_pages(code: str, takes: tuple[TakeSummary, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the pages with what their address names."""
    for page in ("home", "flags", "patients", "analyse", "live", "exercises", "protocols", "error"):
        yield page, {}
    for page in ("patient", "plan", "today"):
        yield page, {"patient": code}
    walk = next((take for take in takes if take.movement == "walking"), None)
    other = next(take for take in takes if take.movement != "walking")
    for take in filter(None, (other, walk)):
        yield "take", {"take": str(take.id)}
    same = [take for take in takes if take.movement == other.movement and take.side == other.side]
    yield "compare", {"a": str(same[-1].id), "b": str(same[0].id)}


def time_page(page: str, query: dict[str, str], asked: Asked, runs: int) -> Iterator[Timed]:
    """Yield the page, and then each of its sections."""
    at = AppTest.from_file(str(APP), default_timeout=TIMEOUT_S)
    at.query_params.update(query)
    at.switch_page(f"app_pages/{page}.py")
    yield _time(page, at, asked, runs)
    sections = [group for group in at.get("button_group") if group.label == SECTION]
    for group in sections:
        for option in group.options[1:]:
            _choose(at, option)
            yield _time(f"{page}: {option}", at, asked, runs)


def _choose(at: AppTest, option: str) -> None:
    """Choose a section by its words on the screen, which is all that the browser knows of it."""
    group = next(group for group in at.get("button_group") if group.label == SECTION)
    group.root.session_state[TESTING_KEY][group.id] = str
    group.set_value(option)


def _time(name: str, at: AppTest, asked: Asked, runs: int) -> Timed:
    asked.take()
    st.cache_data.clear()
    st.cache_resource.clear()
    gc.collect()  # what the pages before left behind is none of this page's
    cold_s = _run(at)
    statements = asked.take()
    warm_s = statistics.median(_run(at) for _ in range(runs))
    times = {sql: _ask(sql, given) for sql, given in statements.items()}
    slowest = max(times, key=times.__getitem__, default="")
    return Timed(
        name=name,
        cold_s=cold_s,
        warm_s=warm_s,
        asked_n=len(statements),
        slowest_s=times.get(slowest, 0.0),
        slowest=slowest,
        troubles=tuple(str(each.value) for each in (*at.exception, *at.error)),
    )


def _run(at: AppTest) -> float:
    since_s = time.process_time()
    at.run()
    return time.process_time() - since_s


def _ask(statement: str, given: Any) -> float:
    with sqlite3.connect(Path(os.environ["MOTION_DATA_DIR"]) / "motion.db") as connection:
        seconds = []
        for _ in range(3):
            since_s = time.process_time()
            connection.execute(statement, given).fetchall()
            seconds.append(time.process_time() - since_s)
    return min(seconds)


def main() -> None:
    """Print a table of pages, and every question that is too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=500)
    parser.add_argument("--takes", type=int, default=20_000)
    parser.add_argument("--data", type=Path, default=None)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--page", default="", help="only this page")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        make_record(chosen.data or Path(scratch), chosen.patients, chosen.takes)
        show_times(chosen.runs, chosen.page)


def show_times(runs: int, only: str) -> None:
    """Time every page and print what was found."""
    with open_record() as record:
        patients = sorted(list_patients(record), key=lambda each: each.takes)
        code, other = patients[-1].patient.code, patients[-2].patient.code
        takes = list_takes(record, code)
        before = list_takes(record, other)
    print(f"{len(patients)} patients, {sum(each.takes for each in patients)} takes;", end=" ")
    print(f"{code} has {len(takes)}")
    asked = Asked()
    asked.listen()
    for page, query in list_pages(other, before):
        if only in ("", page):
            for _ in time_page(page, query, asked, 1):
                pass
    print(f"{'page':34} {'cold s':>7} {'warm s':>7} {'questions':>9} {'slowest ms':>10}")
    slow: dict[str, float] = {}
    for page, query in list_pages(code, takes):
        if only not in ("", page):
            continue
        for timed in time_page(page, query, asked, runs):
            marks = "  <- over 1 s" if max(timed.cold_s, timed.warm_s) > PAGE_S else ""
            print(
                f"{timed.name:34} {timed.cold_s:7.2f} {timed.warm_s:7.2f} {timed.asked_n:9}"
                f" {1000 * timed.slowest_s:10.1f}{marks}"
            )
            for trouble in timed.troubles:
                print(f"    {trouble}")
            if timed.slowest_s > QUERY_S:
                slow[timed.slowest] = timed.slowest_s
    for statement, seconds in slow.items():
        print(f"\n{1000 * seconds:.0f} ms: {statement}")


if __name__ == "__main__":
    main()
