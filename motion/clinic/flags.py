"""The flags of the clinic's Today page: whom to look at today and why, and who has seen it."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from motion.clinic.edits import author_id_of
from motion.clinic.flag_rules import RECENT_DAYS, SHOWN_FIRST, Occasion
from motion.clinic.flags_decline import ends_declined, find_decline, keep_declined
from motion.clinic.flags_looks import read_looks
from motion.clinic.flags_missed import find_missed
from motion.clinic.flags_pain import find_pain
from motion.clinic.flags_plans import read_felt, read_plans
from motion.clinic.flags_quality import find_low_quality
from motion.clinic.flags_results import read_results
from motion.clinic.live_tables import LiveTakeRow
from motion.clinic.pain import list_pain
from motion.clinic.patients import patient_row
from motion.clinic.plan_tables import DiaryRow, PlanItemRow, PlanRow
from motion.clinic.progress import follow
from motion.clinic.record import Record
from motion.clinic.tables import (
    AnalysisRow,
    AuthorRow,
    EditRow,
    FlagSeenRow,
    OutcomeRow,
    PatientRow,
    TakeRow,
)
from motion.clinic.values import TakeSummary
from motion.errors import RecordConflictError

__all__ = [
    "Flag",
    "FlagsStamp",
    "FoundFlags",
    "find_flags",
    "find_occasions",
    "note_flag_seen",
    "read_flags_stamp",
    "with_seen",
]

FlagsStamp = tuple[int, ...]
"""How much has been written of what the rules look at."""

FoundFlags = dict[UUID, tuple[Occasion, ...]]
"""What the rules found, by the patient's key."""

_COUNTED = (TakeRow, AnalysisRow, LiveTakeRow, DiaryRow, OutcomeRow, EditRow)
"""Of these every change is an added row, of itself or of what was changed in it."""
_WATCHED = (PatientRow, PlanRow, PlanItemRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Occasion):
    """Why a patient stands on the Today page.

    Parameters
    ----------
    patient_code, patient_name, made_up
        Who; nobody is behind a made-up patient.
    seen, seen_by, seen_at, seen_note
        Whether somebody has said of this very occasion that they saw it, who, when, and with what
        words; the name may be None.
    """

    patient_code: str
    patient_name: str = ""
    made_up: bool = False
    seen: bool = False
    seen_by: str | None = None
    seen_at: datetime | None = None
    seen_note: str = ""


def find_flags(record: Record, today: date) -> tuple[Flag, ...]:
    """Return the flags of all patients, those seen too; by kind, then the newest first.

    It is no ranking of patients, and no flag says what is wrong: each is a rule with its numbers
    (``docs/flags.md``).
    """
    return with_seen(record, find_occasions(record, today))


def find_occasions(record: Record, today: date) -> FoundFlags:
    """Return what the rules find in the record, whether or not somebody has seen it.

    It is the same until :func:`read_flags_stamp` changes or the day does.
    """
    found: defaultdict[UUID, list[Occasion]] = defaultdict(list)
    with record.reading() as session:
        plans = read_plans(session, today)
        felt = read_felt(session, today)
        looks = read_looks(session, today)
        results = read_results(session, today)
    for key, sessions in felt.items():
        found[key] += filter(None, [find_pain(sessions)])
    for key, takes in results.items():
        found[key] += _declines(record, takes, today - timedelta(days=RECENT_DAYS))
    for key, plan in plans.items():
        missed = find_missed(plan.items, today, may_be_unsent=plan.sends_files)
        found[key] += filter(None, [missed])
    for key, last in looks.items():
        found[key] += filter(None, [find_low_quality(last)])
    return {key: tuple(occasions) for key, occasions in found.items() if occasions}


def with_seen(record: Record, found: FoundFlags) -> tuple[Flag, ...]:
    """Return occasions with whose they are and who has seen them."""
    with record.reading() as session:
        of_patients = select(
            PatientRow.id, PatientRow.code, PatientRow.name, PatientRow.made_up
        ).where(PatientRow.id.in_(found))
        patients = {row.id: row for row in session.execute(of_patients)}
        seen = {
            (row.patient_id, row.kind, row.about): (row, author)
            for row, author in session.execute(
                select(FlagSeenRow, AuthorRow.name)
                .outerjoin(AuthorRow, FlagSeenRow.author_id == AuthorRow.id)
                .where(FlagSeenRow.patient_id.in_(found))
            )
        }
    flags = []
    for key, occasions in found.items():
        patient = patients[key]
        for each in occasions:
            row, author = seen.get((key, each.kind, each.about), (None, None))
            flags.append(
                Flag(
                    kind=each.kind,
                    sentence=each.sentence,
                    about=each.about,
                    since=each.since,
                    patient_code=patient.code,
                    patient_name=patient.name,
                    made_up=patient.made_up,
                    seen=row is not None,
                    seen_by=author,
                    seen_at=row.created_at if row else None,
                    seen_note=row.note if row else "",
                )
            )
    return tuple(sorted(flags, key=_place))


def note_flag_seen(
    record: Record, flag: Flag, note: str = "", *, author: str | None = None
) -> None:
    """Write down that somebody saw a flag: it is shown again only when something new happens.

    Raises
    ------
    RecordConflictError
        If somebody else said so meanwhile.
    RecordNotFoundError
        If there is no such patient.
    """
    with record.writing() as session:
        patient = patient_row(session, flag.patient_code)
        session.add(
            FlagSeenRow(
                patient_id=patient.id,
                kind=flag.kind,
                about=flag.about,
                note=note.strip(),
                author_id=author_id_of(session, author),
            )
        )
        try:
            session.flush()
        except IntegrityError as error:
            msg = (
                f"a flag of {flag.patient_code} was seen by somebody else meanwhile:"
                " load the page again"
            )
            raise RecordConflictError(msg) from error


def read_flags_stamp(record: Record) -> FlagsStamp:
    """Return what is another value after every change of what the rules look at.

    Nothing is deleted, and every change of a stored take, answer or plan writes an edit row.
    """
    counted = [select(func.count()).select_from(table).scalar_subquery() for table in _COUNTED]
    watched = [select(func.sum(table.version)).scalar_subquery() for table in _WATCHED]
    with record.reading() as session:
        row = session.execute(select(*counted, *watched)).one()
        return tuple(int(each or 0) for each in row)


def _place(flag: Flag) -> tuple[int, int, str]:
    return SHOWN_FIRST.index(flag.kind), -flag.since.toordinal(), flag.patient_code


def _declines(record: Record, takes: Collection[TakeSummary], since: date) -> Iterator[Occasion]:
    declined = [line for line in follow(keep_declined(takes)) if ends_declined(line, since)]
    alone = [line for line in declined if not line.decline_confirmed]
    pain = list_pain(record, next(iter(takes)).patient_code) if alone else ()
    yield from filter(None, (find_decline(line, pain, since) for line in declined))
