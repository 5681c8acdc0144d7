"""What is stored comes back as it was, on both databases."""

import hashlib
import math
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from clinic_makers import (
    SAGITTAL,
    STARTED_AT,
    assert_same,
    make_analysis,
    make_events,
    make_gait,
    make_measurement,
    make_nobody,
    make_provenance,
    make_recording,
    make_repetition,
    with_digest,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motion.clinic import Record, ensure_patient, list_takes, load_take, store_analysis
from motion.clinic.tables import AuthorRow
from motion.errors import InputError, RecordError, RecordNotFoundError, SourceError
from motion.model import (
    AngleTable,
    Event,
    Gait,
    Measurement,
    MeasureVerdict,
    NearSide,
    Origin,
    PersonReport,
    Position,
    Repetition,
    RepetitionVerdict,
    Scale,
    ScaleSource,
    Side,
    SideCounts,
    Step,
    Stride,
    TakeConditions,
    TimedPhase,
    ViewPass,
    Walk,
)

numbers = st.floats(allow_nan=True, allow_infinity=True)
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
measurements = st.builds(
    Measurement,
    side=st.sampled_from(Side),
    verdict=st.sampled_from(MeasureVerdict),
    n_repetitions=st.integers(0, 1000),
    **dict.fromkeys(("measure", "joint", "motion", "unit", "mdc_source", "note"), words),
    **dict.fromkeys(("value", "sd", "sem", "mdc95", "confidence", "valid_fraction"), numbers),
)
repetitions = st.builds(
    Repetition,
    repetition=st.integers(1, 99),
    joint=words,
    motion=words,
    side=st.sampled_from(Side),
    direction=st.sampled_from((-1, 1)),
    verdict=st.sampled_from(RepetitionVerdict),
    **{f.name: numbers for f in fields(Repetition) if f.type is float},
)

counted = {"side": st.sampled_from(Side), "walk": st.integers(0, 9), "left_out": words}
events = st.builds(
    Event,
    event=words,
    origin=st.sampled_from(Origin),
    **dict.fromkeys(("time_s", "confidence"), numbers),
    **counted,
)
gaits = st.builds(
    Gait,
    walks=st.lists(
        st.builds(
            Walk,
            number=st.integers(1, 99),
            direction=words,
            near_side=st.sampled_from(NearSide),
            **dict.fromkeys(("start_s", "end_s", "speed_m_s"), numbers),
        ),
        max_size=2,
    ).map(tuple),
    steps=st.lists(
        st.builds(
            Step,
            **counted,
            **dict.fromkeys(("start_s", "end_s", "length_m", "confidence"), numbers),
        ),
        max_size=2,
    ).map(tuple),
    strides=st.lists(
        st.builds(
            Stride, **counted, **{f.name: numbers for f in fields(Stride) if f.type is float}
        ),
        max_size=2,
    ).map(tuple),
    scale=st.builds(
        Scale,
        source=st.sampled_from(ScaleSource),
        **dict.fromkeys(("m_per_unit", "relative_sd"), numbers),
    ),
    treadmill=st.booleans(),
    phases=st.lists(
        st.builds(TimedPhase, test=words, phase=words, start_s=numbers, end_s=numbers), max_size=2
    ).map(tuple),
)


def test_round_trip_is_identity(record: Record) -> None:
    ensure_patient(record, "P1")
    analysis = make_analysis()

    stored = store_analysis(record, analysis, "P1")

    assert_same(stored.analysis, analysis)
    assert_same(load_take(record, stored.id).analysis, analysis)


def test_who_was_measured_and_the_passes_come_back(record: Record) -> None:
    ensure_patient(record, "P1")
    back = replace(SAGITTAL, azimuth_deg=-88.0, facing="right")
    analysis = make_analysis(
        person=PersonReport(chosen_by="640,300@2.5", measured_frames=5, lost_frames=1),
        sides=SideCounts(swapped_leg_frames=3, ambiguous_frames=2, suspicion="the feet"),
        passes=(
            ViewPass(first=0, stop=3, start_s=0.0, end_s=0.1, view=SAGITTAL),
            ViewPass(first=4, stop=6, start_s=0.15, end_s=0.2, view=back),
        ),
    )

    stored = load_take(record, store_analysis(record, analysis, "P1").id).analysis

    assert (stored.person, stored.sides) == (analysis.person, analysis.sides)
    assert_same(stored, analysis)


@pytest.mark.parametrize("gait", [None, Gait(), make_gait(), make_gait(treadmill=True)])
def test_what_was_found_of_walking_comes_back(record: Record, gait: Gait | None) -> None:
    ensure_patient(record, "P1")
    by_hand = replace(make_events()[0], origin=Origin.BY_HAND, left_out="at the edge")
    analysis = make_analysis(gait=gait, events=(by_hand, *make_events()[1:]))

    stored = load_take(record, store_analysis(record, analysis, "P1").id).analysis

    assert_same(stored, analysis)


many_values = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@many_values
@given(found=st.lists(events, max_size=3), gait=st.one_of(st.none(), gaits))
def test_round_trip_of_any_walk(record: Record, found: list[Event], gait: Gait | None) -> None:
    ensure_patient(record, "P1")
    analysis = make_analysis(events=tuple(found), gait=gait)

    assert_same(store_analysis(record, analysis, "P1").analysis, analysis)


@many_values
@given(
    measured=st.lists(measurements, max_size=3),
    repeated=st.lists(repetitions, max_size=3),
    movement=words,
    rest_deg=numbers,
    warnings=st.lists(words, max_size=2),
    neutral=st.dictionaries(words, numbers, max_size=3),
    setting=st.one_of(numbers.filter(math.isfinite), words, st.booleans(), st.none()),
    started_at=st.datetimes(
        datetime(1970, 1, 2),
        datetime(2200, 1, 1),
        timezones=st.integers(-840, 840).map(lambda m: timezone(timedelta(minutes=m))),
    ),
)
def test_round_trip_of_any_values(
    record: Record,
    *,
    measured: list[Measurement],
    repeated: list[Repetition],
    movement: str,
    rest_deg: float,
    warnings: list[str],
    neutral: dict[str, float],
    setting: float | str | bool | None,
    started_at: datetime,
) -> None:
    ensure_patient(record, "P1")
    analysis = make_analysis(
        measurements=tuple(measured),
        repetitions=tuple(repeated),
        movement=movement,
        rest_deg=rest_deg,
        warnings=tuple(warnings),
        neutral=neutral,
        started_at=started_at,
        provenance=replace(make_provenance(), settings=(("odd", setting),)),
    )

    found = store_analysis(record, analysis, "P1").analysis

    assert_same(found, analysis)
    assert found.started_at.utcoffset() == started_at.utcoffset()


def test_numpy_numbers_are_stored_as_numbers(record: Record) -> None:
    ensure_patient(record, "P1")
    odd = replace(make_measurement(np.float32(91.5)), n_repetitions=np.int64(4))
    turned = make_repetition(np.int32(3), direction=np.int8(-1))

    stored = store_analysis(record, make_analysis(measurements=(odd,), repetitions=(turned,)), "P1")

    assert stored.analysis.measurements[0] == make_measurement(91.5, n_repetitions=4)
    assert stored.analysis.repetitions[0].direction == -1


def test_take_without_frames_or_angles(record: Record) -> None:
    ensure_patient(record, "P1")
    recording = make_recording(0)
    analysis = make_analysis(
        recording=recording, angles=AngleTable(time_s=recording.time_s, curves=())
    )

    assert_same(store_analysis(record, analysis, "P1").analysis, analysis)


def test_nobody_found_is_stored_and_said(record: Record) -> None:
    ensure_patient(record, "P1")

    stored = store_analysis(record, make_nobody(), "P1")

    (listed,) = list_takes(record, "P1")
    assert not stored.analysis.person_found
    assert listed.measurements == ()
    assert listed.note == "no person found"


def test_day_and_circumstances_make_the_session(record: Record) -> None:
    ensure_patient(record, "P1")
    late = datetime(2026, 3, 2, 23, 30, tzinfo=ZoneInfo("America/New_York"))  # 3 March in UTC

    def store(moment: datetime, position: Position = Position.STANDING) -> object:
        conditions = TakeConditions(position=position)
        analysis = make_analysis(started_at=moment, conditions=conditions)
        return store_analysis(record, analysis, "P1").session_id

    first = store(STARTED_AT)
    assert store(STARTED_AT + timedelta(hours=2)) == first
    assert store(late) == first
    assert store(STARTED_AT, Position.SITTING) != first
    assert store(STARTED_AT + timedelta(days=1)) != first


def test_videos_are_kept_only_when_given(record: Record, tmp_path: Path) -> None:
    ensure_patient(record, "P1")
    video = tmp_path / "Anna Schmidt.mp4"
    video.write_bytes(b"frames")
    digest = hashlib.sha256(b"frames").hexdigest()
    analysis = with_digest(make_analysis(), digest)

    without = store_analysis(record, analysis, "P1")
    kept = store_analysis(record, analysis, "P1", source=video, annotated=video)

    assert without.source_digest is None
    assert without.annotated_digest is None
    assert kept.source_digest == kept.annotated_digest == digest
    assert record.files.checked_path(digest).read_bytes() == b"frames"
    assert kept.analysis.provenance.input.extension == ".mp4"


def test_name_of_the_input_is_not_kept(record: Record) -> None:
    ensure_patient(record, "P1")
    provenance = make_provenance()
    named = replace(provenance, input=replace(provenance.input, name="Anna Schmidt.mp4"))

    stored = store_analysis(record, make_analysis(provenance=named), "P1")

    assert stored.analysis.provenance.input.name == ""


def test_source_must_be_what_was_analysed(record: Record, tmp_path: Path) -> None:
    ensure_patient(record, "P1")
    video = tmp_path / "other.mp4"
    video.write_bytes(b"other")

    with pytest.raises(InputError, match="not the recording that was analysed"):
        store_analysis(record, make_analysis(), "P1", source=video)
    with pytest.raises(SourceError, match=r"gone\.mp4 cannot be read"):
        store_analysis(record, make_analysis(), "P1", annotated=tmp_path / "gone.mp4")
    assert list_takes(record, "P1") == ()


def test_unknown_patient_and_naive_time_are_refused(record: Record) -> None:
    with pytest.raises(RecordNotFoundError, match="no patient has the code P9"):
        store_analysis(record, make_analysis(), "P9")
    ensure_patient(record, "P1")
    with pytest.raises(InputError, match="started_at must have a zone"):
        store_analysis(record, make_analysis(started_at=datetime(2026, 1, 1)), "P1")
    assert not list(record.files.folder.glob("[0-9a-f]*"))


def test_damaged_landmarks_are_refused(record: Record) -> None:
    ensure_patient(record, "P1")
    stored = store_analysis(record, make_analysis(), "P1")
    for path in record.files.folder.glob("[0-9a-f]*"):
        path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(RecordError, match="is damaged: its SHA-256 is"):
        load_take(record, stored.id)


def test_moments_are_utc_on_every_database(record: Record) -> None:
    patient = ensure_patient(record, "P1")

    assert patient.created_at.tzinfo == UTC
    assert abs(datetime.now(UTC) - patient.created_at) < timedelta(minutes=1)


def test_moment_without_a_zone_is_refused_by_the_column(record: Record) -> None:
    with (
        pytest.raises(RecordError, match=r"time 2026-01-01T00:00:00 must have a zone, got none"),
        record.writing() as session,
    ):
        session.add(AuthorRow(name="Bea", created_at=datetime(2026, 1, 1)))
