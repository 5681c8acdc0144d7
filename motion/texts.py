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

__all__ = ["FALLBACK", "Texts", "find_language", "find_places", "list_languages", "load_texts"]

FALLBACK = "en"
"""The language of a text that a catalogue lacks, and of an unknown language."""

_ONE = "_one"
"""Ending of the key under which a text stands for one of something: ``sets_one`` of ``sets``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The texts of one language.

    Parameters
    ----------
    language
        ``en``, ``de``: the name of the catalogue these are from.
    title
        The language's own name for itself: ``Deutsch``.
    in_english
        Its English name, by which a clinic may know it: ``German``.
    entries
        Each text by its key, ``cue.hold``.
    remark
        Why this is not the language that was asked for, in one sentence; empty where it is.
    """

    language: str
    title: str
    in_english: str
    entries: Mapping[str, str] = field(repr=False)
    remark: str = ""

    def say(self, key: str, **values: str) -> str:
        """Return a text with its places filled.

        A text that counts may stand a second time for one of it, under its key and ``_one`` and
        without the place of the number: ``sets_one = "1 set"`` beside ``sets = "{count} sets"``.

        Raises
        ------
        InputError
            If the catalogue has no such text, or a place of it is not given: names the key.
        """
        text = self.entries.get(key)
        if text is not None:
            text = self._choose_number(key, text, values)
        if text is None:
            msg = f"text {key!r}: not in the catalogue {self.language}.toml; add it to every one"
            raise InputError(msg)
        try:
            return text.format(**values)
        except KeyError as error:
            msg = f"text {key!r} of {self.language}.toml: nothing was given for its place {error}"
            raise InputError(msg) from error

    def _choose_number(self, key: str, text: str, values: Mapping[str, str]) -> str:
        """Return the text for one, where there is one and that is the number; else the text."""
        one = self.entries.get(f"{key}{_ONE}")
        if one is None:
            return text
        counts = find_places(text) - find_places(one)
        return one if all(values.get(place) == "1" for place in counts) else text

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


def find_language(said: str) -> str | None:
    """Return the catalogue's name for a language as people write it; None where there is none.

    ``German``, ``Deutsch``, ``de`` and ``de-AT`` are all ``de``.

    Raises
    ------
    InputError
        If a catalogue cannot be used; it names the file.
    """
    plain = said.strip().lower()
    code = plain.replace("_", "-").partition("-")[0]
    for known in list_languages():
        texts = _read_catalogue(reference_dir(), known)
        if code == known or plain in (texts.title.lower(), texts.in_english.lower()):
            return known
    return None


def load_texts(language: str) -> Texts:
    """Return the texts of a language, or the English ones where there is no catalogue of it.

    The language is found as by :func:`find_language`. Exercises of the clinic's own bring their
    texts in their files; one that has none in the language keeps its English ones.

    Raises
    ------
    InputError
        If a catalogue, or an exercise file of the product's, cannot be used: it names the file.
    """
    code = find_language(language)
    remark = ""
    if code is None:
        code = FALLBACK
        remark = f"No texts in {language!r} yet: these are the {list_languages()[code]} ones."
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
    title = _take_name(path.name, table, "language", "the language's own name")
    in_english = _take_name(path.name, table, "in_english", "the language's English name")
    entries = dict(_flatten(path.name, table))
    return Texts(
        language=code, title=title, in_english=in_english, entries=MappingProxyType(entries)
    )


def _take_name(file: str, table: dict[str, Any], key: str, expected: str) -> str:
    name = table.pop(key, "")
    if not isinstance(name, str) or not name:
        msg = f"texts {file}: {key} must be {expected}, got {name!r}"
        raise InputError(msg)
    return name


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
