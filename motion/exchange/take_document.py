"""What stands in a take file besides the landmarks, and how it becomes a live take."""

from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import Field

from motion.exchange.wire import (
    Code,
    Count,
    Day,
    Document,
    Hex,
    Moment,
    Note,
    Real,
    Score,
    Word,
    fields_of,
)
from motion.kinematics import Plane
from motion.model import (
    CoachedRepetition,
    Compensated,
    InputFile,
    LiveEnd,
    LiveFacts,
    LiveSource,
    Mirrored,
    Mode,
    ModelInfo,
    NearSide,
    NeutralPose,
    PersonReport,
    PoseRecording,
    Position,
    Provenance,
    Setting,
    Side,
    SideCounts,
    TakeConditions,
    WeightBearing,
)
from motion.settings import AnalysisSettings

__all__ = [
    "VERSION",
    "DiaryDocument",
    "TakeBody",
    "TakeDocument",
    "facts_of",
    "person_of",
    "provenance_of",
    "settings_of",
    "sides_of",
]

VERSION: Final = 1


class _Conditions(Document):
    position: Position
    mode: Mode
    setting: Setting
    weight_bearing: WeightBearing
    aid: Word
    footwear_orthosis: Word
    near_side: NearSide
    mirrored: Mirrored


class _Input(Document):
    extension: Annotated[str, Field(pattern=r"^\.?[a-z0-9]{0,10}$")]
    sha256: Hex
    frames: Count
    duration_s: Real
    rate_hz: Annotated[float, Field(ge=0, le=1000)]
    dropped: Count
    duplicated: Count
    width_px: Count
    height_px: Count


class _Model(Document):
    name: Word
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]


class _Person(Document):
    chosen_by: Word
    measured_frames: Count
    lost_frames: Count
    other_people: Count
    frames_with_others: Count
    unfollowed_looks: Count


class _Sides(Document):
    swapped_leg_frames: Count
    swapped_arm_frames: Count
    ambiguous_frames: Count
    suspicion: Note


class _Coached(Document):
    start_s: Real
    peak_s: Real
    end_s: Real
    peak_deg: Real
    side: Side
    direction: Literal[-1, 1]
    full: bool
    hold_s: Real
    set_number: Count


class _Compensated(Document):
    name: Word
    count: Count
    seconds: Real


class _Neutral(Document):
    start_s: Real
    end_s: Real
    thigh_px: Real
    shank_px: Real
    trunk_px: Real
    upper_arm_px: Real
    roll_deg: Real
    off_plane_deg: Real


class _Facts(Document):
    exercise: Word
    side: Side
    source: LiveSource
    rate_hz: Real
    dropped_frames: Count
    delay_p95_ms: Real
    end: LiveEnd
    sets_wanted: Count
    repetitions_wanted: Count
    hold_wanted_s: Annotated[float, Field(ge=0, le=3600)] = 0.0
    repetitions: Annotated[tuple[_Coached, ...], Field(max_length=5000)]
    compensations: Annotated[tuple[_Compensated, ...], Field(max_length=200)]
    difference: Note
    neutral: _Neutral | None
    pain_before: Score | None
    pain_during: Score | None
    pain_after: Score | None
    pain_pressed: bool = False
    exertion: Score | None
    note: Note


class DiaryDocument(Document):
    """An entry of the diary of exercises that are only guided."""

    id: UUID
    item_id: UUID
    done_at: Moment
    day: Day
    sets: Count
    repetitions: Count
    done: bool
    pain: Score | None
    exertion: Score | None
    note: Note


class TakeBody(Document):
    """A live take without its landmarks and without its results: they are measured again."""

    id: UUID
    item_id: UUID | None
    started_at: Moment
    movement: Word
    side: Side | None
    view: Plane | None
    joint_centres: bool
    withheld_joints: Annotated[tuple[Word, ...], Field(max_length=50)]
    go_s: Annotated[float, Field(ge=0, le=20_000)] | None
    target_deg: Annotated[float, Field(ge=-180, le=360)] | None
    conditions: _Conditions
    input: _Input
    model: _Model
    software: Word
    person: _Person
    sides: _Sides
    facts: _Facts


class TakeDocument(Document):
    """All of a take file but the landmarks; ``take`` is None of one that brings the diary only."""

    version: Literal[1] = 1
    software: Word
    made_at: Moment
    patient_code: Code
    plan_id: UUID
    secret: Hex
    take: TakeBody | None
    diary: Annotated[tuple[DiaryDocument, ...], Field(max_length=5000)]


def facts_of(body: TakeBody) -> LiveFacts:
    """Return what the take says of itself."""
    facts = body.facts
    nested: dict[str, Any] = {
        "repetitions": tuple(CoachedRepetition(**fields_of(each)) for each in facts.repetitions),
        "compensations": tuple(Compensated(**fields_of(each)) for each in facts.compensations),
        "neutral": NeutralPose(**fields_of(facts.neutral)) if facts.neutral else None,
    }
    return LiveFacts(**{**fields_of(facts), **nested})


def settings_of(body: TakeBody, withheld_joints: tuple[str, ...]) -> AnalysisSettings:
    """Return with what the take is measured again: what was chosen for it, by today's method.

    What is never measured in the patient stays so, whatever the other computer knew of it; and
    the take was made at home.
    """
    conditions = {**fields_of(body.conditions), "setting": Setting.HOME}
    return AnalysisSettings(
        movement=body.movement,
        side=body.side,
        view=body.view,
        conditions=TakeConditions(**conditions),
        joint_centres=body.joint_centres,
        withheld_joints=tuple(dict.fromkeys((*withheld_joints, *body.withheld_joints))),
        person=body.person.chosen_by,
        go_s=body.go_s,
        target_deg=body.target_deg,
    )


def provenance_of(
    body: TakeBody, settings: AnalysisSettings, recording: PoseRecording, software: str
) -> Provenance:
    """Return where the numbers come from; ``measured_at_home_by`` is what measured them there.

    Frames and rate are those of the landmarks themselves, whatever was said of them.
    """
    time_s = recording.time_s
    seen = {
        "frames": len(time_s),
        "duration_s": float(time_s[-1]),
        "rate_hz": float((len(time_s) - 1) / (time_s[-1] - time_s[0])),
        "width_px": recording.width_px,
        "height_px": recording.height_px,
    }
    return Provenance(
        input=InputFile(name="", **{**fields_of(body.input), **seen}),
        model=ModelInfo(**fields_of(body.model)),
        software=software,
        settings=(*settings.as_pairs(), ("measured_at_home_by", body.software)),
    )


def person_of(body: TakeBody) -> PersonReport:
    """Return who was measured, and who else was in view."""
    return PersonReport(**fields_of(body.person))


def sides_of(body: TakeBody) -> SideCounts:
    """Return what was put back of left and right."""
    return SideCounts(**fields_of(body.sides))
