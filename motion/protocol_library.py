"""The protocols there are: the product's files, and the clinic's own beside its record."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from motion.clinic.hand_angles import HAND_ANGLES
from motion.errors import InputError
from motion.exercise.protocol_file import KnownMeasures, parse_protocol
from motion.exercise.protocols import Protocol
from motion.library import find_outcome_measure, list_exercises, list_movements
from motion.paths import data_dir, reference_dir

__all__ = ["find_protocol", "list_protocols", "list_unusable_protocols", "own_protocols_dir"]

_PAIN_SCALE: Final = "nprs"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """What the files hold: protocols, and what cannot be used."""

    protocols: Mapping[str, Protocol]
    unusable: Mapping[str, str]


def list_protocols() -> dict[str, Protocol]:
    """Return every protocol by its name: the product's, then the clinic's own.

    A file of the clinic's own is read again whenever it has changed; one that cannot be used is
    left out, and :func:`list_unusable_protocols` says why.

    Raises
    ------
    InputError
        If a file of the product's cannot be used; it names the file.
    """
    return dict(_read_shelf().protocols)


def find_protocol(name: str) -> Protocol:
    """Return a protocol by its name.

    Raises
    ------
    InputError
        If there is none of that name, or the clinic's own file of that name cannot be used.
    """
    shelf = _read_shelf()
    if name in shelf.protocols:
        return shelf.protocols[name]
    if name in shelf.unusable:
        raise InputError(shelf.unusable[name])
    msg = f"protocol {name!r}: not known; choose one of {', '.join(shelf.protocols)}"
    raise InputError(msg)


def list_unusable_protocols() -> dict[str, str]:
    """Return which of the clinic's own files cannot be used, by name, and why."""
    return dict(_read_shelf().unusable)


def own_protocols_dir() -> Path:
    """Return where a clinic puts its own files: ``protocols`` beside the record."""
    return data_dir() / "protocols"


def _read_shelf() -> _Shelf:
    """Return the product's files and the clinic's, which are read again when one has changed."""
    product = reference_dir() / "protocols"
    own = own_protocols_dir()
    try:
        files = tuple(
            (path, state.st_mtime_ns, state.st_size)
            for path in sorted(own.glob("*.toml"))
            for state in (path.stat(),)
        )
    except OSError as error:
        reason = error.strerror or str(error)
        msg = f"{own}: cannot be read ({reason}); see to its permissions"
        raise InputError(msg) from error
    # An exercise of the clinic's own may be a step: which there are belongs to what was read.
    return _join_shelves(product, files, tuple(list_exercises()), tuple(list_movements()))


@lru_cache(maxsize=4)
def _join_shelves(
    product: Path,
    own: tuple[tuple[Path, int, int], ...],
    _exercises: tuple[str, ...],
    _movements: tuple[str, ...],
) -> _Shelf:
    known = _list_known()
    protocols = {
        path.stem: parse_protocol(path.stem, _read_toml(path), known)
        for path in sorted(product.glob("*.toml"))
    }
    unusable = {}
    for path, _changed_ns, _size in own:
        try:
            if path.stem in protocols and not protocols[path.stem].own:
                msg = f"protocol {path.stem}: the product has one of this name"
                raise InputError(f"{msg}; give your file another")  # noqa: TRY301 - said as others
            found = parse_protocol(path.stem, _read_toml(path), known)
        except InputError as error:
            unusable[path.stem] = f"{error} ({path})"
            continue
        protocols[found.name] = replace(found, own=True)
    return _Shelf(protocols=protocols, unusable=unusable)


def _list_known() -> KnownMeasures:
    return KnownMeasures(
        exercises=list_exercises(),
        movements=list_movements(),
        hand_angles={angle.name: angle.sided for angle in HAND_ANGLES},
        pain_contexts=tuple(each.name for each in find_outcome_measure(_PAIN_SCALE).contexts),
    )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"protocol {path.name}: not readable as TOML ({error}); mend the file"
        raise InputError(msg) from error
    except OSError as error:
        msg = f"protocol {path.name}: cannot be read ({error.strerror or error})"
        raise InputError(f"{msg}; see to its permissions") from error
