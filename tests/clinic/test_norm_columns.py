from dataclasses import replace

import pandas as pd
import pytest
from clinic_makers import (
    STARTED_AT,
    make_analysis,
    make_gait_measurement,
    make_measurement,
    make_nobody,
    make_provenance,
    make_walk_provenance,
)

from motion.clinic import (
    Patient,
    PatientDetails,
    Record,
    SexForNorms,
    add_patient,
    find_patient,
    progress_table,
    store_analysis,
    update_patient,
)
from motion.clinic.norm_columns import NORM_COLUMNS, add_norms, progress_with_norms
from motion.clinic.tested_ends import NOT_TESTED
from motion.library import load_norms
from motion.norms import Norm, parse_gait_norm, parse_norm

ROW = {
    "angle": "knee_flexion", "measure": "rom_max", "sex": "female", "age_from": "18",
    "age_to": "", "mode": "active", "position": "", "method": "goniometer", "kind": "mean_sd",
    "value_deg": "140", "sd_deg": "5", "low_deg": "", "high_deg": "", "label": "Mean",
    "source": "Someone 2000, Journal 1:1", "note": "",
}  # fmt: skip
NORM = parse_norm(ROW)
FUNCTIONAL = parse_norm(ROW | {"kind": "functional", "label": "Stairs"})


def table(
    record: Record, norms: tuple[Norm, ...], movement: str = "knee_flexion", **details: object
) -> pd.DataFrame:
    add_patient(record, PatientDetails(code="P1", sex_for_norms=SexForNorms.FEMALE, **details))
    measurements = (
        make_measurement(100.0),
        make_measurement(80.0, joint="hip"),
        make_measurement(3.0, measure="repetitions", unit="count"),
    )
    store_analysis(record, make_analysis(movement=movement, measurements=measurements), "P1")
    nobody = make_nobody(provenance=make_provenance("9" * 64))
    store_analysis(record, nobody, "P1")
    return progress_with_norms(record, "P1", norms)


def test_a_published_value_stands_beside_the_number_with_its_source(record: Record) -> None:
    found = table(record, (FUNCTIONAL, NORM), birth_year=STARTED_AT.year - 40)
    knee = found[(found.joint == "knee") & (found.measure == "rom_max")].iloc[0]

    assert (knee.norm_mean, knee.norm_source) == (140.0, NORM.source)
    assert (round(knee.norm_low, 1), round(knee.norm_high, 1)) == (130.2, 149.8)
    assert knee.norm_kind == "mean_sd"


def test_where_there_is_none_it_says_why(record: Record) -> None:
    found = table(record, (NORM,))

    ranges = found[found.measure == "rom_max"]
    said = dict(zip(ranges.joint, ranges.norm_note, strict=True))
    assert said["knee"] == "no norm: the year of birth is not known"
    assert said["hip"] == NOT_TESTED
    assert found.norm_mean.isna().all()


def test_a_hip_that_was_tested_has_no_norm_for_another_reason(record: Record) -> None:
    found = table(record, (NORM,), "hip_flexion")

    said = found[(found.joint == "hip") & (found.measure == "rom_max")].iloc[0].norm_note
    assert "pelvis and low back" in said


def test_only_columns_behind_the_last_are_new(record: Record) -> None:
    found = table(record, load_norms(), birth_year=1980)
    plain = progress_table(record, "P1")

    assert list(found.columns) == [*plain.columns, *NORM_COLUMNS]
    same = [name for name in plain.columns if not name.startswith("norm_")]
    pd.testing.assert_frame_equal(found[same], plain[same])


GAIT_ROW = {
    "measure": "walking_speed", "sex": "female", "age_from": "18", "age_to": "99",
    "value": "1.3", "low": "1.1", "high": "1.5", "unit": "m/s", "label": "Middle two thirds",
    "source": "Someone 2001", "note": "walkway",
}  # fmt: skip
GAIT_NORM = parse_gait_norm(GAIT_ROW)


def walked(record: Record, **settings: object) -> pd.DataFrame:
    """Return the table of a walk in which the knee was measured too."""
    add_patient(
        record,
        PatientDetails(
            code="P1", sex_for_norms=SexForNorms.FEMALE, birth_year=STARTED_AT.year - 40
        ),
    )
    numbers = (
        make_gait_measurement(1.2),
        make_gait_measurement(0.5, "step_time", "s"),
        make_gait_measurement(4.0, "sagittal_variable_score", "deg"),
        make_measurement(60.0),
    )
    provenance = make_walk_provenance(**settings)
    store_analysis(record, make_analysis(measurements=numbers, provenance=provenance), "P1")
    other = make_provenance("9" * 64)
    exercised = make_analysis(measurements=(make_measurement(100.0),), provenance=other)
    store_analysis(record, exercised, "P1")
    return progress_with_norms(record, "P1", (NORM,), (GAIT_NORM,))


def test_walking_has_norms_of_walking_and_its_angles_none(record: Record) -> None:
    found = walked(record)
    speed, time, score, knee, exercised = found.to_dict("records")

    assert (speed["norm_mean"], speed["norm_low"], speed["norm_high"]) == (1.3, 1.1, 1.5)
    assert (speed["norm_source"], speed["norm_kind"]) == ("Someone 2001", "Middle two thirds")
    for row in (time, score, knee):
        assert pd.isna(row["norm_mean"])
        assert pd.isna(row["norm_source"])
    assert knee["norm_note"] == "no norm: published ranges of motion are not those of walking"
    assert exercised["norm_mean"] == 140.0


@pytest.mark.parametrize("settings", [{"treadmill": True}, {"timed_test": "tug"}])
def test_no_norm_where_nobody_walked_straight_over_the_floor(
    record: Record, settings: dict[str, object]
) -> None:
    speed = walked(record, **settings).iloc[0]

    assert pd.isna(speed.norm_mean)
    assert speed.norm_note == "no norm: published values are of walking straight on over the floor"


def test_no_norm_of_walking_where_none_is_given_or_fits(record: Record) -> None:
    found = walked(record)
    nobody = add_norms(found, replace(only_patient(record), birth_year=None), (), (GAIT_NORM,))

    assert nobody.norm_mean.isna().all()
    assert add_norms(found, only_patient(record), ()).norm_mean.isna().all()


def test_of_a_child_no_distance_from_adults_curves_leaves_the_record(record: Record) -> None:
    grown = walked(record).set_index("measure").loc["sagittal_variable_score"]
    child = replace(only_patient(record), birth_year=STARTED_AT.year - 9)
    update_patient(record, child)
    found = progress_table(record, "P1").set_index("measure").loc["sagittal_variable_score"]

    assert (grown.value, grown.measure_verdict) == (4.0, "measured")
    assert pd.isna(found.value)
    assert found.measure_verdict == "not_measurable"
    assert "adults' curves say nothing about a child" in found.note
    update_patient(record, replace(only_patient(record), birth_year=STARTED_AT.year - 70))
    found = progress_table(record, "P1").set_index("measure").loc["sagittal_variable_score"]
    assert (found.value, found.measure_verdict) == (4.0, "uncertain")
    assert "over 45" in found.note


def only_patient(record: Record) -> Patient:
    patient = find_patient(record, "P1")
    assert patient is not None
    return patient
