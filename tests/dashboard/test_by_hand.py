"""Typing a goniometer's value beside a take: quick, kept, mended with a reason."""

from dataclasses import replace

from clinic_makers import make_measurement
from page_actions import button, texts
from streamlit.testing.v1 import AppTest

from motion.clinic import (
    find_patient,
    list_edits,
    list_manual,
    list_pairs,
    open_record,
    update_patient,
)
from motion.model import Mode, Side


def manual(take):
    with open_record() as record:
        return list_manual(record, take.id)


def type_value(at: AppTest, value: float) -> AppTest:
    at.number_input(key="by-hand-value").set_value(value)
    return button(at, "Save").click().run()


def test_the_value_and_save_are_enough(open_page, store):
    take = store()
    at = type_value(open_page("take", take=str(take.id), tab="Numbers"), 86.0)

    assert not at.exception
    (found,) = manual(take)
    assert (found.joint, found.motion, found.side.value) == ("knee", "flexion", "left")
    assert (found.measure, found.value_deg, found.instrument.value) == (
        "rom_max",
        86.0,
        "goniometer",
    )
    said = texts(at)
    assert "86°" in said
    assert "-6°" in said  # the camera read 80
    with open_record() as record:
        assert [pair.difference_deg for pair in list_pairs(record)] == [80.4 - 86.0]


def test_an_extension_test_asks_for_the_smallest_angle(open_page, store):
    take = store(movement="seated_knee_extension")
    at = open_page("take", take=str(take.id), tab="Numbers")

    assert at.selectbox(key="by-hand-end").value == "rom_min"


def test_a_passive_value_is_kept_and_has_no_pair(open_page, store):
    take = store()
    at = open_page("take", take=str(take.id), tab="Numbers")
    at.selectbox(key="by-hand-mode").set_value("passive")
    at = type_value(at, 95.0)

    (found,) = manual(take)
    assert found.mode is Mode.PASSIVE
    with open_record() as record:
        assert list_pairs(record) == ()


def test_what_one_camera_cannot_see_can_be_typed(open_page, store):
    take = store()
    at = open_page("take", take=str(take.id), tab="Numbers")
    assert "Right forearm supination" in at.selectbox(key="by-hand-angle").options
    at.selectbox(key="by-hand-angle").set_value(("forearm", "supination", Side.RIGHT))
    at = type_value(at, 70.0)

    assert "Right forearm supination" in texts(at)
    assert [each.value_deg for each in manual(take)] == [70.0]


def test_who_measured_is_remembered(open_page, store):
    take = store()
    at = open_page("take", take=str(take.id), tab="Numbers")
    at.text_input(key="by-hand-who").set_value("AB")
    at = type_value(at, 86.0)
    at = type_value(at, 87.0)

    assert [each.measured_by for each in manual(take)] == ["AB", "AB"]


def test_nothing_typed_and_what_cannot_be_are_said(open_page, store):
    take = store()
    at = button(open_page("take", take=str(take.id), tab="Numbers"), "Save").click().run()
    assert "Type the degrees first" in texts(at)

    at = type_value(at, 860.0)
    assert "must lie between -40 and 170 degrees, got 860" in texts(at)
    assert manual(take) == ()


def test_a_value_is_corrected_and_left_out_with_a_reason(open_page, store):
    take = store()
    at = type_value(open_page("take", take=str(take.id), tab="Numbers"), 68.0)
    value = next(n for n in at.number_input if n.label == "Right value, in degrees")
    value.set_value(86.0)
    at = button(at, "Save the correction").click().run()
    assert "needs a reason" in texts(at)

    next(n for n in at.number_input if n.label == "Right value, in degrees").set_value(86.0)
    reason_of(at).set_value("digits swapped")
    at = button(at, "Save the correction").click().run()
    assert [each.value_deg for each in manual(take)] == [86.0]

    reason_of(at).set_value("other leg")
    at = button(at, "Leave it out").click().run()
    assert "Left out" in texts(at)
    assert [each.excluded_reason for each in manual(take)] == ["other leg"]
    assert button(at, "Take it in again")
    with open_record() as record:
        assert [edit.reason for edit in list_edits(record, take.id)] == [
            "digits swapped",
            "other leg",
        ]


def reason_of(at: AppTest):
    """The reason of a correction, not the one that leaves the whole take out."""
    return next(t for t in at.text_input if t.label == "Reason" and "by-hand-change" in t.form_id)


def test_typed_text_is_shown_letter_by_letter(open_page, store):
    take = store(measurements=(make_measurement(80.4),))
    at = open_page("take", take=str(take.id), tab="Numbers")
    at.text_input(key="by-hand-note").set_value("<img src=x>")
    at = type_value(at, 86.0)

    assert "&lt;img src=x&gt;" in texts(at)


def test_a_take_of_another_mode_starts_with_its_own(open_page, store, made):
    passive = replace(made.conditions, mode=Mode.PASSIVE)
    take = store(conditions=passive)

    assert (
        open_page("take", take=str(take.id), tab="Numbers").selectbox(key="by-hand-mode").value
        == "passive"
    )


def test_a_withheld_joint_is_said_and_its_value_marked(open_page, store):
    take = store()
    with open_record() as record:
        patient = find_patient(record, take.patient_code)
        update_patient(record, replace(patient, withheld_joints=("left_knee",)))
    at = open_page("take", take=str(take.id), tab="Numbers")
    assert "Never measured in this patient: left knee" in texts(at)

    at = type_value(at, 86.0)
    assert manual(take) == ()
    assert any("say in the note" in error.value for error in at.error)

    at.text_input(key="by-hand-note").set_value("cast off since today")
    at = type_value(at, 86.0)
    assert [each.value_deg for each in manual(take)] == [86.0]
    assert "joint marked as never measured" in texts(at)
