"""How hard a text is to read, for the tests of the patients' texts."""

import re

VOWELS = re.compile(r"[aeiouy]+")
LONG_LETTERS = 6


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, without its places."""
    plain = re.sub(r"\{\w+\}", "10", text)
    return [part for part in re.split(r"[.!?:]+(?:\s|$)", plain) if re.search(r"\w", part)]


def split_words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text)


def count_syllables(word: str) -> int:
    """Return the syllables of an English word: groups of vowels, without a silent e."""
    lower = word.lower()
    groups = len(VOWELS.findall(lower))
    silent = lower.endswith("e") and not lower.endswith(("le", "ee")) and groups > 1
    past = lower.endswith("ed") and not lower.endswith(("ted", "ded")) and groups > 1
    return max(1, groups - silent - past)


def measure_grade(text: str) -> float:
    """Return the Flesch-Kincaid grade (Kincaid et al. 1975): school years; 6 is an age of 11."""
    words = split_words(text)
    syllables = sum(count_syllables(word) for word in words)
    return 0.39 * len(words) / len(split_sentences(text)) + 11.8 * syllables / len(words) - 15.59


def measure_lix(text: str) -> float:
    """Return the LIX (Björnsson 1968) of any language: under 30 very easy, 30 to 40 easy."""
    words = split_words(text)
    long = sum(len(word) > LONG_LETTERS for word in words)
    return len(words) / len(split_sentences(text)) + 100.0 * long / len(words)
