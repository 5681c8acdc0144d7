import pandas as pd
from clinic_makers import STARTED_AT, make_analysis, make_measurement, make_nobody, make_provenance

from motion.clinic import (
    PatientDetails,
    Record,
    SexForNorms,
    add_patient,
    progress_table,
    store_analysis,
)
from motion.clinic.norm_columns import NORM_COLUMNS, progress_with_norms
from motion.library import load_norms
from motion.norms import Norm, parse_norm

ROW = {
    "angle": "knee_flexion", "measure": "rom_max", "sex": "female", "age_from": "18",
    "age_to": "", "mode": "active", "position": "", "method": "goniometer", "kind": "mean_sd",
    "value_deg": "140", "sd_deg": "5", "low_deg": "", "high_deg": "", "label": "Mean",
    "source": "Someone 2000, Journal 1:1", "note": "",
}  # fmt: skip
NORM = parse_norm(ROW)
FUNCTIONAL = parse_norm(ROW | {"kind": "functional", "label": "Stairs"})


def table(record: Record, norms: tuple[Norm, ...], **details: object) -> pd.DataFrame:
    add_patient(record, PatientDetails(code="P1", sex_for_norms=SexForNorms.FEMALE, **details))
    measurements = (
        make_measurement(100.0),
        make_measurement(80.0, joint="hip"),
        make_measurement(3.0, measure="repetitions", unit="count"),
    )
    store_analysis(record, make_analysis(measurements=measurements), "P1")
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
    assert "pelvis and low back" in said["hip"]
    assert found.norm_mean.isna().all()


def test_only_columns_behind_the_last_are_new(record: Record) -> None:
    found = table(record, load_norms(), birth_year=1980)
    plain = progress_table(record, "P1")

    assert list(found.columns) == [*plain.columns, *NORM_COLUMNS]
    same = [name for name in plain.columns if not name.startswith("norm_")]
    pd.testing.assert_frame_equal(found[same], plain[same])
