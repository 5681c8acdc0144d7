"""What is still to be sent to the clinic, and the personal links of a server."""

import hashlib

import pytest
from plan_makers import GUIDED, MEASURED, at_home, did, live_take, make_plan, only_item
from sqlalchemy import select

from motion.clinic import (
    end_links,
    exclude_take,
    find_patient_of_link,
    find_unsent,
    has_link,
    make_link,
    note_sent,
    open_record,
)
from motion.clinic.tables import PatientLinkRow
from motion.errors import InputError, RecordNotFoundError


@pytest.fixture
def home(tmp_path):
    with open_record(folder=tmp_path / "clinic") as clinic:
        make_plan(clinic, GUIDED, MEASURED)
    with at_home(tmp_path / "home", tmp_path / "clinic", tmp_path / "p.motionplan") as record:
        yield record


@pytest.fixture
def clinic(tmp_path):
    with open_record(folder=tmp_path / "clinic") as record:
        make_plan(record, code="P-1")
        make_plan(record, code="P-2")
        yield record


def test_what_was_sent_is_not_new_until_more_is_done(home):
    assert find_unsent(home, "P-1").count == 0
    first = live_take(home, only_item(home, MEASURED), frames=60)
    did(home, only_item(home, GUIDED).id)
    found = find_unsent(home, "P-1")
    assert (found.take_ids, found.diary_n, found.count) == ((first.id,), 1, 2)

    note_sent(home, found)
    assert find_unsent(home, "P-1").count == 0
    second = live_take(home, only_item(home, MEASURED), frames=66)
    assert find_unsent(home, "P-1").take_ids == (second.id,)
    again = find_unsent(home, "P-1", again=True)
    assert (set(again.take_ids), again.diary_n) == ({first.id, second.id}, 1)


def test_the_diary_alone_is_sent_and_noted(home):
    did(home, only_item(home, GUIDED).id)
    note_sent(home, find_unsent(home, "P-1"))
    assert find_unsent(home, "P-1").count == 0
    did(home, only_item(home, GUIDED).id)
    assert find_unsent(home, "P-1").diary_n == 1


def test_a_take_that_was_left_out_is_not_sent(home):
    take = live_take(home, only_item(home, MEASURED))
    exclude_take(home, take.id, "somebody else")
    assert find_unsent(home, "P-1").count == 0


def test_only_a_plan_that_came_from_a_clinic_is_sent_back(clinic):
    with pytest.raises(InputError, match="came from no clinic"):
        find_unsent(clinic, "P-1")
    with pytest.raises(RecordNotFoundError, match="P-9"):
        find_unsent(clinic, "P-9")


def test_a_link_opens_one_patients_pages_until_it_ends(clinic):
    one, other = make_link(clinic, "P-1"), make_link(clinic, "P-2")
    assert find_patient_of_link(clinic, one) == "P-1"
    assert find_patient_of_link(clinic, other) == "P-2"
    newer = make_link(clinic, "P-1")
    assert find_patient_of_link(clinic, one) is None
    assert find_patient_of_link(clinic, newer) == "P-1"
    assert has_link(clinic, "P-1")

    end_links(clinic, "P-1")
    assert not has_link(clinic, "P-1")
    assert find_patient_of_link(clinic, newer) is None
    assert find_patient_of_link(clinic, other) == "P-2"


def test_the_record_keeps_a_digest_and_no_secret(clinic):
    secret = make_link(clinic, "P-1")
    with clinic.reading() as session:
        (row,) = session.scalars(select(PatientLinkRow))
    assert row.secret_digest == hashlib.sha256(secret.encode()).hexdigest()
    assert find_patient_of_link(clinic, row.secret_digest) is None
    assert len(secret) >= 43  # 256 bits
    with pytest.raises(RecordNotFoundError, match="P-9"):
        make_link(clinic, "P-9")
