"""The page Measurement error: figures in use, a retest, and the camera beside the goniometer."""

import re
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from clinic_makers import STARTED_AT, make_measurement, make_provenance
from page_actions import button, texts
from streamlit.testing.v1 import AppTest

from dashboard.agreement_chart import (
    agreement_figure,
    differences_of_methods,
    differences_of_retest,
)
from dashboard.components.agreement_plot import agreement_sentence
from dashboard.components.retest_source import readings_of_table
from motion.agreement import describe_agreement
from motion.clinic import (
    ByHand,
    add_manual,
    assess_retest,
    compare_methods,
    list_pairs,
    list_takes,
    open_record,
)
from motion.errors import InputError
from motion.library import load_error_figures, sample_digests
from motion.model import Side, ViewName
from motion.own_figures import own_figures_path

HEAD = "person,session,angle,side,view,value_deg,date"


def retest_file(people: int, sessions: int = 2) -> bytes:
    rng = np.random.default_rng(2)
    lines = [HEAD]
    for person in range(people):
        true_deg = rng.normal(110.0, 10.0)
        for session in range(1, sessions + 1):
            value = true_deg + rng.normal(0.0, 1.5)
            row = f"V{person},{session},knee_flexion,left,sagittal,{value:.1f}"
            lines.append(f"{row},2026-11-0{session}")
    return "\n".join(lines).encode()


def upload(at: AppTest, content: bytes) -> AppTest:
    at.button_group(key="retest-source").set_value("Upload a file").run()
    at.file_uploader(key="retest-file").upload("retest.csv", content, "text/csv")
    return at.run()


@pytest.fixture
def store_repeats(store):
    def put(code: str, *values: float, day: int = 0, sha: str = "e"):
        return [
            store(
                code=code,
                started_at=STARTED_AT + timedelta(days=day, minutes=minute),
                measurements=(make_measurement(value),),
                provenance=make_provenance(
                    f"{sha}{code.encode().hex()}{day}{minute}".ljust(64, "0")
                ),
            )
            for minute, value in enumerate(values)
        ]

    return put


def test_the_figures_in_use_are_shown_in_whole_degrees_with_their_source(open_page):
    said = texts(open_page("error"))

    assert "Shoulder elevation sideways (abduction; may include scaption)" in said
    assert "± 4°" in said  # 3.5 of the knee from the side
    assert "Provisional" in said
    assert "clinic.csv" in said
    assert "No pairs yet" in said


def test_an_uploaded_retest_of_enough_people_is_adopted_after_a_question(open_page):
    at = upload(open_page("error"), retest_file(12))
    assert not at.exception
    said = texts(at)
    assert "12" in said
    assert "Enough" in said

    at = button(at, "Use these figures").click().run()
    assert "For every measurement from now on, of all patients" in texts(at)
    assert re.search(r"from the side: smallest detectable change 10° becomes [3-6]°", texts(at))
    assert not own_figures_path().exists()

    at = button(at, "Yes, use them").click().run()
    assert not at.exception
    figure = load_error_figures().find("knee_flexion", ViewName.SAGITTAL)
    assert figure.source == "clinic retest 2026-11-02, n=12"
    assert "clinic retest 2026-11-02, n=12" in texts(at)
    assert "Yes, use them" not in [b.label for b in at.button]


def test_a_retest_without_days_keeps_the_provisional_figure_and_says_why(open_page):
    days = re.compile(rb",2026-11-0\d|,date")
    at = upload(open_page("error"), days.sub(b"", retest_file(12)))
    at = button(at, "Use these figures").click().run()
    at = button(at, "Yes, use them").click().run()

    figure = load_error_figures().find("knee_flexion", ViewName.SAGITTAL)
    assert figure.sem_deg == 3.5
    assert re.search("larger than clinic retest .*, n=12, same day", texts(at))


def test_the_question_can_be_answered_with_no(open_page):
    at = upload(open_page("error"), retest_file(12))
    at = button(at, "Use these figures").click().run()
    at = button(at, "Cancel").click().run()

    assert "Yes, use them" not in [b.label for b in at.button]
    assert not own_figures_path().exists()


@pytest.mark.parametrize(
    ("people", "sessions", "verdict"), [(4, 2, "Too few"), (1, 3, "One patient")]
)
def test_too_few_are_shown_and_cannot_be_used(open_page, people, sessions, verdict):
    at = upload(open_page("error"), retest_file(people, sessions))

    assert verdict in texts(at)
    assert "Use these figures" not in [b.label for b in at.button]


def test_a_broken_file_and_a_broken_table_are_one_sentence_each(open_page):
    at = upload(open_page("error"), b"person,session\nP1,1\n")
    assert [e.value.replace("\\", "") for e in at.error] == [
        "retest.csv: column angle, side, view, value_deg missing; the first line must hold "
        "person,session,angle,side,view,value_deg"
    ]

    own_figures_path().parent.mkdir(parents=True, exist_ok=True)
    own_figures_path().write_text("angle\n")
    at = open_page("error")
    assert len(at.error) == 1
    assert "the first line must be angle,view" in at.error[0].value.replace("\\", "")
    assert "Camera and goniometer" in texts(at)


def test_takes_of_the_record_are_a_retest_once_ticked(open_page, store_repeats):
    store_repeats("P-1", 90.0, 96.0, 93.0)
    store_repeats("P-2", 101.0)
    at = open_page("error")
    assert "P-1 · 2 Mar 2026 · Knee flexion · Left" in texts(at)
    assert [tick.label.replace("\\", "") for tick in at.checkbox] == [
        "09:30 (90°)",
        "09:31 (96°)",
        "09:32 (93°)",
    ]

    for place in range(2):
        at = at.checkbox[place].check().run()
    assert "Too few" in texts(at)
    at = at.checkbox[2].check().run()
    assert "One patient" in texts(at)
    with open_record() as record:
        assert all(take.retest_marked_at for take in list_takes(record, "P-1"))

    at = at.checkbox[0].uncheck().run()
    assert "One patient" not in texts(at)
    assert "Too few" in texts(at)


def test_one_patients_takes_are_offered_at_a_time_below_the_result(open_page, store_repeats):
    # Five groups of each of two patients: every month another.
    for month in range(5):
        for code in ("P-1", "P-2"):
            store_repeats(code, 90.0, 96.0, day=30 * month)
    at = open_page("error")

    assert at.selectbox(key="retest-patient").options == ["P-2", "P-1"]
    assert len(at.checkbox) == 10
    assert [each.label for each in at.expander if "Earlier" in each.label] == ["Earlier takes (2)"]
    shown = [text.value for text in at.markdown if "·" in text.value]
    assert len(shown) == 5
    assert all("P-2" in text.replace("\\", "") for text in shown)

    for place in range(2):
        at = at.checkbox[place].check().run()
    order = [element.type for element in at.main]
    said = [str(getattr(element, "value", "")) for element in at.main]
    result = next(n for n, text in enumerate(said) if "Agreement is ICC" in text)
    assert result < order.index("checkbox")


def test_takes_of_two_days_are_offered_together(open_page, store_repeats):
    store_repeats("P-1", 90.0)
    store_repeats("P-1", 96.0, day=7)
    at = open_page("error")

    assert "P-1 · 2 Mar 2026 to 9 Mar 2026 · Knee flexion · Left" in texts(at)
    for place in range(2):
        at = at.checkbox[place].check().run()
    assert "between days" in texts(at)


def test_an_unmarked_take_of_the_same_day_takes_nothing_away(open_page, store_repeats):
    store_repeats("P-1", 90.0, 96.0)
    at = open_page("error")
    for place in range(2):
        at = at.checkbox[place].check().run()
    store_repeats("P-1", 120.0, sha="f")

    assert "2 sessions, 0 left out" in texts(open_page("error"))


def test_samples_are_no_retest_and_no_pair(open_page, store, made):
    provenance = make_provenance(min(sample_digests()))
    for minute in range(2):
        take = store(
            code="SAMPLE",
            started_at=STARTED_AT + timedelta(minutes=minute),
            provenance=provenance,
        )
    knee = ByHand(measure="rom_max", joint="knee", motion="flexion", side=Side.LEFT, value_deg=80)
    with open_record() as record:
        add_manual(record, take.id, knee)

    at = open_page("error")

    assert not at.checkbox
    assert "No pairs yet" in texts(at)


def test_pairs_from_daily_work_are_shown_as_agreement_not_as_error(open_page, store_repeats):
    for day, (camera, by_hand) in enumerate([(90.0, 95.0), (101.0, 104.0), (77.0, 84.0)]):
        (take,) = store_repeats("P-1" if day else "P-2", camera, day=day)
        knee = ByHand(
            measure="rom_max", joint="knee", motion="flexion", side=Side.LEFT, value_deg=by_hand
        )
        with open_record() as record:
            add_manual(record, take.id, knee)

    at = open_page("error")

    said = texts(at)
    assert "3 pairs, mean difference -5°" in said
    assert "2 patients" in said
    assert "not the camera's error: whoever reads a goniometer errs too" in said
    assert at.selectbox(key="pairs-drawn").options == [
        "Knee flexion, largest, from the side, goniometer (3, the last of 4 Mar 2026)"
    ]
    with open_record() as record:
        (found,) = compare_methods(list_pairs(record))
    figure = agreement_figure(differences_of_methods(found), ink="#000")
    assert sorted(figure.data[-1].y) == [-7.0, -5.0, -3.0]
    assert "by hand 95°" in figure.data[-1].customdata[0][0]


def test_the_plot_has_bias_and_limits_and_holds_every_point() -> None:
    rows = [{"Person": f"V{p}", "Session 1": 100.0 + p, "Session 2": 103.0 + (-1) ** p * p}
            for p in range(6)]  # fmt: skip
    (result,) = assess_retest(readings_of_table(rows, "knee_flexion", "rom_max"))
    figure = agreement_figure(differences_of_retest(result), ink="#000")

    said = [a.text for a in figure.layout.annotations]
    agreement = result.retest.agreement
    assert said == [
        f"Upper limit {round(agreement.loa_high):+d}°",
        f"Mean difference {round(agreement.bias):+d}°",
        f"Lower limit {round(agreement.loa_low):+d}°",
    ]
    low, high = figure.layout.yaxis.range
    assert low < min(result.difference_deg) <= max(result.difference_deg) < high
    assert len(figure.data[-1].x) == 6
    assert figure.data[-1].customdata[0][0].startswith("V0: 100°, then 103°")


def test_typed_rows_without_a_person_are_none() -> None:
    rows = [
        {"Person": " V1 ", "Session 1": 100.0, "Session 2": 102.5},
        {"Person": "", "Session 1": 90.0, "Session 2": None},
        {"Person": None, "Session 1": None, "Session 2": None},
    ]
    readings = readings_of_table(rows, "knee_flexion", "rom_min")

    assert [(r.person, r.session, r.value_deg) for r in readings] == [
        ("V1", "0", 100.0),
        ("V1", "1", 102.5),
    ]


def test_a_person_typed_twice_is_said() -> None:
    rows = [{"Person": "V1", "Session 1": 100.0}, {"Person": "V1 ", "Session 1": 101.0}]

    with pytest.raises(InputError, match="V1 stands there twice: give each person one line"):
        readings_of_table(rows, "knee_flexion", "rom_max")


def test_one_pair_says_what_is_missing() -> None:
    one = describe_agreement(np.array([90.0]), np.array([94.0]))
    nobody = replace(one, n=0)

    assert agreement_sentence(one) == "1 pair, mean difference -4°; limits need at least two"
    assert agreement_sentence(nobody).startswith("0 pairs")
