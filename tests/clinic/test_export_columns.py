"""What stands in the progress table beside the numbers: answers, scores, hands, sign-offs."""

import csv
import io
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from clinic_makers import STARTED_AT, make_analysis, make_measurement, make_provenance
from plan_makers import GUIDED, MEASURED, did, live_take, make_plan
from sqlalchemy import update

from motion.clinic import (
    ByHand,
    Instrument,
    OutcomeDetails,
    OutcomeItem,
    PatientDetails,
    Record,
    add_manual,
    add_manual_alone,
    add_outcome,
    add_patient,
    ensure_patient,
    exclude_manual,
    exclude_outcome,
    list_takes,
    progress_report,
    sign_off,
    store_analysis,
)
from motion.clinic.adherence import Adherence
from motion.clinic.answer_columns import weekly_percent
from motion.clinic.tables import PatientRow
from motion.library import load_norms
from motion.model import Position, Setting, Side
from motion.report import write_csv

KNEE = ByHand(
    measure="rom_max", joint="knee", motion="flexion", side=Side.LEFT, value_deg=95.0,
    measured_by="=cmd()",
)  # fmt: skip


def report_of(record: Record, code: str = "P1") -> pd.DataFrame:
    return progress_report(record, code, load_norms())


def put(record: Record, day: int, value: float, **changes: object):
    moment = STARTED_AT + timedelta(days=day)
    given = {
        "started_at": moment,
        "measurements": (make_measurement(value),),
        "provenance": make_provenance(f"{day:064x}"),
    }
    return store_analysis(record, make_analysis(**(given | changes)), "P1")


def test_answers_stand_at_every_number_of_their_take(record: Record) -> None:
    (item,) = make_plan(record, MEASURED)
    live_take(record, item, pain_before=2, pain_after=4, exertion=6)
    store_analysis(record, make_analysis(), "P-1")

    rows = report_of(record, "P-1")

    coached = rows[rows.exercise_test == MEASURED]
    assert len(coached) > 1
    assert set(coached.pain_before) == {2}
    assert set(coached.pain_after) == {4}
    assert set(coached.rpe) == {6}
    other = rows[rows.exercise_test != MEASURED]
    assert other[["pain_before", "pain_after", "rpe"]].isna().all(axis=None)


def test_adherence_is_of_the_week_of_the_row(record: Record) -> None:
    (item,) = make_plan(record, GUIDED)
    last_week = datetime.now().astimezone() - timedelta(days=7)
    for days_ago in range(3):
        monday = last_week - timedelta(days=last_week.weekday())
        done_at = monday + timedelta(days=days_ago, hours=1)
        did(record, item.id, done_at=done_at)
    store_analysis(record, make_analysis(started_at=last_week), "P-1")
    store_analysis(
        record,
        make_analysis(started_at=last_week - timedelta(days=400), provenance=make_provenance("1")),
        "P-1",
    )

    rows = report_of(record, "P-1")

    before, week = rows.groupby(rows.datetime_iso.str[:10], sort=True)
    assert before[1].adherence_pct.isna().all()
    assert set(week[1].adherence_pct) == {43}  # 3 of 7


def test_one_exercise_done_too_often_makes_up_for_no_other() -> None:
    def week(done: int, wanted: int) -> Adherence:
        from uuid import uuid4

        return Adherence(
            item_id=uuid4(), monday=date(2026, 3, 2), sessions_done=done,
            sessions_wanted=wanted, repetitions_done=0, repetitions_wanted=0,
        )  # fmt: skip

    assert weekly_percent([week(9, 3), week(0, 3)]) == 50.0
    assert weekly_percent([]) is None
    assert weekly_percent([week(1, 0)]) is None


def test_scores_are_rows_of_their_day(record: Record) -> None:
    ensure_patient(record, "P1")
    put(record, 0, 92.0)
    first = STARTED_AT.date() + timedelta(days=1)
    for day, stairs in ((first, 2.0), (first + timedelta(days=30), 6.0)):
        items = tuple(OutcomeItem(text=text, score=stairs) for text in ("stairs", "@kneeling", "x"))
        add_outcome(record, "P1", OutcomeDetails(instrument="psfs", day=day, items=items))
    left_out = add_outcome(
        record, "P1", OutcomeDetails(instrument="nprs", day=first, score=9.0, context="now")
    )
    exclude_outcome(record, left_out, "another patient's")

    rows = report_of(record)

    scores = rows[rows.method == "score"]
    assert list(scores.exercise_test) == ["psfs", "psfs"]
    assert list(scores.datetime_iso) == [str(first), str(first + timedelta(days=30))]
    assert (list(scores.value), list(scores.unit)) == ([2.0, 6.0], ["points", "points"])
    assert scores.verdict.iloc[0] == "Baseline"
    assert scores.verdict.iloc[1].startswith("PSFS 2 -> 6 (+4): ")
    assert scores.change_baseline.iloc[1] == 4.0
    assert "stairs 2; @kneeling 2" in scores.note.iloc[0]
    assert list(rows.datetime_iso) == sorted(rows.datetime_iso)


def test_values_by_hand_without_a_take_are_followed_by_their_instrument(record: Record) -> None:
    ensure_patient(record, "P1")
    take = put(record, 0, 92.0)
    add_manual(record, take.id, KNEE)
    said = {"position": Position.SUPINE, "setting": Setting.CLINIC}
    for day, value in ((3, 100.0), (10, 104.0)):
        angle = ByHand(
            measure="rom_max", joint="knee", motion="flexion", side=Side.LEFT, value_deg=value
        )
        add_manual_alone(
            record, "P1", angle, measured_at=STARTED_AT + timedelta(days=day), source="a.csv",
            **said,
        )  # fmt: skip
    wrong = add_manual_alone(record, "P1", KNEE, measured_at=STARTED_AT, **said)
    exclude_manual(record, wrong, "typed twice")

    rows = report_of(record)

    by_hand = rows[rows.method == Instrument.GONIOMETER.value]
    assert list(by_hand.value) == [95.0, 100.0, 104.0]
    assert by_hand.verdict.iloc[1] == "Baseline"
    assert "Not comparable: position" in by_hand.note.iloc[1]
    assert by_hand.change_baseline.iloc[2] == 4.0
    assert list(by_hand.take_id.isna()) == [False, True, True]
    assert by_hand[["view", "model", "fps"]].isna().all(axis=None)
    assert "a.csv" in by_hand.note.iloc[1]


def test_who_signed_off_and_what_was_corrected_stand_at_the_end(record: Record) -> None:
    ensure_patient(record, "P1")
    put(record, 0, 92.0)
    put(record, 1, 95.0)
    first = list_takes(record, "P1")[-1]
    sign_off(record, first.id, expected=first.analysis_id, author="A. Meyer")

    rows = report_of(record)

    assert list(rows.columns[-3:]) == ["signed_off_by", "corrected_by_hand", "made_up"]
    assert list(rows.signed_off_by.fillna("")) == ["A. Meyer", ""]
    assert rows.corrected_by_hand.isna().all()


@pytest.mark.parametrize("decimal_comma", [False, True])
def test_the_csv_reads_back_as_it_was(record: Record, tmp_path: Path, decimal_comma: bool) -> None:
    add_patient(record, PatientDetails(code="P1"))
    take = put(record, 0, -4.5, measurements=(make_measurement(-4.5, note="=1+1; ok, then"),))
    add_manual(record, take.id, KNEE)
    given = report_of(record)

    write_csv(given, tmp_path / "p.csv", decimal_comma=decimal_comma)

    raw = (tmp_path / "p.csv").read_bytes()
    form = {"sep": ";", "decimal": ","} if decimal_comma else {}
    read = pd.read_csv(io.BytesIO(raw), encoding="utf-8-sig", **form)
    assert raw.startswith(b"\xef\xbb\xbf") == decimal_comma
    assert list(read.columns) == list(given.columns)
    assert list(read.value) == [-4.5, 95.0]
    assert read.mdc95.iloc[0] == 9.7
    text = raw.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=form.get("sep", ",")))
    assert rows[0]["value"] == ("-4,5" if decimal_comma else "-4.5"), "a number, no apostrophe"
    assert [row["note"] for row in rows] == ["'=1+1; ok, then", "'=cmd()"]


@pytest.mark.parametrize(("made_up", "said"), [(True, "yes"), (False, "no")])
def test_each_row_says_whether_the_patient_is_made_up(
    record: Record, made_up: bool, said: str
) -> None:
    ensure_patient(record, "P1")
    put(record, 0, 92.0)
    put(record, 7, 99.0)
    with record.writing() as session:
        session.execute(update(PatientRow).values(made_up=made_up))

    table = report_of(record)

    assert table.columns[-1] == "made_up"
    assert list(table.made_up) == [said] * len(table)
