"""Every section of the Patient page opens, with takes and without; each is in the address."""

import pytest
from clinic_makers import make_measurement
from page_actions import texts

from dashboard.components.patient_sections import _TITLES
from motion.clinic import PatientDetails, add_patient, open_record
from motion.model import Setting, TakeConditions


@pytest.mark.parametrize("section", sorted(_TITLES))
@pytest.mark.parametrize("takes", [0, 2])
def test_every_section_opens(open_page, store, section, takes):
    with open_record() as record:
        add_patient(record, PatientDetails(code="P-1"))
    for setting in list(Setting)[:takes]:
        store(
            measurements=(make_measurement(80.0),),
            conditions=TakeConditions(setting=setting),
        )
    at = open_page("patient", patient="P-1", section=section)

    assert _TITLES[section] in [header.value for header in at.header]
    assert not at.error
    assert "Traceback" not in texts(at)
