"""Angles drawn on a take's picture: what they say of a joint, and how one is kept."""

import math

import pytest
from clinic_makers import make_analysis
from hypothesis import given
from hypothesis import strategies as st_
from page_actions import button, texts
from streamlit.testing.v1 import AppTest

from dashboard.drawn_angles import DrawnAngle, joint_angle_deg, read_drawn
from motion.clinic import (
    Instrument,
    PatientDetails,
    add_patient,
    ensure_patient,
    list_history,
    list_manual,
    list_pairs,
    list_takes,
    open_record,
    progress_report,
    store_analysis,
)
from motion.library import load_norms
from motion.model import Side


@pytest.mark.parametrize(
    ("angle", "between_deg", "said_deg"),
    [
        ("knee_flexion", 180.0, 0.0),
        ("knee_flexion", 108.0, 72.0),
        ("elbow_flexion", 40.0, 140.0),
        ("hip_flexion", 90.0, 90.0),
        ("ankle_dorsiflexion", 78.0, 12.0),
        ("shoulder_flexion", 150.0, 150.0),
        ("trunk_flexion", 30.0, 30.0),
    ],
)
def test_lines_along_two_segments_give_the_neutral_zero_angle(
    angle: str, between_deg: float, said_deg: float
) -> None:
    assert joint_angle_deg(angle, between_deg) == said_deg


@given(st_.floats(0.0, 180.0), st_.floats(0.0, 100.0))
def test_what_the_browser_sent_comes_back_as_it_was(between_deg: float, time_s: float) -> None:
    sent = {"between_deg": between_deg, "time_s": time_s}

    assert read_drawn(sent) == DrawnAngle(between_deg, time_s)


@pytest.mark.parametrize(
    "sent",
    [None, {}, {"between_deg": math.nan, "time_s": 1.0}, {"between_deg": 181.0, "time_s": 1.0}],
)
def test_what_is_no_angle_is_none(sent: dict[str, float] | None) -> None:
    assert read_drawn(sent) is None


def keep_page() -> None:
    from dashboard.components.review_keep import ask_to_keep, remember_drawn
    from motion.clinic import list_takes, load_take, open_record

    with open_record() as record:
        take = load_take(record, list_takes(record, "P-1")[0].id)
    import streamlit as st

    if not st.session_state.get("sent"):
        st.session_state["sent"] = True
        remember_drawn(take, {"between_deg": 108.2, "time_s": 3.4})
    ask_to_keep(take)


@pytest.mark.usefixtures("data_dir")
def test_a_drawn_angle_is_kept_with_who_and_where_and_is_no_pair() -> None:
    with open_record() as record:
        ensure_patient(record, "P-1")
        take = store_analysis(record, make_analysis(), "P-1")
    at = AppTest.from_function(keep_page, default_timeout=20).run()
    assert "108° between the lines, drawn on the picture at 3.40 s" in texts(at)
    assert at.number_input[0].value == 72.0
    at.text_input[0].set_value("AB")

    button(at, "Keep it as measured by hand").click().run()

    assert not at.exception
    with open_record() as record:
        (kept,) = list_manual(record, take.id)
        table = progress_report(record, "P-1", load_norms())
        pairs = list_pairs(record)
        entry = list_history(record, take.id)[-1]
    assert (kept.joint, kept.side, kept.value_deg) == ("knee", Side.LEFT, 72.0)
    assert (kept.instrument, kept.measured_by) == (Instrument.ANGLE_TOOL, "AB")
    assert kept.note == "108° between the lines, drawn on the picture at 3.40 s"
    (row,) = table[table.method == "angle_tool"].itertuples()
    assert (row.value, row.verdict, math.isnan(row.mdc95)) == (72.0, "Baseline", True)
    assert pairs == ()
    assert (entry.sentence, entry.who, entry.changes) == (
        "Measured by hand and written down: Left knee flexion, largest: 72°, angle tool",
        "AB",
        (kept.note,),
    )
    assert "Left knee flexion 72°" in at.success[0].value
    assert not at.number_input


@pytest.mark.usefixtures("data_dir")
def test_a_joint_that_is_never_measured_is_not_kept_and_a_drawing_can_go() -> None:
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1", withheld_joints=("left_knee",)))
        store_analysis(record, make_analysis(), "P-1")
    at = AppTest.from_function(keep_page, default_timeout=20).run()

    button(at, "Keep it as measured by hand").click().run()

    assert "left knee is never measured in this patient" in texts(at)
    with open_record() as record:
        assert list_manual(record, list_takes(record, "P-1")[0].id) == ()
    button(at, "Let it go").click().run()
    assert not at.number_input
