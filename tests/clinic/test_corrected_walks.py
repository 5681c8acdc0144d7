"""A walk that is measured, stored, corrected by hand and measured again later."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from clinic_makers import assert_same
from gait.walkers import Walker, film, walk
from makers import STARTED_AT, make_provenance

from motion.clinic import (
    EventEdit,
    Record,
    StoredTake,
    add_analysis,
    comparability,
    correct_events,
    ensure_patient,
    list_edits,
    list_takes,
    load_take,
    open_record,
    progress_table,
    store_analysis,
)
from motion.commands.storing import store as store_from_command
from motion.gait import GaitSettings
from motion.measuring import measure_again, measure_recording
from motion.model import FOOT_OFF, GAIT, INITIAL_CONTACT, Analysis, Event, Origin, Side
from motion.settings import AnalysisSettings, recall_settings


@pytest.fixture(scope="module")
def walked() -> Analysis:
    recording = film(walk(Walker(), np.arange(0.0, 6.0, 1.0 / 30.0)))
    chosen = AnalysisSettings(gait=GaitSettings(height_m=1.7))
    provenance = replace(make_provenance(recording), settings=chosen.as_pairs())
    return measure_recording(recording, chosen, provenance, STARTED_AT)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(f"sqlite:///{tmp_path / 'motion.db'}", tmp_path) as opened:
        yield opened


def store(record: Record, analysis: Analysis) -> StoredTake:
    ensure_patient(record, "P1")
    return store_analysis(record, analysis, "P1")


def correct(record: Record, take: StoredTake, *edits: EventEdit) -> StoredTake:
    settings = recall_settings(take.analysis)
    assert settings.gait is not None
    chosen = settings.gait

    def measure(events: tuple[Event, ...]) -> Analysis:
        known = replace(settings, gait=replace(chosen, events=events))
        return measure_again(take.analysis, known)

    return correct_events(record, take, edits, measure, "seen in the clip", "Bea")


def said(events: tuple[Event, ...]) -> list[tuple[float, Side, str, Origin]]:
    return [(event.time_s, event.side, event.event, event.origin) for event in events]


def edits_of(analysis: Analysis) -> tuple[EventEdit, ...]:
    """A contact 0.06 s later, a foot off that was none, and one more contact at the end."""
    contacts = [e for e in analysis.events if e.event == INITIAL_CONTACT]
    offs = [e for e in analysis.events if e.event == FOOT_OFF]
    return (
        EventEdit.move(contacts[3], contacts[3].time_s + 0.06),
        EventEdit.remove(offs[2]),
        EventEdit.add(INITIAL_CONTACT, contacts[-2].side, analysis.recording.time_s[-1]),
    )


def test_a_measured_walk_comes_back_bit_for_bit(record: Record, walked: Analysis) -> None:
    stored = store(record, walked)

    found = load_take(record, stored.id).analysis

    assert walked.gait is not None
    assert walked.gait.strides
    assert_same(found.gait, walked.gait)
    assert_same(found.events, walked.events)
    assert_same(found.measurements, walked.measurements)
    assert recall_settings(found) == recall_settings(walked)


def test_corrected_events_stay_when_the_take_is_measured_again(
    record: Record, walked: Analysis
) -> None:
    corrected = correct(record, store(record, walked), *edits_of(walked))
    by_hand = [e for e in corrected.analysis.events if e.origin is Origin.BY_HAND]
    assert len(by_hand) == 2
    assert len(corrected.analysis.events) == len(walked.events)

    found = load_take(record, corrected.id).analysis
    today = measure_again(found, recall_settings(found))
    again = add_analysis(
        record, corrected.id, today, "measured again", expected=corrected.analysis_id
    )

    assert said(again.analysis.events) == said(corrected.analysis.events)
    assert_same(again.analysis.measurements, corrected.analysis.measurements)
    assert_same(again.analysis.gait, corrected.analysis.gait)
    fields = [e.field for e in list_edits(record, corrected.id) if e.reason == "measured again"]
    assert fields == ["analysis"]


def test_what_was_corrected_and_what_came_of_it_is_in_the_record(
    record: Record, walked: Analysis
) -> None:
    take = store(record, walked)
    correct(record, take, *edits_of(walked))

    edits = list_edits(record, take.id)
    changed = {(edit.before or "", edit.after or "") for edit in edits}

    assert {edit.author for edit in edits} == {"Bea"}
    moved, removed, added = edits_of(walked)
    assert moved.before is not None
    assert moved.after is not None
    assert (f"{moved.before.time_s:.3f} s, found", f"{moved.after.time_s:.3f} s, by hand") in {
        (before.partition(", left out")[0], after.partition(", left out")[0])
        for before, after in changed
    }
    assert removed.before is not None
    assert added.after is not None
    assert any(b.startswith(f"{removed.before.time_s:.3f} s, found") and not a for b, a in changed)
    assert any(a.startswith(f"{added.after.time_s:.3f} s, by hand") and not b for b, a in changed)
    assert any(edit.field.startswith("step_time gait_walking") for edit in edits)


def test_a_corrected_walk_is_compared_with_others_and_said_to_be_corrected(
    record: Record, walked: Analysis
) -> None:
    take = store(record, walked)
    before = list_takes(record, "P1")[0]
    correct(record, take, *edits_of(walked))

    after = list_takes(record, "P1")[0]

    for m in after.measurements:
        (same,) = (
            b
            for b in before.measurements
            if (b.measure, b.joint, b.motion, b.side) == (m.measure, m.joint, m.motion, m.side)
        )
        assert comparability(before, same, after, m) == ""
    table = progress_table(record, "P1")
    assert set(table.gait_events) == {"by_hand"}
    of_walking = table[table.joint == GAIT]
    assert set(of_walking.gait_scale) == {"height"}
    speed, ratio = (
        of_walking[of_walking.measure == measure].iloc[0]
        for measure in ("walking_speed", "step_time_symmetry_ratio")
    )
    assert (speed.unit, speed.value) == ("m/s", round(speed.value, 3))
    assert (ratio.unit, ratio.value) == ("", round(ratio.value, 3))


def test_a_command_that_finds_steps_anew_says_so(
    walked: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("MOTION_DATABASE_URL", raising=False)
    said: list[str] = []
    store_from_command(walked, "P1", None, None, said.append)
    with open_record() as opened:
        take = load_take(opened, list_takes(opened, "P1")[0].id)
        correct(opened, take, *edits_of(walked))

    store_from_command(walked, "P1", None, None, said.append)
    store_from_command(walked, "P1", None, None, said.append)

    assert "those corrected by hand are in the one before" in said[0]
    assert "was not stored twice" in said[1]
