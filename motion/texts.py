"""Everything a patient reads or hears, from one catalogue per language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

from motion.errors import InputError
from motion.exercise.cues import Cue
from motion.exercise_library import list_exercises
from motion.paths import reference_dir

__all__ = ["FALLBACK", "Texts", "find_places", "list_languages", "load_texts"]

FALLBACK = "en"
"""The language of a text that a catalogue lacks, and of an unknown language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The texts of one language.

    Parameters
    ----------
    language
        ``en``, ``de``: the name of the catalogue these are from.
    title
        The language's own name for itself: ``Deutsch``.
    entries
        Each text by its key, ``cue.hold``.
    remark
        Why this is not the language that was asked for, in one sentence; empty where it is.
    """

    language: str
    title: str
    entries: Mapping[str, str] = field(repr=False)
    remark: str = ""

    def say(self, key: str, **values: str) -> str:
        """Return a text with its places filled.

        Raises
        ------
        InputError
            If the catalogue has no such text, or a place of it is not given: names the key.
        """
        text = self.entries.get(key)
        if text is None:
            msg = f"text {key!r}: not in the catalogue {self.language}.toml; add it to every one"
            raise InputError(msg)
        try:
            return text.format(**values)
        except KeyError as error:
            msg = f"text {key!r} of {self.language}.toml: nothing was given for its place {error}"
            raise InputError(msg) from error

    def cue(self, cue: Cue) -> str:
        """Return what a cue says; a value that is itself the key of a text is put into words.

        Raises
        ------
        InputError
            As :meth:`say`.
        """
        values = {place: self.entries.get(value, value) for place, value in cue.values}
        return self.say(f"cue.{cue.key}", **values)


def find_places(text: str) -> frozenset[str]:
    """Return the names of a text's places: ``seconds`` of ``"Hold. {seconds}"``.

    Raises
    ------
    ValueError
        If a brace is left open, or a place has no name or a format of its own.
    """
    found = set()
    for _, name, spec, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            msg = f"{{{name}}} is no plain place"
            raise ValueError(msg)
        found.add(name)
    return frozenset(found)


def list_languages() -> dict[str, str]:
    """Return the languages there are, each with its own name: ``{"de": "Deutsch", ...}``.

    Raises
    ------
    InputError
        If a catalogue cannot be used; it names the file.
    """
    codes = sorted(path.stem for path in (reference_dir() / "texts").glob("*.toml"))
    return {code: _read_catalogue(reference_dir(), code).title for code in codes}


def load_texts(language: str) -> Texts:
    """Return the texts of a language, or the English ones where there is no catalogue of it.

    ``de-AT`` is served by ``de``. Exercises of the clinic's own bring their texts in their files;
    one that has none in the language keeps its English ones.

    Raises
    ------
    InputError
        If a catalogue, or an exercise file of the product's, cannot be used: it names the file.
    """
    code = language.strip().lower().replace("_", "-").partition("-")[0]
    known = list_languages()
    remark = ""
    if code not in known:
        remark = f"No texts in {language!r} yet: these are the {known[FALLBACK]} ones."
        code = FALLBACK
    texts = _read_catalogue(reference_dir(), code)
    own = {
        f"exercise.{exercise.name}.{key}": text
        for exercise in list_exercises().values()
        if exercise.own
        for key, text in exercise.patient.get(code, exercise.patient[FALLBACK]).items()
    }
    return replace(texts, entries=MappingProxyType({**texts.entries, **own}), remark=remark)


@cache
def _read_catalogue(reference: Path, code: str) -> Texts:
    """Return the catalogue of a language, without exercises of the clinic's own."""
    path = reference / "texts" / f"{code}.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"texts {path.name}: not readable as TOML ({error}); mend the file"
        raise InputError(msg) from error
    title = table.pop("language", "")
    if not isinstance(title, str) or not title:
        msg = f"texts {path.name}: language must be the language's own name, got {title!r}"
        raise InputError(msg)
    entries = dict(_flatten(path.name, table))
    return Texts(language=code, title=title, entries=MappingProxyType(entries))


def _flatten(file: str, table: Mapping[str, Any], above: str = "") -> list[tuple[str, str]]:
    """Return the texts of a table and those below it, with the names of the tables in front."""
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{above}{name}"
        if isinstance(value, dict):
            found += _flatten(file, value, f"{key}.")
            continue
        if not isinstance(value, str) or not value.strip():
            msg = f"texts {file}: {key} must be a text, got {value!r}"
            raise InputError(msg)
        try:
            find_places(value)
        except ValueError as error:
            msg = f"texts {file}: {key} has a place that cannot be filled ({error})"
            raise InputError(msg) from error
        found.append((key, value))
    return found
