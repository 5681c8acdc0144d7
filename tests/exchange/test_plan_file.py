"""The plan file: what travels, what it does at home, and what is said of a bad one."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from exchange_pair import Pair
from plan_takes import GUIDED, KNEE, STANDING, make_diary, make_item, store_session

from motion.clinic import (
    ProgressionRule,
    Record,
    Withheld,
    change_item,
    change_plan_settings,
    end_item,
    find_item,
    find_patient,
    list_diary,
    list_done,
    list_items,
    note_done,
    pending_suggestions,
    plan_settings,
    prescribe,
    todays_list,
    update_patient,
)
from motion.errors import InputError, MotionError, OutputError, RecordConflictError
from motion.exchange import adopt_plan, read_plan_file, write_plan_file
from motion.exchange.keys import key_path


def test_the_plan_arrives_as_it_was_prescribed(pair: Pair) -> None:
    sent, arrived = (list_items(record, "P1") for record in (pair.clinic, pair.home))

    def shared(items: tuple[Any, ...]) -> list[Any]:
        names = ("id", "prescription", "started_on", "times_per_week", "weekdays", "note")
        return [[repr(getattr(item, name)) for name in (*names, "dosed_at")] for item in items]

    assert shared(arrived) == shared(sent)
    assert {item.prescription.exercise for item in arrived} == {KNEE, GUIDED}


def test_nothing_of_the_person_travels_but_what_measuring_needs(pair: Pair) -> None:
    text = pair.send_plan().read_text(encoding="utf-8")

    assert "Erika" not in text
    assert "1971" not in text
    patient = find_patient(pair.home, "P1")
    assert patient is not None
    assert (patient.name, patient.birth_year) == ("", None)
    assert (patient.language, patient.withheld_joints) == ("de", ("right_knee",))


def test_rules_stay_at_the_clinic(pair: Pair) -> None:
    rule = ProgressionRule(after_sessions=1, raise_by=1, raise_up_to=20)
    change_item(pair.clinic, replace(pair.measured, rule=rule))
    pair.send_plan()
    store_session(pair.home, pair.measured, 1, pain_after=0)

    assert find_item(pair.home, pair.measured.id).rule is None
    assert pending_suggestions(pair.home, "P1") == ()


def test_the_same_file_twice_changes_nothing(pair: Pair) -> None:
    path = pair.send_plan()
    before = list_items(pair.home, "P1"), plan_settings(pair.home, "P1")

    adopted = adopt_plan(pair.home, read_plan_file(path))

    assert (adopted.added, adopted.changed, adopted.ended, adopted.unchanged) == (0, 0, 0, 2)
    assert (list_items(pair.home, "P1"), plan_settings(pair.home, "P1")) == before


def test_a_newer_file_replaces_the_items_and_keeps_what_was_done(pair: Pair) -> None:
    take = store_session(pair.home, pair.measured, 1)
    note_done(pair.home, pair.guided.id, make_diary())
    done = list_done(pair.home, "P1")
    given = pair.measured.prescription
    changed = replace(pair.measured, prescription=replace(given, target_deg=15.0))
    change_item(pair.clinic, changed)
    end_item(pair.clinic, pair.guided)
    new = prescribe(pair.clinic, "P1", make_item(STANDING))
    settings = plan_settings(pair.clinic, "P1")
    change_plan_settings(pair.clinic, "P1", replace(settings, pain_limit=3, note="well done"))
    path = pair.folder / "newer.motionplan"
    write_plan_file(pair.clinic, "P1", path)

    adopted = adopt_plan(pair.home, read_plan_file(path))

    assert (adopted.added, adopted.changed, adopted.ended, adopted.unchanged) == (1, 1, 1, 0)
    assert {item.id for item in list_items(pair.home, "P1")} == {pair.measured.id, new.id}
    assert find_item(pair.home, pair.measured.id).prescription.target_deg == 15.0
    assert find_item(pair.home, pair.guided.id).ended_on is not None
    assert list_done(pair.home, "P1") == done
    assert done[0].take_id == take.id
    assert len(list_diary(pair.home, "P1")) == 1
    found = plan_settings(pair.home, "P1")
    assert (found.pain_limit, found.note, found.from_clinic) == (3, "well done", True)


def test_an_older_file_is_refused(pair: Pair) -> None:
    found = read_plan_file(pair.send_plan())
    older = replace(found, made_at=found.made_at - timedelta(days=1), digest="0" * 64)

    with pytest.raises(InputError, match=r"plan file of .* is older than the one in use, of"):
        adopt_plan(pair.home, older)


def test_a_plan_from_the_clinic_is_not_changed_at_home(pair: Pair) -> None:
    item = find_item(pair.home, pair.measured.id)
    tries: tuple[Callable[[], object], ...] = (
        lambda: prescribe(pair.home, "P1", make_item()),
        lambda: change_item(pair.home, replace(item, note="more")),
        lambda: end_item(pair.home, item),
        lambda: change_plan_settings(
            pair.home, "P1", replace(plan_settings(pair.home, "P1"), standing_at_home=True)
        ),
        lambda: write_plan_file(pair.home, "P1", pair.folder / "x.motionplan"),
    )
    for attempt in tries:
        with pytest.raises(InputError, match="only the clinic changes it; ask there"):
            attempt()
    assert not plan_settings(pair.home, "P1").standing_at_home


def test_the_clinics_own_record_adopts_no_plan_of_its_own(pair: Pair) -> None:
    with pytest.raises(RecordConflictError, match="keeps another plan for P1: a plan file is for"):
        adopt_plan(pair.clinic, read_plan_file(pair.send_plan()))


def test_an_exercise_that_home_does_not_know_is_said_and_withheld(pair: Pair) -> None:
    found = read_plan_file(pair.send_plan())
    item = found.plan.items[0]
    strange = replace(item, prescription=replace(item.prescription, exercise="own_dance"))
    plan = replace(found.plan, items=(strange, *found.plan.items[1:]))

    adopted = adopt_plan(pair.home, replace(found, plan=plan, digest="1" * 64))

    assert adopted.unknown == ("own_dance",)
    withheld = {
        each.item.prescription.exercise: each.withheld
        for each in todays_list(pair.home, "P1", date.today()).items
    }
    assert withheld == {"own_dance": Withheld.UNKNOWN_EXERCISE, GUIDED: None}


def test_an_unsafe_item_is_refused_whole(pair: Pair) -> None:
    found = read_plan_file(pair.send_plan())
    item = found.plan.items[0]
    beyond = replace(item, prescription=replace(item.prescription, target_deg=0.0))
    plan = replace(found.plan, items=(beyond,))

    with pytest.raises(InputError, match=r"target of 0° goes beyond the largest angle allowed, 5°"):
        adopt_plan(pair.home, replace(found, plan=plan, digest="1" * 64))
    assert len(list_items(pair.home, "P1")) == 2


def test_an_empty_plan_is_no_file(clinic: Record, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the plan of P1 has no exercises: prescribe some first"):
        write_plan_file(clinic, "P1", tmp_path / "p.motionplan")
    assert not (tmp_path / "p.motionplan").exists()


def test_a_child_needs_a_guardians_consent(clinic: Record, tmp_path: Path) -> None:
    patient = find_patient(clinic, "P1")
    assert patient is not None
    update_patient(clinic, replace(patient, birth_year=date.today().year - 12))
    prescribe(clinic, "P1", make_item())
    path = tmp_path / "p.motionplan"
    with pytest.raises(InputError, match="no guardian's consent is noted: note it in the plan's"):
        write_plan_file(clinic, "P1", path)

    settings = plan_settings(clinic, "P1")
    change_plan_settings(clinic, "P1", replace(settings, guardian_consent_on=date(2026, 3, 1)))

    assert write_plan_file(clinic, "P1", path).plan.settings.guardian_consent_on is not None


def test_the_key_is_made_once_and_is_the_owners_alone(pair: Pair) -> None:
    path = key_path(pair.clinic)
    before = path.read_bytes()

    found = read_plan_file(pair.send_plan())

    assert path.read_bytes() == before
    assert before.decode() not in pair.send_plan().read_text(encoding="utf-8")
    assert [each.name for each in path.parent.iterdir()] == ["clinic.key"]
    assert len(bytes.fromhex(found.plan.clinic_key)) == 32
    assert not key_path(pair.home).exists()
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_spoilt_key_is_said(pair: Pair) -> None:
    key_path(pair.clinic).write_text("no key")

    with pytest.raises(InputError, match=r"clinic\.key: holds no key of this product; put it back"):
        pair.send_plan()


def test_where_nothing_can_be_written(pair: Pair) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_plan_file(pair.clinic, "P1", pair.folder / "nowhere" / "p.motionplan")


def _newer(whole: dict[str, Any]) -> None:
    whole["plan"]["version"] = 2


def _foreign(whole: dict[str, Any]) -> None:
    whole["plan"]["format"] = "shopping list"


def _by_hand(whole: dict[str, Any]) -> None:
    whole["plan"]["items"][0]["prescription"]["max_allowed_deg"] = -10.0


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_newer, "written by a newer version of this software; update it here"),
        (_foreign, r"is no plan file \(\*\.motionplan\); choose another file"),
        (_by_hand, "damaged or changed by hand; ask the clinic for it again"),
    ],
)
def test_a_file_that_cannot_be_used(
    pair: Pair, spoil: Callable[[dict[str, Any]], None], said: str
) -> None:
    path = pair.send_plan()
    whole = json.loads(path.read_text(encoding="utf-8"))
    spoil(whole)
    path.write_text(json.dumps(whole))

    with pytest.raises(InputError, match=said):
        read_plan_file(path)


HOSTILE_PLANS: tuple[tuple[str, Any, str], ...] = (
    ("secret", "x", "secret"),
    ("id", "../../etc/passwd", "id"),
    ("patient_code", "P1\nP2\x00", "patient_code"),
    ("patient_code", "P" * 65, "patient_code"),
    ("made_at", "0001-01-01T00:00:00Z", "made_at"),
    ("made_at", "2026-03-01T00:00:00", "made_at"),
    ("items", [], "items"),
    ("settings", {"pain_limit": True}, "settings"),
    ("withheld_joints", ["x"] * 51, "withheld_joints"),
    ("extra", 1, "extra"),
    ("clinic_key", 7, "clinic_key"),
)


@pytest.mark.parametrize(("name", "value", "where"), HOSTILE_PLANS)
def test_a_hostile_file_with_a_fitting_digest(
    pair: Pair, name: str, value: Any, where: str
) -> None:
    path = pair.send_plan()
    plan = json.loads(path.read_text(encoding="utf-8"))["plan"]
    plan[name] = value
    told = json.dumps(plan, sort_keys=True, separators=(",", ":")).encode()
    path.write_text(json.dumps({"plan": plan, "sha256": hashlib.sha256(told).hexdigest()}))

    with pytest.raises(InputError, match=rf"not a plan \({where}") as caught:
        read_plan_file(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"[]",
        b"null",
        b'{"plan": 1, "sha256": 2}',
        b'{"plan": {"format": "motion plan", "version": 1}, "sha256": ""}',
        b'{"plan": {"format": "motion plan", "version": NaN}, "sha256": ""}',
        b"[" * 100_000,
        b'{"plan": {"format": "motion plan", "version": 1, "a": ' + b"9" * 5000 + b"}}",
    ],
)
def test_no_plan_at_all(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.motionplan"
    path.write_bytes(content)

    with pytest.raises(InputError, match=r"a\.motionplan: ") as caught:
        read_plan_file(path)
    assert "\n" not in str(caught.value)


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    odd = tmp_path / "two\nlines"
    large = tmp_path / "large.motionplan"
    large.write_bytes(b" " * ((1 << 20) + 1))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (odd, tmp_path, large, pipe, Path("a\x00b")):
        with pytest.raises(MotionError) as caught:
            read_plan_file(path)
        assert "\n" not in str(caught.value)
        assert "plan file" in str(caught.value)


def test_the_moment_of_a_file_is_told_in_full(pair: Pair) -> None:
    found = read_plan_file(pair.send_plan())

    assert datetime.now(UTC) - found.made_at < timedelta(minutes=5)
    assert found.patient_code == "P1"
