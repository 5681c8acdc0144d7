"""An exercise that was stopped for pain is not begun again at home on that day."""

from datetime import date, datetime
from typing import Any

import pytest
from plan_makers import MEASURED, live_take, make_plan, only_item

from dashboard.pain_today import hurt_today
from motion.clinic import list_done, open_record, todays_list
from motion.model import LiveEnd, Setting


@pytest.mark.parametrize(
    ("facts", "hurt"),
    [
        ({"end": LiveEnd.STOPPED, "pain_pressed": True}, True),
        ({"end": LiveEnd.PAIN, "pain_pressed": True, "pain_during": 8}, True),
        ({"pain_after": 9}, True),
        ({"end": LiveEnd.STOPPED, "pain_pressed": True, "pain_during": 1}, False),
        ({"end": LiveEnd.STOPPED}, False),
    ],
)
def test_whether_it_hurt_today(data_dir: Any, facts: dict[str, Any], hurt: bool) -> None:
    with open_record() as record:
        make_plan(record, MEASURED)
        live_take(
            record, only_item(record, MEASURED), started_at=datetime.now().astimezone(), **facts
        )
        today = date.today()
        (found,) = todays_list(record, "P-1", today).items
        done = list_done(record, "P-1")

    assert hurt_today(found, done, today, Setting.HOME) is hurt
    assert not hurt_today(found, done, today, Setting.CLINIC)
