"""Patients of a demonstration are labelled on every page that names them."""

import pytest
from page_actions import texts
from sqlalchemy import update

from dashboard.components.made_up import MADE_UP, made_up_among, name_patient
from motion.clinic import open_record
from motion.clinic.tables import PatientRow


@pytest.fixture(params=[True, False])
def demonstration(request, store):
    take = store()
    with open_record() as record, record.writing() as session:
        session.execute(update(PatientRow).values(made_up=request.param))
    return take, request.param


def test_only_who_is_made_up_is_labelled(demonstration):
    _, made_up = demonstration

    assert made_up_among(("P-1", "nobody")) == (frozenset({"P-1"}) if made_up else frozenset())
    assert name_patient("P-1").endswith(MADE_UP) is made_up


@pytest.mark.parametrize("page", ["home", "take", "plan"])
def test_pages_label_who_is_made_up(page, open_page, demonstration):
    take, made_up = demonstration
    asked = {"take": {"take": str(take.id)}, "plan": {"patient": "P-1"}}.get(page, {})

    said = texts(open_page(page, **asked))

    assert (MADE_UP in said) is made_up
