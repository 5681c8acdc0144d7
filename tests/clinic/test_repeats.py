"""Takes that repeat one another: found by what they say, a retest only when somebody says so."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from clinic_makers import (
    SAGITTAL,
    STARTED_AT,
    make_analysis,
    make_measurement,
    make_nobody,
    make_provenance,
    make_walk_provenance,
)
from sqlalchemy import update

from motion.clinic import (
    Reading,
    Record,
    Repeats,
    assess_retest,
    ensure_patient,
    exclude_take,
    find_repeats,
    list_edits,
    list_takes,
    mark_retest,
    readings_of_repeats,
    recent_takes,
    retest_takes,
    store_analysis,
)
from motion.clinic.tables import PatientRow
from motion.errors import InputError
from motion.library import find_joint_centre_model
from motion.method_of_today import is_of_today
from motion.model import MeasureVerdict, Mode, Position, Side, TakeConditions, ViewName
from motion.settings import PLAIN_LANDMARKS, AnalysisSettings

DAY = 24 * 60
MODEL = "pose_landmarker_full"


def readings(repeats: Iterable[Repeats]) -> tuple[Reading, ...]:
    return readings_of_repeats(repeats, is_of_today)


def store(record: Record, minute: int = 0, value: float = 90.0, code: str = "P1", **changes):
    ensure_patient(record, code)
    given = {
        "started_at": STARTED_AT + timedelta(minutes=minute),
        "measurements": (make_measurement(value), make_measurement(4.0, measure="rom_min")),
        "provenance": make_provenance(f"{minute:032x}{code.encode().hex():>032}"),
    }
    return store_analysis(record, make_analysis(**(given | changes)), code)


def test_comparable_takes_of_one_day_repeat_one_another(record: Record) -> None:
    for minute, value in enumerate((90.0, 93.0, 96.0)):
        store(record, minute, value)
    store(record, 0, 120.0, code="P2")
    store(record, 15 * DAY, 91.0)

    (repeats,) = find_repeats(recent_takes(record, 100))

    assert (repeats.patient_code, repeats.day) == ("P1", STARTED_AT.date())
    assert len(repeats.takes) == 3
    (result,) = assess_retest(readings([repeats]))
    assert result.values_deg.tolist() == [[90.0, 93.0, 96.0]]
    assert result.retest.sem == pytest.approx(3.0)
    assert not result.between_days


def test_a_walk_says_nothing_of_the_error_of_an_end_of_range(record: Record) -> None:
    for minute, value in enumerate((60.0, 60.1)):
        provenance = make_walk_provenance(f"{minute:064x}")
        store(record, minute, value, movement="walking", provenance=provenance)

    (repeats,) = find_repeats(recent_takes(record, 100))

    assert readings([repeats]) == ()


def test_takes_of_several_days_are_a_retest_between_days_of_their_own(record: Record) -> None:
    for minute, value in ((0, 90.0), (9, 91.0), (7 * DAY, 99.0), (7 * DAY + 9, 98.0)):
        store(record, minute, value)
    store(record, 14 * DAY, 105.0)

    (repeats,) = find_repeats(recent_takes(record, 100))
    within, between = assess_retest(readings([repeats]))

    assert (repeats.first_day, repeats.day) == (
        STARTED_AT.date(),
        (STARTED_AT + timedelta(days=14)).date(),
    )
    assert (within.between_days, between.between_days) == (False, True)
    assert within.values_deg.tolist() == [[90.0, 91.0], [99.0, 98.0]]
    assert between.values_deg.tolist() == [[90.0, 99.0, 105.0]]


def test_what_was_measured_in_two_ways_or_positions_is_never_one_error(record: Record) -> None:
    # The takes of one patient agree; those of two do not.
    others = {
        "P2": {"conditions": TakeConditions(position=Position.SITTING)},
        "P3": {"conditions": TakeConditions(mode=Mode.PASSIVE)},
        "P4": {"model": "heavy"},
    }
    for code in ("P1", *others):
        for minute in range(2):
            changes = dict(others.get(code, {}))
            digest = f"{minute:032x}{code.encode().hex():>032}"
            changes["provenance"] = make_provenance(digest, changes.pop("model", "full"))
            store(record, minute, code=code, **changes)

    results = assess_retest(readings(find_repeats(recent_takes(record, 100))))

    assert [result.people for result in results] == [1] * 4
    assert len({result.how for result in results}) == 4
    assert sum("heavy, plain landmarks" in result.method for result in results) == 1


def test_only_takes_of_todays_settings_are_of_today(record: Record) -> None:
    today = dict(AnalysisSettings().as_pairs())
    today["joint_centres"] = find_joint_centre_model(MODEL).version
    settings = (
        today,
        today | {"view": "sagittal"},
        today | {"joint_centres": PLAIN_LANDMARKS},
        today | {"cutoff_hz": 12.0},
    )
    for minute, used in enumerate(settings):
        given = replace(make_provenance(f"{minute:064x}", MODEL), settings=tuple(used.items()))
        store(record, minute, provenance=given)

    takes = sorted(recent_takes(record, 9), key=lambda take: take.started_at)

    assert [is_of_today(take) for take in takes] == [True, True, False, False]


@pytest.mark.parametrize(
    "changes",
    [
        {"conditions": TakeConditions(position=Position.SITTING)},
        {"movement": "squat"},
        {"side": Side.RIGHT},
        {"provenance": make_provenance("c" * 64, model="heavy")},
    ],
)
def test_what_differs_is_no_repeat(record: Record, changes: dict[str, object]) -> None:
    store(record, 0)
    store(record, 5, **changes)

    assert find_repeats(recent_takes(record, 100)) == ()


def test_nobody_nobody_real_left_out_and_the_same_recording_are_no_repeats(record: Record) -> None:
    first = store(record, 0)
    ensure_patient(record, "P1")
    store_analysis(record, make_nobody(started_at=STARTED_AT), "P1")
    left_out = store(record, 1)
    exclude_take(record, left_out.id, "phone rang")
    rendered = store(record, 2)
    digest = rendered.analysis.provenance.input.sha256
    same = replace(first.analysis, started_at=STARTED_AT + timedelta(minutes=3))
    store_analysis(record, same, "P1")

    assert find_repeats(list_takes(record, "P1"), without=[digest]) == ()


def test_made_up_retests_count_only_where_nobody_is_real(record: Record) -> None:
    takes = [store(record, minute).id for minute in range(2)]
    mark_retest(record, takes, "camera set up anew each time")
    with record.writing() as session:
        session.execute(update(PatientRow).values(made_up=True))
    marked = retest_takes(record)
    assert [take.id for take in marked] == takes[::-1]
    assert all(each.made_up for each in readings(find_repeats(marked)))

    ensure_patient(record, "REAL-1")
    assert retest_takes(record) == ()


def test_a_retest_is_what_somebody_marked_and_the_mark_leaves_a_trace(record: Record) -> None:
    takes = [store(record, minute).id for minute in range(3)]
    assert retest_takes(record) == ()

    mark_retest(record, takes, "camera set up anew each time", author="AB")

    assert [take.id for take in retest_takes(record)] == takes[::-1]
    assert len(find_repeats(retest_takes(record))) == 1
    (edit,) = list_edits(record, takes[0])
    assert (edit.field, edit.before, edit.author) == ("retest_marked_at", None, "AB")

    mark_retest(record, takes[:2], "exercised in between", marked=False)
    assert [take.id for take in retest_takes(record)] == takes[2:]
    with pytest.raises(InputError, match="needs a reason"):
        mark_retest(record, takes, "")


def test_marking_twice_is_written_once(record: Record) -> None:
    take = store(record)

    for _ in range(2):
        mark_retest(record, [take.id], "a retest")

    assert len(list_edits(record, take.id)) == 1


def test_an_extension_is_judged_by_its_smallest_angle(record: Record) -> None:
    for minute in range(2):
        store(record, minute, movement="seated_knee_extension")

    found = readings(find_repeats(recent_takes(record, 9)))

    assert {(r.measure, r.value_deg) for r in found} == {("rom_min", 4.0)}


@pytest.mark.parametrize(
    ("view", "seen"),
    [(ViewName.FRONTAL, [ViewName.SAGITTAL]), (ViewName.OBLIQUE, [ViewName.OBLIQUE]),
     (ViewName.SPATIAL, [ViewName.SPATIAL]), (ViewName.UNKNOWN, [])],
)  # fmt: skip
def test_the_view_is_that_of_the_error_figure(
    record: Record, view: ViewName, seen: list[ViewName]
) -> None:
    for minute in range(2):
        store(record, minute, view=replace(SAGITTAL, name=view))

    found = readings(find_repeats(recent_takes(record, 9)))

    assert [reading.view for reading in found] == seen * 2


def test_a_limb_that_hung_still_is_no_reading(record: Record) -> None:
    still = (
        make_measurement(11.0, side=Side.RIGHT),
        make_measurement(9.0, side=Side.RIGHT, measure="rom_min"),
    )
    moved = (make_measurement(90.0), make_measurement(4.0, measure="rom_min"))
    for minute in range(2):
        store(record, minute, measurements=(*moved, *still))

    found = readings(find_repeats(recent_takes(record, 9)))

    assert {(each.side, each.value_deg) for each in found} == {(Side.LEFT, 90.0)}


def test_what_was_not_measured_is_no_reading(record: Record) -> None:
    hidden = make_measurement(float("nan"), verdict=MeasureVerdict.NOT_MEASURABLE)
    other = make_measurement(1.2, joint="", motion="", unit="m/s")
    for minute in range(2):
        store(record, minute, measurements=(hidden, other))

    assert readings(find_repeats(recent_takes(record, 9))) == ()
