"""The handout: every exercise with its picture, dose and stop signs, in the patient's language."""

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from plan_makers import GUIDED, MEASURED, STANDING, make_plan
from report_makers import read_fonts, read_pages

from motion.clinic import (
    ItemDetails,
    change_plan_settings,
    open_record,
    plan_settings,
    prescribe,
)
from motion.clinic.plan_values import Weekday
from motion.errors import InputError, RecordNotFoundError
from motion.exercise.prescription import Prescription
from motion.library import list_exercises
from motion.model import Side
from motion.report.handout import Handout, HandoutItem, lay_out_handout
from motion.report.pdf_pages import Paper
from motion.report.pdf_picture import draw_exercise
from motion.reporting.handing_out import gather_handout
from motion.texts import list_languages, load_texts

TODAY = date.today()


@pytest.fixture
def record(tmp_path: Path):
    with open_record(folder=tmp_path) as opened:
        yield opened


def words_of(handout: Handout, paper: Paper = Paper.A4) -> str:
    return " ".join(read_pages(lay_out_handout(handout, paper).content))


@pytest.mark.parametrize("language", sorted(list_languages()))
def test_each_exercise_says_what_how_how_often_and_when_to_stop(record, language: str) -> None:
    make_plan(record, GUIDED, MEASURED, language=language, name="Jana Dvořáková")
    say = load_texts(language).say

    handout = gather_handout(record, "P-1", made_on=TODAY)
    words = words_of(handout)

    assert "Jana Dvořáková" in words
    for name in (GUIDED, MEASURED):
        for key in ("title", "how", "care"):
            assert say(f"exercise.{name}.{key}") in words
    assert say("handout.often", times="7") in words
    assert say("page.dose", sets=say("page.sets", count="2"),
               repetitions=say("page.repetitions", count="10")) in words  # fmt: skip
    for key in ("safety.nobody_watching", "safety.emergency", "safety.clinic_today"):
        assert say(key) in words
    assert say("handout.stop_signs") in words
    assert say("handout.pain", limit="5") in words
    assert say("handout.page", number="1", count="1") in words


def test_what_is_done_standing_is_not_for_home_until_it_is_allowed(record) -> None:
    make_plan(record, GUIDED, STANDING)
    say = load_texts("en").say

    before = gather_handout(record, "P-1", made_on=TODAY)

    assert [item.exercise.name for item in before.items] == [GUIDED]
    assert before.not_at_home == (
        (say(f"exercise.{STANDING}.title"), say("withheld.standing_at_home")),
    )
    assert say("withheld.standing_at_home") in words_of(before)

    change_plan_settings(
        record, "P-1", replace(plan_settings(record, "P-1"), standing_at_home=True)
    )
    after = gather_handout(record, "P-1", made_on=TODAY)

    assert len(after.items) == 2
    assert "safety.standing" in after.safety


def test_another_language_may_be_asked_for_and_an_unknown_one_is_refused(record) -> None:
    make_plan(record, GUIDED, language="en")

    assert gather_handout(record, "P-1", made_on=TODAY, language="de").texts.language == "de"
    with pytest.raises(InputError, match=r"'xx'.*choose de or en"):
        gather_handout(record, "P-1", made_on=TODAY, language="xx")


def test_nothing_prescribed_and_an_unknown_patient_are_said(record) -> None:
    make_plan(record)

    with pytest.raises(InputError, match="nothing is prescribed to P-1"):
        gather_handout(record, "P-1", made_on=TODAY)
    with pytest.raises(RecordNotFoundError, match="'P-9'"):
        gather_handout(record, "P-9", made_on=TODAY)


def item_of(name: str, **changes: object) -> HandoutItem:
    exercise = list_exercises()[name]
    side = Side.NONE if exercise.sides == "none" else Side.LEFT
    given = {
        "exercise": exercise,
        "prescription": Prescription(exercise=name, side=side),
        "times_per_week": 3,
        "weekdays": (),
        "limited": False,
        "stops_earlier": False,
        "note": "",
    }
    return HandoutItem(**(given | changes))


def handout_of(*items: HandoutItem) -> Handout:
    return Handout(
        name="P-1",
        made_on=TODAY,
        texts=load_texts("en"),
        items=items,
        not_at_home=(),
        safety=("safety.emergency",),
        pain_limit=4,
        note="",
    )


def test_the_whole_library_can_be_laid_out_and_no_exercise_is_parted() -> None:
    items = [item_of(name) for name in list_exercises()]
    say = load_texts("en").say

    for paper in Paper:
        built = lay_out_handout(handout_of(*items), paper)
        pages = read_pages(built.content)
        assert len(pages) == built.pages
        assert all(read_fonts(built.content).values())
        for name in list_exercises():
            (page,) = [p for p in pages if say(f"exercise.{name}.how") in p] or [""]
            assert say(f"exercise.{name}.care") in page


def test_a_limit_is_said_without_a_promise_of_the_camera() -> None:
    words = words_of(handout_of(item_of(MEASURED, limited=True, note="Slowly, please")))

    assert "Your clinic set a limit here: go only as far as it showed you." in words
    assert "I will tell you" not in words
    assert "From your clinic: Slowly, please" in words


def test_the_left_side_is_the_mirror_image_of_the_right() -> None:
    exercise = list_exercises()[MEASURED]

    def matrix(side: Side) -> tuple[float, ...]:
        page = draw_exercise(exercise, 120.0, side).contents[0]
        return tuple(page.contents[-1].transform)

    assert matrix(Side.RIGHT) == (1, 0, 0, 1, 0, 0)
    assert matrix(Side.LEFT) == (-1, 0, 0, 1, 240.0, 0)
    assert math.isclose(draw_exercise(exercise, 120.0).contents[0].transform[0], 0.5)


def test_an_exercise_with_a_lower_limit_of_pain_says_so_itself(record) -> None:
    make_plan(record, GUIDED)
    lower = Prescription(exercise=MEASURED, side=Side.LEFT, pain_limit=2)
    prescribe(record, "P-1", ItemDetails(prescription=lower, started_on=TODAY))

    handout = gather_handout(record, "P-1", made_on=TODAY)

    words = words_of(handout)
    assert words.count(load_texts("en").say("handout.pain_here", limit="2")) == 1
    assert load_texts("en").say("handout.pain", limit="5") in words
    assert {i.exercise.name: i.stops_earlier for i in handout.items} == {
        GUIDED: False, MEASURED: True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("times", "weekdays", "boxes"),
    [
        (3, (), ["□ 1", "□ 2", "□ 3"]),
        (3, (Weekday.MON, Weekday.FRI), ["□ Mon", "□ Fri"]),
        (4, (Weekday.MON, Weekday.FRI), ["□□ Mon", "□□ Fri"]),
        (10, (), [f"□ {n}" for n in range(1, 11)]),
        (14, (), [f"□□ {load_texts('en').say(f'weekday.{day}')}" for day in Weekday]),
        (7, (), [f"□ {load_texts('en').say(f'weekday.{day}')}" for day in Weekday]),
    ],
)
def test_there_is_a_box_for_each_time_that_is_prescribed_and_no_other(
    times: int, weekdays: tuple[Weekday, ...], boxes: list[str]
) -> None:
    item = item_of(MEASURED, times_per_week=times, weekdays=weekdays)

    words = words_of(handout_of(item)).replace("\N{NO-BREAK SPACE}", " ")

    assert words.count("□") == sum(box.count("□") for box in boxes)
    assert all(box in words for box in boxes)


@pytest.mark.parametrize(("language", "said"), [("en", "7 Mar 2026"), ("de", "7. März 2026")])
def test_the_day_is_said_as_the_patient_says_it(language: str, said: str) -> None:
    handout = replace(
        handout_of(item_of(MEASURED)), made_on=date(2026, 3, 7), texts=load_texts(language)
    )

    assert f"P-1 · {said}" in words_of(handout)


@pytest.mark.parametrize("language", sorted(list_languages()))
def test_there_is_one_rule_about_pain(record, language: str) -> None:
    make_plan(record, MEASURED, language=language)

    words = words_of(gather_handout(record, "P-1", made_on=TODAY))

    say = load_texts(language).say
    assert say("handout.pain", limit="5") in words
    assert say("safety.stop_signs") not in words
    assert "if you feel pain" not in words


def test_the_paper_of_a_made_up_patient_says_so_on_each_page() -> None:
    many = [item_of(MEASURED) for _ in range(6)]

    pages = read_pages(lay_out_handout(replace(handout_of(*many), made_up=True)).content)

    assert len(pages) > 1
    assert all(load_texts("en").say("handout.made_up") in page for page in pages)


def test_a_letter_that_no_font_has_is_explained_at_the_foot() -> None:
    plain = words_of(handout_of(item_of(MEASURED)))
    lacking = words_of(replace(handout_of(item_of(MEASURED)), name="李明"))

    said = load_texts("en").say("handout.missing")
    assert said not in plain
    assert f"▯ {said}" in lacking
