"""Recovery does not go on across an injury or an operation: not on a page, not on paper."""

import math
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from clinic_makers import STARTED_AT, make_measurement
from clinic_takes import make_take
from report_makers import make_patient

from motion.clinic import Annotation, AnnotationKind, breaks_of, follow, is_broken
from motion.clinic.foretelling import foretell
from motion.reporting.gathering import follow_for_report

FIRST = STARTED_AT.date()


def weekly(*values):
    return [make_take(7 * n, make_measurement(value)) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("kind", "days", "broken"),
    [
        (AnnotationKind.INJURY, 10, True),
        (AnnotationKind.SURGERY, 21, True),
        (AnnotationKind.SURGERY, 0, False),
        (AnnotationKind.INJURY, 22, False),
        (AnnotationKind.INJECTION, 10, False),
    ],
)
def test_no_recovery_goes_on_across_an_injury_or_an_operation(kind, days, broken):
    (line,), patient = follow(weekly(60.0, 70.0, 80.0, 90.0)), make_patient()
    event = Annotation(
        id=uuid4(),
        day=FIRST + timedelta(days=days),
        kind=kind,
        text="",
        version=1,
        created_at=STARTED_AT,
        author=None,
        excluded_reason=None,
    )

    assert is_broken(line, breaks_of(patient, (event,))) is broken
    operated = replace(patient, operation_date=event.day)
    assert is_broken(line, breaks_of(operated, ())) is (0 < days <= 21)
    assert not is_broken(line, breaks_of(patient, ()))


def test_the_report_draws_no_curve_across_a_break():
    patient, takes = make_patient(), weekly(60.0, 78.0, 90.0, 98.0, 103.0, 107.0)

    (whole,) = follow_for_report(patient, takes, (), ())
    (broken,) = follow_for_report(patient, takes, (), (), breaks=[FIRST + timedelta(days=10)])

    assert whole.recovery is not None
    assert broken.recovery is None


def test_nothing_is_foretold_beyond_the_plans_limit():
    (line,) = follow(weekly(60.0, 78.0, 90.0, 98.0, 103.0, 107.0))
    given = {"other": None, "breaks": ()}

    free = foretell(line, allowed_deg=math.nan, **given)
    assert free is not None
    assert foretell(line, allowed_deg=float(free.value[-1]) + 1.0, **given) is not None
    assert foretell(line, allowed_deg=float(free.value[-1]) - 1.0, **given) is None
