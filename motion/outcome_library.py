"""The outcome measures there are: the product's files, and the clinic's own beside its record."""

import tomllib
from functools import lru_cache
from pathlib import Path

from motion.errors import InputError
from motion.norms.outcome_file import parse_outcome_measure
from motion.norms.outcome_measures import OutcomeMeasure
from motion.paths import data_dir, reference_dir

__all__ = [
    "find_outcome_measure",
    "list_unusable_outcome_measures",
    "load_outcome_measures",
    "own_outcomes_dir",
]

_Stated = tuple[tuple[Path, int, int], ...]


def load_outcome_measures() -> tuple[OutcomeMeasure, ...]:
    """Return every outcome measure: the product's, then the clinic's own, each by name.

    A file of the clinic's own is read again whenever it has changed; one that cannot be used is
    left out, and :func:`list_unusable_outcome_measures` says why.

    Raises
    ------
    InputError
        If a file of the product's cannot be used; it names the file.
    """
    return _read(reference_dir(), _own_files())[0]


def find_outcome_measure(name: str) -> OutcomeMeasure:
    """Return an outcome measure by its name.

    Raises
    ------
    InputError
        If there is none of that name, or the clinic's own file of that name cannot be used.
    """
    measures, unusable = _read(reference_dir(), _own_files())
    for measure in measures:
        if measure.name == name:
            return measure
    for file_name, why in unusable:
        if file_name == name:
            raise InputError(why)
    names = ", ".join(measure.name for measure in measures)
    msg = f"outcome measure {name!r}: not known; choose one of {names}"
    raise InputError(msg)


def list_unusable_outcome_measures() -> dict[str, str]:
    """Return which of the clinic's own files cannot be used, by name, and why."""
    return dict(_read(reference_dir(), _own_files())[1])


def own_outcomes_dir() -> Path:
    """Return where a clinic puts its own files: ``outcomes`` beside the record."""
    return data_dir() / "outcomes"


def _own_files() -> _Stated:
    folder = own_outcomes_dir()
    try:
        return tuple(
            (path, state.st_mtime_ns, state.st_size)
            for path in sorted(folder.glob("*.toml"))
            for state in (path.stat(),)
        )
    except OSError as error:
        msg = f"{folder}: cannot be read ({error.strerror or error}); see to its permissions"
        raise InputError(msg) from error


@lru_cache(maxsize=4)
def _read(
    product: Path, own: _Stated
) -> tuple[tuple[OutcomeMeasure, ...], tuple[tuple[str, str], ...]]:
    found = {
        path.stem: _parse(path, own=False) for path in sorted((product / "outcomes").glob("*.toml"))
    }
    unusable: dict[str, str] = {}
    for path, _changed_ns, _size in own:
        try:
            found[path.stem] = _parse_own(path, product)
        except InputError as error:
            unusable[path.stem] = f"{error} ({path})"
    return tuple(found.values()), tuple(unusable.items())


def _parse_own(path: Path, product: Path) -> OutcomeMeasure:
    if (product / "outcomes" / path.name).exists():
        msg = f"outcome measure {path.stem}: the product has one of this name; give another"
        raise InputError(msg)
    return _parse(path, own=True)


def _parse(path: Path, *, own: bool) -> OutcomeMeasure:
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"outcome measure {path.name}: not readable as TOML ({error}); mend the file"
        raise InputError(msg) from error
    return parse_outcome_measure(path.stem, table, own=own)
