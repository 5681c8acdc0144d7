"""The patients' texts: whole in every language, plain, and kind."""

import re
from itertools import groupby
from pathlib import Path

import pytest
from exercise_makers import write_own_exercise
from readability import count_syllables, measure_grade, measure_lix, split_sentences, split_words

from motion import texts as texts_module
from motion.errors import InputError
from motion.exercise.cues import Cue, CueKey
from motion.exercise.setup_state import SetupStep
from motion.library import list_exercises
from motion.texts import FALLBACK, find_language, find_places, list_languages, load_texts

LANGUAGES = sorted(list_languages())
EXERCISES = {name: each for name, each in list_exercises().items() if not each.own}
OWN = tuple(f"exercise.{name}." for name in list_exercises() if name not in EXERCISES)
ENGLISH = {k: t for k, t in load_texts("en").entries.items() if not k.startswith(OWN)}
PARTS = {
    part: dict(entries)
    for part, entries in groupby(
        sorted(ENGLISH.items()), key=lambda entry: entry[0].rsplit(".", maxsplit=1)[0]
    )
}
FEW_WORDS = 30
"""A measure of readability means little of fewer: such parts are read as one."""


def list_passages() -> dict[str, list[str]]:
    """Return the keys of each part of the catalogue that is long enough, and of the others."""
    passages: dict[str, list[str]] = {}
    for part, texts in PARTS.items():
        few = sum(len(split_words(text)) for text in texts.values()) < FEW_WORDS
        passages.setdefault("the short ones" if few else part, []).extend(texts)
    return passages


PASSAGES = list_passages()
PLACES_OF_CUES = {
    CueKey.SHOW_SEGMENT: {"segment"},
    CueKey.TURN_SIDE: {"side"},
    CueKey.COUNTDOWN: {"seconds"},
    CueKey.A_LITTLE_FURTHER: {"degrees"},
    CueKey.HOLD: {"seconds"},
    CueKey.CANNOT_SEE: {"segment"},
    CueKey.REST: {"seconds"},
    CueKey.NEXT_SET: {"set"},
}
NEVER_SAID = {
    "en": ("wrong", "bad", "badly", "fail", "failed", "poor", "fall risk", "risk", "sarcopenia",
           "diagnos", "cut-off", "cutoff", "undress", "forecast", "abnormal", "heel strike"),
    "de": ("falsch", "schlecht", "sturzrisiko", "risiko", "sarkopenie", "diagnos", "grenzwert",
           "ausziehen", "entkleiden", "prognose", "unnormal", "versagt", "fehler gemacht"),
}  # fmt: skip


def test_there_is_more_than_one_language() -> None:
    assert list_languages() == {"de": "Deutsch", "en": "English"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_texts_with_the_same_places(language: str) -> None:
    entries = load_texts(language).entries

    assert set(entries) == set(ENGLISH)
    assert {k: find_places(t) for k, t in entries.items()} == {
        k: find_places(t) for k, t in ENGLISH.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_left_in_the_other_language(language: str) -> None:
    same_word = {"Start", "Pause", "Name", "Coach"}
    entries = load_texts(language).entries
    alike = {k for k, t in entries.items() if t == ENGLISH[k] and re.search(r"\w", find_plain(t))}

    assert language == FALLBACK or {entries[key] for key in alike} <= same_word


def find_plain(text: str) -> str:
    return re.sub(r"\{\w+\}", "", text)


@pytest.mark.parametrize("key", CueKey)
def test_every_cue_has_a_text_with_the_places_it_is_given(key: CueKey) -> None:
    assert find_places(ENGLISH[f"cue.{key}"]) == PLACES_OF_CUES.get(key, set())


@pytest.mark.parametrize("step", SetupStep)
def test_every_step_of_set_up_has_a_text(step: SetupStep) -> None:
    assert f"step.{step}" in ENGLISH


@pytest.mark.parametrize("name", sorted(EXERCISES))
def test_every_exercise_says_how_it_is_done_and_when_to_stop(name: str) -> None:
    for key in ("title", "how", "care"):
        assert f"exercise.{name}.{key}" in ENGLISH
    for language in LANGUAGES:
        how = load_texts(language).say(f"exercise.{name}.how")
        assert 2 <= len(split_sentences(how)) <= 4


def test_there_is_no_text_of_an_exercise_that_does_not_exist() -> None:
    named = {key.split(".")[1] for key in ENGLISH if key.startswith("exercise.")}

    assert named == set(EXERCISES)


@pytest.mark.parametrize("name", sorted(EXERCISES))
def test_every_point_that_an_exercise_needs_has_a_word(name: str) -> None:
    for point in EXERCISES[name].needs:
        assert f"segment.{point}" in ENGLISH


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_says_what_no_patient_is_to_read(language: str) -> None:
    for key, text in load_texts(language).entries.items():
        for word in NEVER_SAID[language]:
            assert not re.search(rf"\b{word}", text.lower()), f"{key}: {text}"


def test_the_words_before_a_home_exercise_name_every_sign_of_the_rules() -> None:
    said = " ".join(
        ENGLISH[f"safety.{key}"] for key in ("nobody_watching", "emergency", "clinic_today")
    )

    for sign in ("Nobody is watching live", "emergency number", "chest pain", "breathe", "faint",
                 "today", "calf", "swollen", "painful", "numb", "weak", "joint is hot",
                 "wound has changed"):  # fmt: skip
        assert sign in said


def test_where_the_video_goes_is_said() -> None:
    words = "video goes to your clinic's computer and is not kept"

    assert words in ENGLISH["privacy.server"].lower()


def read_aloud(language: str, passage: str) -> str:
    """Return a passage with each text a sentence of its own."""
    found = [load_texts(language).entries[key] for key in PASSAGES[passage]]
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in found)


@pytest.mark.parametrize("passage", sorted(PASSAGES))
def test_english_can_be_read_at_eleven(passage: str) -> None:
    assert measure_grade(read_aloud("en", passage)) <= 6.0


@pytest.mark.parametrize("passage", sorted(PASSAGES))
def test_german_can_be_read_as_easily(passage: str) -> None:
    assert measure_lix(read_aloud("de", passage)) <= 40.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_long(language: str) -> None:
    for key, text in load_texts(language).entries.items():
        for sentence in split_sentences(text):
            assert len(split_words(sentence)) <= 20, f"{key}: {sentence}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cue_is_short(language: str) -> None:
    for key, text in load_texts(language).entries.items():
        if key.startswith("cue."):
            assert len(split_words(text)) <= 14, f"{key}: {text}"


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("knee", 1), ("make", 1), ("lifted", 2), ("turned", 1), ("table", 2), ("exercise", 3)],
)
def test_syllables_of_known_words(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables


def test_readability_of_known_texts() -> None:
    # Grade: 3 words, 1 sentence, 3 syllables. LIX: 4 words of which 1 is long.
    assert measure_grade("Lift your arm.") == pytest.approx(0.39 * 3 + 11.8 - 15.59)
    assert measure_lix("Heben Sie den Ellbogen.") == pytest.approx(4 + 25)
    hard = "Abduction restrictions necessitate individualised rehabilitation consultations."
    assert measure_grade(hard) > 12


def test_a_text_is_filled() -> None:
    assert load_texts("en").say("cue.hold", seconds="5") == "Hold. 5"
    assert load_texts("de").say("cue.hold", seconds="5") == "Halten. 5"


def test_a_cue_says_its_values_in_the_patients_language() -> None:
    cue = Cue(CueKey.CANNOT_SEE, (("segment", "segment.left_knee"),))

    assert load_texts("en").cue(cue) == "I cannot see your left knee."
    assert load_texts("de").cue(cue) == "Ich sehe Ihr linkes Knie nicht."
    assert load_texts("de").cue(Cue("rest", (("seconds", "20"),))) == (
        "Pause. Weiter in 20 Sekunden."
    )


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [("en", "1 set", "2 sets"), ("de", "1 Satz", "2 Sätze")],
)
def test_one_of_something_is_said_as_one(language: str, one: str, two: str) -> None:
    texts = load_texts(language)

    assert texts.say("page.sets", count="1") == one
    assert texts.say("page.sets", count="2") == two


def test_only_the_number_that_is_counted_decides() -> None:
    texts = load_texts("en")

    assert texts.say("summary.repetitions", done="1", wanted="3") == "You did 1 of 3 repetitions."
    assert texts.say("summary.repetitions", done="0", wanted="1") == "You did 0 of 1 repetition."
    rest = Cue(CueKey.REST, (("seconds", "1"),))
    assert texts.cue(rest) == "Rest. Next set in 1 second."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_for_one_lacks_the_number_of_its_plural(language: str) -> None:
    entries = load_texts(language).entries
    ones = [key for key in entries if key.endswith("_one") and key.removesuffix("_one") in entries]

    assert "page.sets_one" in ones
    for key in ones:
        assert find_places(entries[key]) < find_places(entries[key.removesuffix("_one")]), key


@pytest.mark.parametrize(
    ("said", "code"),
    [("German", "de"), (" deutsch", "de"), ("DE-at", "de"), ("English", "en"), ("Klingon", None)],
)
def test_a_language_is_known_by_what_people_write(said: str, code: str | None) -> None:
    assert find_language(said) == code


def test_what_is_not_there_or_not_given_is_named() -> None:
    with pytest.raises(InputError, match=r"text 'cue.jump': not in the catalogue en.toml"):
        load_texts("en").say("cue.jump")
    with pytest.raises(InputError, match=r"text 'cue.hold' of en.toml: nothing .* 'seconds'"):
        load_texts("en").say("cue.hold")


@pytest.mark.parametrize("asked", ["fr", "", "zz-ZZ", "../en", "en/../de"])
def test_an_unknown_language_is_english_and_says_so(asked: str) -> None:
    texts = load_texts(asked)

    assert (texts.language, texts.entries) == ("en", load_texts("en").entries)
    assert repr(asked) in texts.remark


@pytest.mark.parametrize("asked", ["de", "DE", "de-AT", "de_CH.UTF-8", " de "])
def test_a_country_is_served_by_its_language(asked: str) -> None:
    assert load_texts(asked).language == "de"
    assert load_texts(asked).remark == ""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("language = ", r"texts en.toml: not readable as TOML"),
        ("[cue]\ngo = 'Go'", r"texts en.toml: language must be the language's own name, got ''"),
        ("language = 'E'\n[cue]\ngo = 'Go'", r"texts en.toml: in_english must be the language's E"),
        (
            "language = 'E'\nin_english = 'E'\n[cue]\ngo = 5",
            r"texts en.toml: cue.go must be a text, got 5",
        ),
        (
            "language = 'E'\nin_english = 'E'\n[cue]\ngo = ' '",
            r"texts en.toml: cue.go must be a text, got ' '",
        ),
        (
            "language = 'E'\nin_english = 'E'\n[cue]\ngo = 'Go {'",
            r"texts en.toml: cue.go has a place that cannot",
        ),
        (
            "language = 'E'\nin_english = 'E'\n[cue]\ngo = 'Go {}'",
            r"texts en.toml: cue.go has a place that cannot",
        ),
        (
            "language = 'E'\nin_english = 'E'\n[cue]\ngo = '{a:d}'",
            r"texts en.toml: cue.go has a place that cannot",
        ),
        (
            "language = 'E'\nin_english = 'E'\n[cue]\ngo = '{a.b}'",
            r"texts en.toml: cue.go has a place that cannot",
        ),
    ],
)
def test_a_broken_catalogue_is_named(
    content: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "en.toml").write_text(content, encoding="utf-8")
    monkeypatch.setattr(texts_module, "reference_dir", lambda: tmp_path)

    with pytest.raises(InputError, match=message) as caught:
        load_texts("en")

    assert "\n" not in str(caught.value)


def test_an_exercise_of_the_clinics_own_brings_its_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path))
    write_own_exercise("toe_touch")

    assert load_texts("en").say("exercise.toe_touch.title") == "Touch your toes"
    assert load_texts("de").say("exercise.toe_touch.title") == "Zehen berühren"


def test_an_exercise_without_a_text_in_a_language_keeps_its_english_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path))
    write_own_exercise("toe_touch", german=False)

    assert load_texts("de").say("exercise.toe_touch.title") == "Touch your toes"
