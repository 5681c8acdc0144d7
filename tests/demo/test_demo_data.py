"""The made-up clinic: labelled, the same from the same seed, measured and not written by hand."""

import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from motion.clinic import (
    FlagKind,
    PatientDetails,
    Record,
    add_patient,
    count_patients,
    find_flags,
    find_live_facts,
    find_patient,
    list_adherence,
    list_annotations,
    list_done,
    list_manual_of_patient,
    list_outcomes,
    list_patients,
    list_runs,
    list_takes,
    load_take,
    open_record,
    plan_settings,
)
from motion.demo.clinic import Wanted, make_clinic
from motion.demo.filming import Motif, Studio
from motion.demo.guided import choose_guided
from motion.demo.stories import list_stories
from motion.demo.stories_guided import list_knee_visits
from motion.errors import InputError
from motion.exercise.protocols import plan_steps
from motion.measuring import measure_again
from motion.model import LANDMARKS, MeasureVerdict, Mode, Setting, Side, ViewName
from motion.protocol_library import find_protocol
from motion.settings import recall_settings

TODAY = date(2026, 11, 20)


def silent(*_: object) -> None:
    """Report nothing."""


@pytest.fixture(scope="module")
def clinic(usual_clinic: Path) -> Iterator[Record]:
    with open_record(folder=usual_clinic) as record:
        yield record


def test_every_patient_is_labelled_and_has_no_name(clinic: Record) -> None:
    patients = [summary.patient for summary in list_patients(clinic)]

    assert [patient.code for patient in patients] == [f"DEMO-{n:03d}" for n in range(1, 13)]
    assert all(patient.made_up for patient in patients)
    assert {patient.name for patient in patients} == {""}
    assert all("(made up)" in patient.diagnosis_note for patient in patients)


def test_there_are_as_many_takes_as_were_asked_for(clinic: Record) -> None:
    takes = [list_takes(clinic, each.patient.code) for each in list_patients(clinic)]

    assert sum(map(len, takes)) == Wanted(today=TODAY).takes
    assert [len(each) for each in takes][-1] == 1
    digests = [take.digest for each in takes for take in each]
    assert len(set(digests)) == len(digests)


def test_the_same_seed_makes_the_same_clinic(tmp_path) -> None:
    few = Wanted(today=TODAY, patients=2, takes=5)
    said = []
    for name in ("one", "two"):
        with open_record(folder=tmp_path / name) as record:
            make_clinic(record, few, on_progress=silent)
            patients = [summary.patient.code for summary in list_patients(record)]
            takes = [take for code in patients for take in list_takes(record, code)]
            said.append(
                [
                    (take.id, take.started_at, take.movement, m.measure, m.side, str(m.value))
                    for take in takes
                    for m in take.measurements
                ]
            )

    assert said[0] == said[1]
    assert said[0]


def test_another_seed_makes_another_clinic(tmp_path) -> None:
    few = Wanted(today=TODAY, patients=1, takes=3)
    other = Wanted(today=TODAY, patients=1, takes=3, seed=2)
    digests = []
    for wanted, name in ((few, "one"), (other, "two")):
        with open_record(folder=tmp_path / name) as record:
            make_clinic(record, wanted, on_progress=silent)
            digests.append({take.digest for take in list_takes(record, "DEMO-001")})

    assert not digests[0] & digests[1]


def test_numbers_are_those_that_the_landmarks_give(clinic: Record) -> None:
    walk = next(t for t in list_takes(clinic, "DEMO-006") if t.movement == "walking")
    bend = next(t for t in list_takes(clinic, "DEMO-001") if t.movement == "heel_slide")
    for take in (walk, bend):
        stored = load_take(clinic, take.id).analysis
        again = measure_again(stored, recall_settings(stored))
        found = [m.value for m in again.measurements]
        # Sides that were put back and gaps that were filled are part of what is stored.
        expected = [m.value for m in stored.measurements]
        np.testing.assert_allclose(found, expected, rtol=0.02, atol=0.5)


def test_no_story_is_about_the_future(clinic: Record, usual_day: date) -> None:
    for summary in list_patients(clinic):
        for take in list_takes(clinic, summary.patient.code):
            assert take.started_at.date() < usual_day


def test_stories_fill_the_pages(clinic: Record, usual_day: date) -> None:
    shoulder, child, knee = "DEMO-002", "DEMO-008", "DEMO-001"

    assert plan_settings(clinic, child).guardian_consent_on is not None
    assert list_annotations(clinic, knee)
    assert {score.instrument for score in list_outcomes(clinic, knee)} == {
        *("nprs", "psfs", "lefs")
    }
    assert any(take.conditions.mode is Mode.PASSIVE for take in list_takes(clinic, knee))
    assert list_done(clinic, knee)
    assert list_adherence(clinic, knee, [usual_day])
    assert any(take.signed_off_by for take in list_takes(clinic, knee))
    home = [t for t in list_takes(clinic, shoulder) if t.conditions.setting is Setting.HOME]
    facts = find_live_facts(clinic, home[0].id)
    assert facts is not None
    assert facts.pain_after is not None
    assert facts.pain_after > plan_settings(clinic, shoulder).pain_limit
    left_out = [t for t in list_takes(clinic, "DEMO-011") if t.excluded_reason is not None]
    assert len(left_out) == 1


def test_every_kind_of_flag_is_seen_in_a_clinic_of_the_usual_size(
    clinic: Record, usual_day: date
) -> None:
    assert {flag.kind for flag in find_flags(clinic, usual_day)} == set(FlagKind)


def test_withheld_joints_are_measured_in_no_take(clinic: Record) -> None:
    for take in list_takes(clinic, "DEMO-009"):
        for number in take.measurements:
            if (number.side, number.joint) == (Side.RIGHT, "knee"):
                assert number.verdict is MeasureVerdict.NOT_MEASURABLE


def test_real_patients_are_not_mixed_with_made_up_ones(tmp_path) -> None:
    with open_record(folder=tmp_path) as record:
        add_patient(record, PatientDetails(code="P1"))
        few = Wanted(today=TODAY, patients=1, takes=1)
        with pytest.raises(InputError, match=r"holds 1 patients who are not made up.*--into-ex"):
            make_clinic(record, few, on_progress=silent)
        assert count_patients(record) == (1, 0)

        make_clinic(record, few, into_existing=True, on_progress=silent)
        assert count_patients(record) == (1, 1)
        assert not next(s.patient.made_up for s in list_patients(record) if s.patient.code == "P1")

        with pytest.raises(InputError, match="1 made-up patients already"):
            make_clinic(record, few, into_existing=True, on_progress=silent)


@pytest.mark.parametrize(
    ("patients", "takes", "said"),
    [(0, 5, "patients must be 1 to"), (3, 2, "takes must be 3"), (1, 10**6, "takes must be 1")],
)
def test_a_clinic_that_cannot_be_is_refused(tmp_path, patients: int, takes: int, said: str) -> None:
    wanted = Wanted(today=TODAY, patients=patients, takes=takes)
    with open_record(folder=tmp_path) as record, pytest.raises(InputError, match=said):
        make_clinic(record, wanted, on_progress=silent)


@pytest.mark.parametrize(
    ("exercise", "side", "level", "measure", "view"),
    [
        ("heel_slide", Side.RIGHT, 96.0, "rom_max", ViewName.SAGITTAL),
        ("seated_knee_extension", Side.LEFT, 14.0, "rom_min", ViewName.SAGITTAL),
        ("arm_raise_sideways", Side.LEFT, 112.0, "rom_max", ViewName.FRONTAL),
        ("leg_raise_sideways", Side.RIGHT, 24.0, "rom_max", ViewName.FRONTAL),
        ("elbow_curl", Side.RIGHT, 120.0, "rom_max", ViewName.SAGITTAL),
        ("seated_forward_bend", Side.NONE, 50.0, "rom_max", ViewName.SAGITTAL),
    ],
)
def test_a_filmed_movement_is_measured_as_it_was_posed(
    exercise: str, side: Side, level: float, measure: str, view: ViewName
) -> None:
    analysis = Studio().measure(Motif(exercise=exercise, side=side, level=level))
    counted = analysis.counted_on
    number = next(
        m
        for m in analysis.measurements
        if m.measure == measure and m.side is side and counted.endswith(f"{m.joint}_{m.motion}")
    )

    assert analysis.view.name is view
    assert len(analysis.repetitions) == 4
    assert number.value == pytest.approx(level, abs=6.0)


@pytest.mark.parametrize("exercise", ["heel_slide", "knee_extension"])
@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_who_lies_on_the_back_has_the_bent_knee_over_the_couch(exercise: str, side: Side) -> None:
    recording = Studio().measure(Motif(exercise=exercise, side=side, level=60.0)).recording
    place = recording.image_px
    up = {name: -place[:, LANDMARKS.index(name), 1] for name in (f"{side}_knee", f"{side}_hip")}

    assert np.max(up[f"{side}_knee"] - up[f"{side}_hip"]) > 20.0
    nose, ear = LANDMARKS.index("nose"), LANDMARKS.index(f"{side}_ear")
    assert np.all(place[:, nose, 1] < place[:, ear, 1])


def test_a_filmed_walk_is_as_fast_as_it_was_posed() -> None:
    analysis = Studio().measure(Motif(exercise="walking", side=Side.BOTH, level=0.9, weak=0.3))
    numbers = {(m.measure, m.side): m.value for m in analysis.measurements}

    assert numbers["walking_speed", Side.BOTH] == pytest.approx(0.9, rel=0.1)
    assert numbers["step_length", Side.LEFT] < numbers["step_length", Side.RIGHT]


def test_equal_motifs_share_a_recording_and_a_full_studio_shows_the_nearest() -> None:
    studio = Studio(most_n=2)
    first, second, third = (
        studio.measure(Motif(exercise="elbow_curl", side=Side.LEFT, level=level))
        for level in (90.0, 120.0, 112.0)
    )

    assert first is not second
    assert third is second
    assert len(studio) == 2


def test_stories_differ_and_tell_of_either_side() -> None:
    right, left = (list_stories(side, TODAY) for side in (Side.RIGHT, Side.LEFT))

    names = [story.name for story in right]
    assert len(set(names)) == len(names) == 12
    assert any(
        a.patient.affected_side != b.patient.affected_side for a, b in zip(right, left, strict=True)
    )
    for one, other in itertools.pairwise(right):
        assert one.patient.diagnosis_note != other.patient.diagnosis_note


def test_guided_visits_are_whole_open_and_broken_off(clinic: Record, usual_day: date) -> None:
    today, whole = list_runs(clinic, "DEMO-001")
    (check,) = list_runs(clinic, "DEMO-006")
    takes = {take.id: take for take in list_takes(clinic, "DEMO-001")}
    scores = {score.id: score for score in list_outcomes(clinic, "DEMO-001")}
    patient = find_patient(clinic, "DEMO-001")

    assert today.is_open_on(usual_day)
    assert (whole.ended_at is not None, check.ended_at) == (True, None)
    planned = plan_steps(find_protocol(whole.protocol), patient.affected_side)
    assert [note.step for note in whole.notes] == [each.key for each in planned]
    assert [note.step for note in today.notes] == [each.key for each in planned[:3]]
    assert scores[whole.find_note("pain").outcome_id].score == 2.0
    for each in planned[1:6]:
        take = takes[whole.find_note(each.key).take_id]
        assert take.movement == each.step.measure
        assert each.side in (take.side, Side.NONE)
        assert whole.started_at <= take.started_at < whole.ended_at


@pytest.mark.parametrize(("takes", "visits_n"), [(14, 0), (15, 2)])
def test_a_small_clinic_keeps_its_takes_for_the_courses(takes: int, visits_n: int) -> None:
    assert len(choose_guided(list_knee_visits(Side.LEFT), takes)) == visits_n


def test_whoever_measured_or_wrote_in_a_made_up_clinic_is_made_up(clinic: Record) -> None:
    values = list_manual_of_patient(clinic, "DEMO-001")

    assert values
    assert all("(made up)" in each.measured_by for each in values)
