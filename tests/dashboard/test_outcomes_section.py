"""Scores on the Patient page: entered by buttons, by activities, by a total; judged; left out."""

from datetime import date

import pytest
from chart_pages import open_section
from page_actions import button, texts

from motion.clinic import (
    OutcomeDetails,
    PatientDetails,
    add_outcome,
    add_patient,
    list_outcomes,
    open_record,
)


@pytest.fixture(autouse=True)
def _patient():
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1"))


def scored(*scores: float, instrument: str = "nprs", context: str = "now") -> None:
    with open_record() as record:
        for place, score in enumerate(scores):
            details = OutcomeDetails(
                instrument=instrument,
                day=date(2026, 3, 1 + place),
                score=score,
                context=context,
            )
            add_outcome(record, "P-1", details)


def stored():
    with open_record() as record:
        return list_outcomes(record, "P-1")


def key_of(at, ending: str) -> str:
    return next(g.key for g in at.button_group if g.key and g.key.endswith(ending))


def test_pain_is_two_clicks_and_save() -> None:
    at = open_section("outcomes")
    at.button_group(key=key_of(at, "nprs-context")).set_value("night").run()
    at.button_group(key=key_of(at, "nprs-score")).set_value(6)
    button(at, "Save the score").click().run()

    assert not at.exception
    (score,) = stored()
    assert (score.instrument, score.context, score.score) == ("nprs", "night", 6.0)
    assert "Saved: NPRS, at night 6." in [each.value.replace("\\", "") for each in at.success]


def test_the_eleven_numbers_have_a_button_each() -> None:
    at = open_section("outcomes")

    options = at.button_group(key=key_of(at, "nprs-score")).options
    assert list(options) == [str(number) for number in range(11)]


def test_nothing_is_stored_without_a_number() -> None:
    at = open_section("outcomes")
    button(at, "Save the score").click().run()

    assert "Choose a number first." in texts(at)
    assert stored() == ()


def test_the_verdict_names_the_published_change() -> None:
    scored(7, 4)
    at = open_section("outcomes")

    assert "NPRS 7 → 4 (-3): much better by the published 2 points (Salaffi 2004)" in texts(at)


def test_activities_of_last_time_are_proposed_again() -> None:
    at = open_section("outcomes")
    at.button_group(key=key_of(at, "-measure")).set_value("PSFS").run()
    for place, (name, number) in enumerate([("stairs", 3), ("kneeling", 2), ("walking", 5)]):
        at.text_input(key=key_of_text(at, place)).set_value(name)
        at.number_input(key=key_of_number(at, place)).set_value(number)
    button(at, "Save the score").click().run()
    assert not at.exception
    (score,) = stored()
    assert score.score == pytest.approx(3.33)
    assert [item.text for item in score.items] == ["stairs", "kneeling", "walking"]

    again = open_section("outcomes")
    again.button_group(key=key_of(again, "-measure")).set_value("PSFS").run()
    proposed = [again.text_input(key=key_of_text(again, place)).value for place in range(3)]
    assert proposed == ["stairs", "kneeling", "walking"]


def key_of_text(at, place: int) -> str:
    return next(t.key for t in at.text_input if t.key and t.key.endswith(f"-text-{place}"))


def key_of_number(at, place: int) -> str:
    return next(t.key for t in at.number_input if t.key and t.key.endswith(f"-number-{place}"))


def test_too_few_activities_are_refused_in_one_line() -> None:
    at = open_section("outcomes")
    at.button_group(key=key_of(at, "-measure")).set_value("PSFS").run()
    at.text_input(key=key_of_text(at, 0)).set_value("stairs")
    at.number_input(key=key_of_number(at, 0)).set_value(3)
    button(at, "Save the score").click().run()

    assert "PSFS needs 3 to 5 activities, got 1: name that many" in texts(at)
    assert stored() == ()


def test_a_questionnaire_has_a_total_only() -> None:
    at = open_section("outcomes")
    at.button_group(key=key_of(at, "-measure")).set_value("Another questionnaire").run()
    chosen = next(s for s in at.selectbox if s.label == "Questionnaire")
    chosen.set_value(next(each for each in chosen.options if each.startswith("LEFS"))).run()
    at.number_input[0].set_value(41)
    button(at, "Save the score").click().run()

    assert not at.exception
    assert [(each.instrument, each.score) for each in stored()] == [("lefs", 41.0)]


def test_an_unverified_figure_is_called_so() -> None:
    scored(40, 20, instrument="ndi", context="")
    at = open_section("outcomes")

    assert "unverified: decides nothing" in texts(at)
    assert "no published change; no error figure: change not judged" in texts(at)


def test_a_score_is_left_out_with_a_reason() -> None:
    scored(7, 4)
    at = open_section("outcomes")
    next(t for t in at.text_input if t.label == "Reason").set_value("of another patient")
    button(at, "Leave it out").click().run()

    assert not at.exception
    assert [score.score for score in stored()] == [7.0]
    assert "of another patient" in texts(at)


def test_a_measure_without_a_file_keeps_its_scores(data_dir) -> None:
    folder = data_dir / "outcomes"
    folder.mkdir(parents=True)
    file = folder / "own_score.toml"
    file.write_text(
        'title = "Own"\nshort = "OWN"\nabout = "x"\nentry = "total"\nlow = 0\nhigh = 20\n'
        'step = 1\nbetter = "higher"\nsource = "the clinic"\n',
        encoding="utf-8",
    )
    scored(3, 9, instrument="own_score", context="")
    file.unlink()
    at = open_section("outcomes")

    assert "own_score 3 → 9 (+6): no published change; no error figure" in texts(at)


def test_an_unusable_file_of_the_clinic_is_named(data_dir) -> None:
    folder = data_dir / "outcomes"
    folder.mkdir(parents=True)
    (folder / "broken.toml").write_text('title = "Own"\n', encoding="utf-8")
    at = open_section("outcomes")

    assert "broken: outcome measure broken: without about, better" in texts(at)
