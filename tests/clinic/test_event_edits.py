"""Events are corrected by hand: what may be corrected to what, and what the record keeps of it."""

import math
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import numpy as np
import pytest
from clinic_makers import (
    assert_same,
    make_analysis,
    make_events,
    make_gait,
    make_gait_measurement,
    make_recording,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

from motion.clinic import (
    EventEdit,
    Record,
    StoredTake,
    add_analysis,
    apply_event_edits,
    correct_events,
    ensure_patient,
    list_edits,
    load_take,
    store_analysis,
)
from motion.clinic.event_changes import event_changes
from motion.clinic.tables import AnalysisRow
from motion.errors import InputError, RecordConflictError
from motion.model import FOOT_OFF, INITIAL_CONTACT, Analysis, Event, Origin, Side

EVENTS = make_events()
FIRST = EVENTS[0]
END_S = 10.0


def apply(*edits: EventEdit, events: tuple[Event, ...] = EVENTS) -> tuple[Event, ...]:
    return apply_event_edits(events, edits, end_s=END_S)


def test_a_moved_event_is_by_hand_and_the_others_stay() -> None:
    found = apply(EventEdit.move(FIRST, 1.05))

    assert found[1:] == EVENTS[1:]
    moved = found[0]
    assert (moved.time_s, moved.side, moved.event) == (1.05, Side.LEFT, INITIAL_CONTACT)
    assert (moved.origin, moved.walk, moved.left_out) == (Origin.BY_HAND, 0, "")
    assert all(event.origin is Origin.FOUND for event in found[1:])


def test_events_are_added_and_removed_in_their_order() -> None:
    found = apply(EventEdit.remove(EVENTS[3]), EventEdit.add(FOOT_OFF, Side.RIGHT, 4.6))

    assert len(found) == len(EVENTS)
    assert EVENTS[3] not in found
    assert [event.time_s for event in found] == sorted(event.time_s for event in found)
    assert (found[-1].event, found[-1].origin) == (FOOT_OFF, Origin.BY_HAND)


def test_an_event_may_be_corrected_twice() -> None:
    once = EventEdit.move(FIRST, 1.5)
    assert once.after is not None

    found = apply(once, EventEdit.move(once.after, 1.05))

    assert found == apply(EventEdit.move(FIRST, 1.05))


def test_an_event_may_take_the_place_of_one_that_is_removed() -> None:
    third = next(event for event in EVENTS if event.time_s == 3.0)

    found = apply(EventEdit.move(FIRST, 3.02), EventEdit.remove(third))

    assert len(found) == len(EVENTS) - 1


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            EventEdit.move(FIRST, -0.01),
            "left initial contact must lie within the take, 0 to 10.000 s, got -0.010 s: set it",
        ),
        (EventEdit.add(FOOT_OFF, Side.LEFT, 10.01), "left foot off must lie .* got 10.010 s"),
        (EventEdit.add(FOOT_OFF, Side.LEFT, math.nan), "left foot off must lie .* got no time"),
        (EventEdit.add("jump", Side.LEFT, 1.0), "event must be .* got 'jump': choose one"),
        (EventEdit.add(FOOT_OFF, Side.BOTH, 1.0), "side of an event .* got both: choose the foot"),
        (
            EventEdit.add(INITIAL_CONTACT, Side.LEFT, 2.09),
            r"left initial contact at 2.000 s and at 2.090 s: the same foot cannot .* 0.1 s;",
        ),
        (EventEdit.move(FIRST, 1.99), "left initial contact at 1.990 s and at 2.000 s"),
        (
            EventEdit.remove(replace(FIRST, time_s=1.001)),
            "no left initial contact at 1.001 s among the events: load the take again",
        ),
        (EventEdit.move(replace(FIRST, side=Side.RIGHT), 1.2), "no right initial contact at 1.000"),
    ],
)
def test_nonsense_is_refused_in_one_line(edit: EventEdit, said: str) -> None:
    with pytest.raises(InputError, match=f"^{said}") as caught:
        apply(edit)
    assert "\n" not in str(caught.value)


def test_the_other_foot_and_the_other_event_may_be_near() -> None:
    found = apply(
        EventEdit.add(INITIAL_CONTACT, Side.RIGHT, 2.01), EventEdit.add(FOOT_OFF, Side.LEFT, 2.02)
    )

    assert len(found) == len(EVENTS) + 2


def test_what_was_found_too_near_is_not_questioned() -> None:
    twice = (FIRST, replace(FIRST, time_s=1.02))

    assert apply(EventEdit.add(FOOT_OFF, Side.LEFT, 1.6), events=twice)[:2] == twice


@settings(deadline=None)
@given(
    place=st.integers(0, len(EVENTS) - 1),
    to_s=st.floats(0.0, END_S, allow_nan=False),
)
@example(place=3, to_s=1.0)
def test_moving_there_and_back_leaves_only_the_mark_of_a_hand(place: int, to_s: float) -> None:
    there = EventEdit.move(EVENTS[place], to_s)
    assert there.after is not None
    back = EventEdit.move(there.after, EVENTS[place].time_s)

    found = apply(there, back)

    assert [(e.time_s, e.side, e.event) for e in found] == [
        (e.time_s, e.side, e.event) for e in EVENTS
    ]
    assert [e.origin for e in found].count(Origin.BY_HAND) == 1


def test_changes_say_what_each_event_was_and_is() -> None:
    moved = EventEdit.move(FIRST, 1.06)
    removed = EventEdit.remove(EVENTS[-1])
    added = EventEdit.add(FOOT_OFF, Side.LEFT, 0.4)
    far = EventEdit.move(EVENTS[1], 0.7)  # farther than half a step: another event
    left_out = replace(EVENTS[2], left_out="at the edge")

    changes = event_changes(
        EVENTS, apply(moved, removed, added, far, events=(*EVENTS[:2], left_out, *EVENTS[3:]))
    )

    assert changes == {
        "left initial contact at 1.000 s": ("1.000 s, found", "1.060 s, by hand"),
        "right foot off at 4.100 s": ("4.100 s, found", None),
        "left foot off at 0.400 s": (None, "0.400 s, by hand"),
        "right initial contact at 1.500 s": ("1.500 s, found", None),
        "right initial contact at 0.700 s": (None, "0.700 s, by hand"),
        "left foot off at 1.600 s": ("1.600 s, found", "1.600 s, found, left out: at the edge"),
    }
    assert event_changes(EVENTS, EVENTS) == {}


def test_events_go_to_the_nearest_of_their_kind() -> None:
    near, other = replace(FIRST, time_s=1.02), replace(FIRST, time_s=0.9)

    changes = event_changes([FIRST], [other, near])

    assert changes == {
        "left initial contact at 1.000 s": ("1.000 s, found", "1.020 s, found"),
        "left initial contact at 0.900 s": (None, "0.900 s, found"),
    }


@pytest.fixture
def take(record: Record) -> StoredTake:
    ensure_patient(record, "P1")
    recording = replace(make_recording(), time_s=np.linspace(0, END_S, 6))
    walked = make_analysis(
        recording=recording,
        gait=make_gait(),
        events=EVENTS,
        measurements=(make_gait_measurement(),),
    )
    return store_analysis(record, walked, "P1")


def measured_by(take: StoredTake, **changes: object) -> Callable[[tuple[Event, ...]], Analysis]:
    return lambda events: replace(take.analysis, events=events, **changes)


def test_a_correction_is_a_new_analysis_with_an_edit_row_for_each_event(
    record: Record, take: StoredTake
) -> None:
    slower = (make_gait_measurement(1.1),)
    edits = [EventEdit.move(FIRST, 1.05), EventEdit.remove(EVENTS[-1])]

    after = correct_events(
        record, take, edits, measured_by(take, measurements=slower), "landed later", "Bea"
    )

    assert_same(after.analysis.events, apply(*edits))
    assert load_take(record, take.id).analysis_id == after.analysis_id != take.analysis_id
    rows = {edit.field: (edit.before, edit.after) for edit in list_edits(record, take.id)}
    assert rows["left initial contact at 1.000 s"] == ("1.000 s, found", "1.050 s, by hand")
    assert rows["right foot off at 4.100 s"] == ("4.100 s, found", None)
    assert rows["walking_speed gait_walking both"] == (
        "1.21 m/s, measured",
        "1.1 m/s, measured",
    )
    assert len(rows) == 4  # and which analysis is current
    said = {(edit.author, edit.reason) for edit in list_edits(record, take.id)}
    assert said == {("Bea", "landed later")}
    with record.reading() as session:
        before = session.get(AnalysisRow, take.analysis_id)
        assert before is not None
        assert len(before.events) == len(EVENTS)


def test_a_hands_event_stays_in_the_record(record: Record, take: StoredTake) -> None:
    first = correct_events(
        record, take, [EventEdit.move(FIRST, 1.05)], measured_by(take), "landed later"
    )
    by_hand = first.analysis.events[0]

    second = correct_events(
        record, first, [EventEdit.remove(by_hand)], measured_by(first), "was none"
    )

    assert [event.origin for event in second.analysis.events] == [Origin.FOUND] * 11
    last = [edit for edit in list_edits(record, take.id) if edit.reason == "was none"]
    assert ("1.050 s, by hand", None) in {(edit.before, edit.after) for edit in last}


def test_who_comes_second_is_told_so(record: Record, take: StoredTake) -> None:
    add_analysis(record, take.id, replace(take.analysis, rest_deg=5.0), "rest was wrong")

    with pytest.raises(RecordConflictError, match="corrected by somebody else"):
        correct_events(record, take, [EventEdit.move(FIRST, 1.05)], measured_by(take), "later")
    assert load_take(record, take.id).analysis.events == EVENTS


def test_nothing_is_measured_for_nothing(record: Record, take: StoredTake) -> None:
    def measure(_: tuple[Event, ...]) -> Analysis:
        raise AssertionError

    with pytest.raises(InputError, match="needs a reason"):
        correct_events(record, take, [EventEdit.move(FIRST, 1.05)], measure, " ")
    with pytest.raises(InputError, match="no event was corrected"):
        correct_events(record, take, [], measure, "none")
    added = EventEdit.add(FOOT_OFF, Side.LEFT, 5.0)
    assert added.after is not None
    with pytest.raises(InputError, match="no event was corrected"):
        correct_events(record, take, [added, EventEdit.remove(added.after)], measure, "none")
    with pytest.raises(InputError, match=r"within the take, 0 to 10\.000 s"):
        correct_events(record, take, [EventEdit.move(FIRST, 10.1)], measure, "later")
    empty = replace(take, id=uuid4(), analysis=make_analysis(recording=make_recording(0)))
    with pytest.raises(InputError, match="has no frames"):
        correct_events(record, empty, [added], measure, "later")
