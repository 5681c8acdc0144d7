"""Adds plans with their rules, suggestions and diary, and what a live take says of itself."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WORD = sa.String(24)
_HEX = sa.String(64)
_MOMENT = sa.DateTime(timezone=True)
_TABLES = (
    *("plan", "plan_item", "progression_rule", "suggestion", "exercise_diary"),
    *("live_take", "coached_repetition", "compensation"),
)

_Columns = tuple[sa.Column[object], ...]


def upgrade() -> None:
    _create_plan()
    _create_items()
    _create_suggestions()
    _create_diary()
    _create_live_takes()


def downgrade() -> None:
    for name in reversed(_TABLES):
        op.drop_table(name)


def _create_plan() -> None:
    _create(
        "plan",
        *_authored("plan"),
        _reference("plan", "patient"),
        *_columns(sa.Boolean(), "standing_at_home"),
        *_columns(sa.Integer(), "pain_limit"),
        *_columns(sa.Text(), "note"),
        *_columns(_HEX, "secret", "clinic_key"),
        *_columns(sa.Date(), "guardian_consent_on", nullable=True),
        *_columns(_MOMENT, "adopted_at", "file_made_at", nullable=True),
        *_columns(_HEX, "file_digest", nullable=True),
        sa.UniqueConstraint("patient_id", name="uq_plan_patient_id"),
    )


def _create_items() -> None:
    _create(
        "plan_item",
        *_authored("plan_item"),
        _reference("plan_item", "plan"),
        *_columns(sa.Text(), "exercise", "weekdays", "note"),
        *_columns(_WORD, "side"),
        *_columns(sa.Integer(), "sets", "repetitions", "pain_limit", "times_per_week"),
        *_columns(sa.Double(), "hold_s", "rest_s", "tolerance_deg"),
        *_columns(
            sa.Double(), "raise_s", "lower_s", "target_deg", "max_allowed_deg", nullable=True
        ),
        *_columns(sa.Date(), "started_on"),
        *_columns(sa.Date(), "ended_on", nullable=True),
        *_columns(_MOMENT, "dosed_at"),
    )
    op.create_index("ix_plan_item_plan_id", "plan_item", ["plan_id"])
    _create(
        "progression_rule",
        *_authored("progression_rule"),
        _reference("progression_rule", "plan_item"),
        *_columns(sa.Boolean(), "kept"),
        *_columns(sa.Integer(), "after_sessions", "full_percent", "most_pain"),
        *_columns(_WORD, "raise_what"),
        *_columns(sa.Double(), "raise_by", "raise_up_to"),
        *_columns(_WORD, "lower_what", nullable=True),
        *_columns(sa.Double(), "lower_by", "lower_down_to", nullable=True),
        *_columns(sa.Integer(), "lower_after_sessions", "lower_percent", "lower_pain"),
        sa.UniqueConstraint("plan_item_id", name="uq_progression_rule_plan_item_id"),
    )


def _create_suggestions() -> None:
    _create(
        "suggestion",
        *_authored("suggestion"),
        _reference("suggestion", "plan_item"),
        *_columns(_WORD, "what", "decision"),
        *_columns(sa.Boolean(), "more"),
        *_columns(sa.Double(), "before", "after"),
        *_columns(sa.Text(), "reason", "decision_reason"),
        *_columns(_MOMENT, "decided_at", nullable=True),
        _reference("suggestion", "author", column="decided_by_id", nullable=True),
    )
    op.create_index("ix_suggestion_plan_item_id", "suggestion", ["plan_item_id"])
    still_open = sa.text("decided_at IS NULL")
    op.create_index(
        "uq_suggestion_open",
        "suggestion",
        ["plan_item_id"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )


def _create_diary() -> None:
    _create(
        "exercise_diary",
        *_authored("exercise_diary"),
        _reference("exercise_diary", "plan_item"),
        *_columns(_MOMENT, "done_at"),
        *_columns(sa.Date(), "day"),
        *_columns(sa.Boolean(), "done"),
        *_columns(sa.Integer(), "sets", "repetitions"),
        *_columns(sa.Integer(), "pain", "exertion", nullable=True),
        *_columns(sa.Text(), "note"),
    )
    op.create_index(
        "ix_exercise_diary_plan_item_id_done_at", "exercise_diary", ["plan_item_id", "done_at"]
    )


def _create_live_takes() -> None:
    neutral = (
        *("start_s", "end_s", "thigh_px", "shank_px", "trunk_px", "upper_arm_px"),
        *("roll_deg", "off_plane_deg"),
    )
    _create(
        "live_take",
        *_authored("live_take"),
        _reference("live_take", "take"),
        _reference("live_take", "plan_item", nullable=True),
        *_columns(sa.Text(), "exercise", "difference", "note"),
        *_columns(_WORD, "side", "source", "end"),
        *_columns(sa.Integer(), "dropped_frames", "sets_wanted", "repetitions_wanted"),
        *_columns(sa.Double(), "rate_hz", "delay_p95_ms", nullable=True),
        *_columns(sa.Double(), *(f"neutral_{name}" for name in neutral), nullable=True),
        *_columns(
            sa.Integer(), "pain_before", "pain_during", "pain_after", "exertion", nullable=True
        ),
        sa.UniqueConstraint("take_id", name="uq_live_take_take_id"),
    )
    op.create_index("ix_live_take_plan_item_id", "live_take", ["plan_item_id"])
    moments = ("start_s", "peak_s", "end_s", "peak_deg", "hold_s")
    _create(
        "coached_repetition",
        _reference("coached_repetition", "live_take"),
        *_columns(sa.Integer(), "sequence", "direction", "set_number"),
        *_columns(_WORD, "side"),
        *_columns(sa.Boolean(), "full"),
        *_columns(sa.Double(), *moments, nullable=True),
    )
    _create(
        "compensation",
        _reference("compensation", "live_take"),
        *_columns(sa.Integer(), "sequence", "count"),
        *_columns(sa.Text(), "name"),
        *_columns(sa.Double(), "seconds"),
    )
    for name in ("coached_repetition", "compensation"):
        op.create_index(f"ix_{name}_live_take_id", name, ["live_take_id"])


def _create(name: str, *parts: sa.Column[object] | sa.Constraint) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )


def _authored(table: str) -> _Columns:
    return (_reference(table, "author", nullable=True), *_columns(_MOMENT, "created_at"))


def _reference(
    table: str, to: str, *, column: str = "", nullable: bool = False
) -> sa.Column[object]:
    column = column or f"{to}_id"
    key = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{column}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)


def _columns(kind: sa.types.TypeEngine[Any], *names: str, nullable: bool = False) -> _Columns:
    return tuple(sa.Column(name, kind, nullable=nullable) for name in names)
