"""``motion retest``: repeated measurements into error figures, files, and the clinic's table."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from motion.clinic import (
    RetestResult,
    assess_retest,
    figures_to_adopt,
    find_repeats,
    open_record,
    read_retest,
    readings_of_repeats,
    retest_takes,
)
from motion.clinic.retest import FEWEST_PEOPLE, Reading
from motion.errors import InputError
from motion.kinematics import find_joint
from motion.library import load_product_figures, sample_digests
from motion.method_of_today import is_of_today
from motion.own_figures import write_own_figures
from motion.report import prepare_folder, write_csv
from motion.report.bland_altman import draw_bland_altman, write_bland_altman
from motion.report.retest import retest_table

__all__ = ["run_retest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    readings: tuple[Reading, ...]
    day: date | None


def run_retest(
    file: Path | None,
    out: Path,
    *,
    from_record: bool,
    adopt: bool,
    say: Callable[[str], None],
    on_warning: Callable[[str], None],
) -> None:
    """Measure the error of repeated measurements, write it, and adopt it where that was asked.

    Raises
    ------
    InputError
        If there is nothing to read, or nothing of it may be adopted; the files are written then.
    """
    if (file is None) == (not from_record):
        msg = "give either a CSV file or --from-record; see `motion retest --help`"
        raise InputError(msg)
    prepare_folder(out)
    source = _read_record(on_warning) if file is None else _read_file(file)
    results = assess_retest(source.readings)
    write_csv(retest_table(results), out / "retest.csv")
    plots: Counter[str] = Counter()
    for result in results:
        if result.retest.n:
            name = f"{result.angle}_{result.measure}_{result.view}"
            plots[name] += 1
            _draw(result, out, name if plots[name] == 1 else f"{name}_{plots[name]}")
        say(describe(result))
    if adopt:
        _adopt(results, source.day or date.today(), say)


def describe(result: RetestResult) -> str:
    """Return a result in one line."""
    retest = result.retest
    title = f"{find_joint(result.angle).title} ({result.measure}, {result.view}; {result.how})"
    if not retest.n:
        return f"{title}: nobody was measured twice; {result.left_out} left out"
    people = f"{result.people} {'person' if result.people == 1 else 'people'}"
    icc = f"ICC(2,1) {retest.icc21:.2f}, " if retest.icc21 == retest.icc21 else ""
    return (
        f"{title}: {people} x {retest.k} sessions, {icc}SEM {retest.sem:.0f}"
        f" ({retest.sem_ci.low:.0f} to {retest.sem_ci.high:.0f}), MDC95 {retest.mdc95:.0f},"
        f" last less first {retest.agreement.bias:+.0f} degrees; {result.verdict.sentence}"
    )


def _read_file(path: Path) -> _Source:
    found = read_retest(path)
    return _Source(readings=found.readings, day=found.day)


def _read_record(on_warning: Callable[[str], None]) -> _Source:
    with open_record() as record:
        takes = retest_takes(record)
    repeats = find_repeats(takes, without=sample_digests())
    alone = len(takes) - sum(len(each.takes) for each in repeats)
    if alone:
        on_warning(
            f"{alone} of {len(takes)} marked takes repeat no other: nothing within 14 days, other"
            " conditions, the same recording, nobody found, or a sample"
        )
    readings = readings_of_repeats(repeats, is_of_today)
    if not readings:
        msg = (
            "the record holds no takes marked as a retest of one another: mark at least two of"
            " one patient within 14 days on the dashboard's page Measurement error"
        )
        raise InputError(msg)
    return _Source(readings=readings, day=max(each.day for each in repeats))


def _draw(result: RetestResult, out: Path, name: str) -> None:
    joint = find_joint(result.angle)
    svg = draw_bland_altman(
        result.mean_deg,
        result.difference_deg,
        result.retest.agreement,
        f"{joint.title}, {result.measure}, {result.view}: {result.people} people",
        "Last session less first",
    )
    write_bland_altman(svg, out / f"bland_altman_{name}.svg")


def _adopt(results: Sequence[RetestResult], day: date, say: Callable[[str], None]) -> None:
    adoption = figures_to_adopt(results, day, load_product_figures())
    for left_out in adoption.left_out:
        say(f"left out: {left_out}")
    if not adoption.rows:
        msg = (
            f"nothing adopted: no angle was measured in {FEWEST_PEOPLE} people in two sessions"
            " by today's method; retest.csv says what each lacks"
        )
        raise InputError(msg)
    path = write_own_figures(adoption.rows)
    say(f"adopted {len(adoption.rows)} of {len(results)}: {path}")
