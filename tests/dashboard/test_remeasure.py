"""A stored take takes over the error figures of today, without its recording."""

import math
from dataclasses import replace

import numpy as np
import pytest
from gait.walkers import Walker, film, walk
from makers import STARTED_AT, make_provenance, make_recording, repetitions, uniform_times
from page_actions import button, texts

from dashboard.words import INTENDED_USE
from motion.clinic import find_patient, list_edits, load_take, open_record, update_patient
from motion.gait import GaitSettings
from motion.kinematics import ErrorFigure
from motion.kinematics.error_table import ErrorRow
from motion.measuring import measure_recording
from motion.model import Side, ViewName
from motion.own_figures import own_figures_path, write_own_figures
from motion.settings import AnalysisSettings


@pytest.fixture
def measured(store):
    time_s = uniform_times(8.0)
    share = repetitions(time_s, (1.0, 4.0), 1.0)
    recording = make_recording({"knee_flexion": 5.0 + 90.0 * share}, time_s)
    settings = AnalysisSettings(movement="squat", side=Side.LEFT)
    provenance = replace(make_provenance(recording), settings=settings.as_pairs())
    return store(measure_recording(recording, settings, provenance, STARTED_AT))


def knee_of(take_id):
    with open_record() as record:
        analysis = load_take(record, take_id).analysis
    found = analysis.measurements
    return next(m for m in found if (m.measure, m.joint) == ("rom_max", "knee"))


def test_the_clinics_new_figures_reach_an_earlier_take(open_page, measured):
    before = knee_of(measured.id)
    own = ErrorFigure(
        sem_deg=1.5, mdc95_deg=4.16, source="clinic retest 2026-11-21, n=12",
        extra_at_45_deg=math.nan,
    )  # fmt: skip
    write_own_figures([ErrorRow(angle="knee_flexion", view=ViewName.SAGITTAL, figure=own)])
    at = open_page("take", take=str(measured.id), tab="About this take")
    assert "In use today: clinic.csv" in texts(at)

    at = button(at, "Measure again as of today").click().run()

    assert not at.exception
    after = knee_of(measured.id)
    assert after.value == pytest.approx(before.value, abs=1e-6)
    assert after.mdc_source.startswith("clinic retest 2026-11-21, n=12")
    assert after.sem < before.sem
    with open_record() as record:
        assert "measured again from its landmarks" in list_edits(record, measured.id)[0].reason


def test_a_mistyped_height_is_mended_and_all_lengths_with_it(store, show):
    walker = Walker(strides=6)
    recording = film(walk(walker, np.arange(0.0, walker.duration_s, 1 / 30)))
    settings = AnalysisSettings(gait=GaitSettings(height_m=walker.height_m / 2))
    provenance = replace(make_provenance(recording), settings=settings.as_pairs())
    at, take = show(
        "About this take", measure_recording(recording, settings, provenance, STARTED_AT)
    )

    def lengths():
        with open_record() as record:
            found = load_take(record, take.id).analysis
        known = dict(found.provenance.settings)["gait_height_m"]
        return known, [m.value for m in found.measurements if m.measure == "stride_length"]

    _, before = lengths()
    assert len(before) == 2
    at.number_input(key=f"remeasure-height-{take.id}").set_value(100 * walker.height_m)
    at = button(at, "Measure again as of today").click().run()

    assert not at.exception
    height_m, after = lengths()
    assert height_m == pytest.approx(walker.height_m)
    assert after == pytest.approx([2 * each for each in before], rel=0.01)


def test_what_is_never_measured_today_is_not_measured_again(open_page, measured):
    with open_record() as record:
        patient = find_patient(record, measured.patient_code)
        update_patient(record, replace(patient, withheld_joints=("left_knee",)))
    at = open_page("take", take=str(measured.id), tab="About this take")

    at = button(at, "Measure again as of today").click().run()

    assert not at.exception
    after = knee_of(measured.id)
    assert math.isnan(after.value)
    assert "this joint is not measured" in after.note


def test_a_broken_table_of_the_clinics_leaves_the_take_readable(open_page, measured):
    own_figures_path().parent.mkdir(parents=True)
    own_figures_path().write_text("angle\n")

    at = open_page("take", take=str(measured.id), tab="About this take")

    assert "the first line must be angle,view" in at.error[0].value.replace("\\", "")
    assert INTENDED_USE in texts(at), "the page goes on below it"


def test_what_would_not_change_is_not_stored_again(open_page, measured):
    at = open_page("take", take=str(measured.id), tab="About this take")

    at = button(at, "Measure again as of today").click().run()

    assert "Nothing would change" in texts(at)
    with open_record() as record:
        assert list_edits(record, measured.id) == ()
