"""An angle by hand on the Patient page: entered, echoed, compared, paired, mended, imported."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from chart_pages import open_section
from clinic_makers import make_analysis, make_measurement, make_provenance
from page_actions import button, texts

from motion.clinic import (
    ByHand,
    PatientDetails,
    add_manual_alone,
    add_patient,
    find_patient,
    list_manual_of_patient,
    list_pairs,
    open_record,
    store_analysis,
    update_patient,
)
from motion.model import Mode, Position, Setting, Side, TakeConditions

KNEE = ByHand(measure="rom_max", joint="knee", motion="flexion", side=Side.LEFT, value_deg=92.0)
HEADER = "date;side;joint;motion;mode;value_deg;position\n"


@pytest.fixture(autouse=True)
def _patient():
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1", affected_side=Side.LEFT))


def measured(said: ByHand = KNEE, *, days_ago: int = 7, position: Position = Position.SUPINE):
    with open_record() as record:
        return add_manual_alone(
            record,
            "P-1",
            said,
            measured_at=datetime.now().astimezone() - timedelta(days=days_ago),
            position=position,
            setting=Setting.CLINIC,
        )


def take_today(value: float = 88.4, position: Position = Position.SUPINE):
    analysis = make_analysis(
        started_at=datetime.now().astimezone(),
        conditions=TakeConditions(position=position),
        measurements=(make_measurement(value),),
        provenance=make_provenance("c" * 64),
    )
    with open_record() as record:
        return store_analysis(record, analysis, "P-1")


def stored():
    with open_record() as record:
        return list_manual_of_patient(record, "P-1")


def degrees(at):
    return next(n for n in at.number_input if n.label.endswith("degrees as read"))


def group(at, ending: str):
    return next(g for g in at.button_group if g.key and g.key.endswith(ending))


def save(at, value: float):
    degrees(at).set_value(value)
    button(at, "Save (or press Enter)").click().run()
    assert not at.exception
    return at


def test_the_same_again_takes_the_number_only() -> None:
    measured(replace(KNEE, mode=Mode.PASSIVE))
    at = save(open_section("hand_entry"), 101)

    value = stored()[-1]
    assert (value.joint, value.motion, value.side, value.value_deg) == (
        "knee", "flexion", Side.LEFT, 101.0,
    )  # fmt: skip
    assert (value.mode, value.position, value.take_id) == (Mode.PASSIVE, Position.SUPINE, None)
    assert value.measured_at.date() == datetime.now().astimezone().date()
    assert "Saved: Left knee flexion 101°." in at.success[0].value.replace("\\", "")


def test_the_affected_side_is_proposed_and_another_chosen() -> None:
    at = open_section("hand_entry")
    assert group(at, "-side").value == "left"
    group(at, "-side").set_value("right").run()
    save(at, 90)

    assert stored()[-1].side is Side.RIGHT


def test_extension_is_echoed_as_it_is_said() -> None:
    at = open_section("hand_entry")
    group(at, "-angle").set_value("Knee extension").run()
    assert "0 means straight; 10 short of straight is 10" in texts(at)
    at = save(at, 10)

    assert "Saved: Left knee extension lacks 10°." in at.success[0].value.replace("\\", "")
    assert (stored()[-1].measure, stored()[-1].value_deg) == ("rom_min", 10.0)


def test_any_angle_is_in_the_list() -> None:
    at = open_section("hand_entry")
    group(at, "-angle").set_value("Another angle").run()
    listed = next(s for s in at.selectbox if s.label == "Angle from the list")
    listed.set_value("Neck flexion").run()
    save(at, 40)

    assert (stored()[-1].joint, stored()[-1].side) == ("neck", Side.NONE)


def test_nothing_is_stored_without_degrees_or_beyond_a_body() -> None:
    at = open_section("hand_entry")
    button(at, "Save (or press Enter)").click().run()
    assert "Type the degrees first." in texts(at)
    save(at, 400)

    assert "must lie between -40 and 170 degrees, got 400" in texts(at)
    assert stored() == ()


def test_a_withheld_joint_needs_a_note() -> None:
    with open_record() as record:
        found = find_patient(record, "P-1")
        update_patient(record, replace(found, withheld_joints=("left_knee",)))
    at = open_section("hand_entry")
    assert "Never measured in this patient: Left knee" in texts(at)
    save(at, 90)
    assert "marked as never measured in this patient" in texts(at)
    next(t for t in at.text_input if t.label == "Note").set_value("cast off today")
    save(at, 90)

    assert [value.note for value in stored()] == ["cast off today"]


def test_the_camera_of_today_stands_beside_and_the_two_are_paired() -> None:
    measured()
    take = take_today()
    at = open_section("hand_entry")
    (toggle,) = at.toggle
    assert toggle.label.startswith("Pair with the camera's value today: 88°")
    save(at, 93)

    assert stored()[-1].take_id == take.id
    with open_record() as record:
        (pair,) = list_pairs(record)
    assert (pair.by_hand_deg, pair.camera_deg) == (93.0, 88.4)


def test_an_unpaired_value_stays_alone_and_is_paired_later() -> None:
    measured()
    take = take_today()
    at = open_section("hand_entry")
    at.toggle[0].set_value(False).run()
    at = save(at, 93)
    assert stored()[-1].take_id is None
    button(at, "Pair the two").click().run()

    assert not at.exception
    assert stored()[-1].take_id == take.id


def test_another_position_is_offered_no_pair() -> None:
    measured(position=Position.SITTING)
    take_today()
    at = open_section("hand_entry")

    assert not at.toggle


def test_values_are_held_against_their_own_instrument() -> None:
    measured(days_ago=14)
    measured(replace(KNEE, value_deg=99.0), days_ago=7)
    measured(replace(KNEE, value_deg=104.0), days_ago=1)
    said = texts(open_section("hand_entry"))

    assert "Change not detectable with the goniometer" in said
    assert "Improved beyond measurement error" in said
    assert "Mehta et al. 2017" in said


def test_a_value_is_corrected_and_left_out_with_a_reason() -> None:
    measured()
    at = open_section("hand_entry")
    next(n for n in at.number_input if n.label == "Right value, in degrees").set_value(95)
    next(t for t in at.text_input if t.label == "Reason").set_value("misread")
    button(at, "Save the correction").click().run()
    assert [value.value_deg for value in stored()] == [95.0]
    next(t for t in at.text_input if t.label == "Reason").set_value("of another patient")
    button(at, "Leave it out").click().run()

    assert not at.exception
    assert [value.excluded_reason for value in stored()] == ["of another patient"]
    assert "Left out" in texts(at)


def upload(at, text: str):
    at.file_uploader[0].set_value(("Jane Doe knee.csv", text.encode(), "text/csv")).run()
    assert not at.exception
    return at


def test_a_file_is_shown_first_and_stored_as_a_whole() -> None:
    rows = "2026-03-02;left;knee;flexion;active;92,5;supine\n2026-03-02;l;knee;extension;active;10;"
    at = upload(open_section("hand_entry"), HEADER + rows)
    said = texts(at)
    assert "Left knee flexion" in said
    assert "lacks 10°" in said
    assert stored() == ()
    next(t for t in at.text_input if t.label.startswith("Where they come")).set_value("old clinic")
    button(at, "Store 2 values").click().run()

    assert not at.exception
    values = stored()
    assert [value.value_deg for value in values] == [92.5, 10.0]
    assert all(value.source.startswith("imported: old clinic, file ") for value in values)
    assert "Jane" not in values[0].source


def test_a_wrong_line_is_named_and_nothing_can_be_stored() -> None:
    rows = "2026-03-02;left;knee;flexion;active;92;supine\n2026-03-02;links;knee;flexion;active;92;"
    at = upload(open_section("hand_entry"), HEADER + rows)

    assert "line 3: side must be left or right, or none for trunk and neck, got 'links'" in texts(
        at
    )
    assert not [b for b in at.button if b.label.startswith("Store")]


def test_the_same_file_twice_is_noticed() -> None:
    text = HEADER + "2026-03-02;left;knee;flexion;active;92;supine\n"
    at = upload(open_section("hand_entry"), text)
    button(at, "Store 1 value").click().run()
    at = upload(open_section("hand_entry"), text)

    assert "1 of 1 lines stand in the record already" in texts(at)
    assert len(stored()) == 1
