"""A functional test on its take's page, in the list of takes, and over time."""

import math
from datetime import timedelta

from clinic_makers import STARTED_AT, make_measurement, make_provenance, make_repetition
from page_actions import texts

from motion.clinic import PatientDetails, SexForNorms, add_patient, open_record
from motion.model import FUNCTIONAL, NOT_COMPARABLE, Measurement, MeasureVerdict, Side

SPACE = "\N{NO-BREAK SPACE}"


def make_test(
    value: float, measure: str = "five_sit_to_stand_time", **changes: object
) -> Measurement:
    known = {
        "measure": measure, "joint": FUNCTIONAL, "motion": "sit_to_stand", "side": Side.BOTH,
        "unit": "count" if measure == "thirty_second_stands" else "s", "sem": 1.5, "mdc95": 4.2,
        "mdc_source": "provisional", "note": "", "verdict": MeasureVerdict.MEASURED,
    }  # fmt: skip
    return make_measurement(value, **(known | changes))


def add_woman(code: str = "P-9") -> str:
    details = PatientDetails(code=code, birth_year=1954, sex_for_norms=SexForNorms.FEMALE)
    with open_record() as record:
        add_patient(record, details)
    return code


def said_of(store, open_page, number: Measurement, code: str) -> str:
    take = store(code=code, movement="five_sit_to_stand", measurements=(number,))
    return texts(open_page("take", take=str(take.id)))


def test_a_slow_time_from_go_has_its_number_its_error_and_the_one_sentence(store, open_page):
    said = said_of(store, open_page, make_test(15.2), add_woman())

    assert f"Five times sit to stand 15.20{SPACE}s" in said
    assert "Timed from GO." in said
    assert f"can be told from error: 4.20{SPACE}s (provisional)" in said
    assert (
        "Slower than the published figure for this age (12.6 s); interpret with the full assessment"
        in said
    )


def test_a_time_from_the_movement_is_held_against_nothing(store, open_page):
    said = said_of(store, open_page, make_test(15.2, note=NOT_COMPARABLE), add_woman())

    assert "Timed from movement, not comparable with cut-offs." in said
    assert "from GO" not in said
    assert "published figure" not in said


def test_a_low_count_is_said_of_the_age_and_sex_it_is_for(store, open_page):
    number = make_test(7, "thirty_second_stands", mdc95=2.5)

    assert "Fewer than the published figure for this age and sex (10)" in said_of(
        store, open_page, number, add_woman()
    )
    assert "published figure" not in said_of(store, open_page, number, "P-1")


def test_what_was_not_measured_says_why(store, open_page):
    why = "3 of five stands were seen whole"
    number = make_test(
        math.nan, note=why, verdict=MeasureVerdict.NOT_MEASURABLE, sem=math.nan, mdc95=math.nan
    )
    said = said_of(store, open_page, number, "P-1")

    assert f"{why}." in said
    assert "told from error" not in said


def test_standing_on_one_leg_names_the_leg(store, open_page):
    number = make_test(12.5, "single_leg_stance_time", side=Side.LEFT, motion="single_leg_stance")

    assert "Standing on one leg, left" in said_of(store, open_page, number, "P-1")


def test_takes_of_a_test_stand_on_one_line_and_name_their_result(store, open_page):
    for day, value in enumerate((16.0, 11.0)):
        store(
            code="P-1",
            movement="five_sit_to_stand",
            measurements=(make_test(value),),
            started_at=STARTED_AT + timedelta(days=7 * day),
            provenance=make_provenance(f"{day}" * 64),
        )
    at = open_page("patient", patient="P-1")

    assert f"Five times sit to stand: 11.00{SPACE}s · Good" in texts(at)
    assert [box.label for box in at.selectbox].count("Measure") == 1
    measure = next(box for box in at.selectbox if box.label == "Measure")
    assert measure.options[0] == "Five times sit to stand"
    assert "mproved beyond measurement error" in texts(at)


def test_a_stand_has_one_peak_in_words_and_no_extension_is_read_from_it(store, open_page):
    ends = (make_measurement(89.0), make_measurement(3.0, measure="rom_min"))
    stand = make_repetition(peak_deg=3.0, direction=-1)
    take = store(
        code="P-1",
        movement="five_sit_to_stand",
        measurements=(make_test(15.2), *ends),
        repetitions=(stand,),
    )
    said = texts(open_page("take", take=str(take.id), tab="Numbers"))

    assert "0 within error" not in said
    assert ">3°<" in said.split("Repetitions; angles in whole degrees")[1]
