"""Adds notes in time, scores, sign-offs, seen flags, protocols; frees values by hand of takes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_WORD = sa.String(24)
_SHORT = sa.String(64)
_MANUAL = "manual_measurement"
_NEW_OF_MANUAL = ("measured_at", "zone", "position", "setting", "source")
_STANDING = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    op.add_column("patient", _flag("made_up"))
    op.add_column(
        "analysis",
        sa.Column("hand_points", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )
    op.add_column("repetition", sa.Column("origin", _WORD, nullable=False, server_default="found"))
    _free_manual()
    _create_notes()
    _create_outcomes()
    _create_protocols()


def downgrade() -> None:
    for gone in (
        *("protocol_step", "protocol_run", "outcome_item", "outcome"),
        *("flag_seen", "sign_off", "annotation"),
    ):
        op.drop_table(gone)
    # What stands beside no take has no place in the schema before.
    op.execute(sa.text(f"DELETE FROM {_MANUAL} WHERE take_id IS NULL"))
    op.drop_index("ix_manual_measurement_patient_id_measured_at", _MANUAL)
    with op.batch_alter_table(_MANUAL) as table:
        table.drop_constraint("fk_manual_measurement_patient_id", type_="foreignkey")
        for name in ("patient_id", *_NEW_OF_MANUAL):
            table.drop_column(name)
        table.alter_column("take_id", existing_type=sa.Uuid(), nullable=False)
    for table_name, name in (
        *(("repetition", "origin"), ("analysis", "hand_points"), ("patient", "made_up")),
    ):
        op.drop_column(table_name, name)  # in place: other tables point to these


def _free_manual() -> None:
    """Let a value by hand stand without a take; those of before take over what their take says."""
    columns: dict[str, sa.types.TypeEngine[Any]] = {
        "patient_id": sa.Uuid(),
        "measured_at": sa.DateTime(timezone=True),
        **dict.fromkeys(("zone", "position", "setting"), _WORD),
        "source": sa.Text(),
    }
    for name, kind in columns.items():
        op.add_column(_MANUAL, sa.Column(name, kind))
    of_take = {"patient_id": "patient_id", "measured_at": "started_at"} | {
        name: name for name in ("zone", "position", "setting")
    }
    found = ", ".join(
        f"{new} = (SELECT take.{old} FROM take WHERE take.id = {_MANUAL}.take_id)"
        for new, old in of_take.items()
    )
    op.execute(sa.text(f"UPDATE {_MANUAL} SET source = '', {found}"))
    with op.batch_alter_table(_MANUAL) as table:
        for name, kind in columns.items():
            table.alter_column(name, existing_type=kind, nullable=False)
        table.alter_column("take_id", existing_type=sa.Uuid(), nullable=True)
        table.create_foreign_key(
            "fk_manual_measurement_patient_id", "patient", ["patient_id"], ["id"]
        )
    op.create_index(
        "ix_manual_measurement_patient_id_measured_at", _MANUAL, ["patient_id", "measured_at"]
    )


def _create_notes() -> None:
    op.create_table(
        "annotation",
        *_columns_of_all("annotation"),
        _reference("annotation", "patient"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("excluded_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_annotation"),
    )
    op.create_index("ix_annotation_patient_id", "annotation", ["patient_id"])
    op.create_table(
        "sign_off",
        *_columns_of_all("sign_off"),
        _reference("sign_off", "analysis"),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_sign_off"),
    )
    op.create_index("ix_sign_off_analysis_id", "sign_off", ["analysis_id"])
    op.create_index(
        "uq_sign_off_current",
        "sign_off",
        ["analysis_id"],
        unique=True,
        sqlite_where=_STANDING,
        postgresql_where=_STANDING,
    )
    op.create_table(
        "flag_seen",
        *_columns_of_all("flag_seen"),
        _reference("flag_seen", "patient"),
        sa.Column("kind", _WORD, nullable=False),
        sa.Column("about", sa.String(128), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_flag_seen"),
        sa.UniqueConstraint(
            "patient_id", "kind", "about", name="uq_flag_seen_patient_id_kind_about"
        ),
    )


def _create_outcomes() -> None:
    op.create_table(
        "outcome",
        *_columns_of_all("outcome"),
        _reference("outcome", "patient"),
        sa.Column("instrument", _SHORT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("context", _SHORT, nullable=False),
        sa.Column("score", sa.Double()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("excluded_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_outcome"),
    )
    op.create_index("ix_outcome_patient_id_day", "outcome", ["patient_id", "day"])
    op.create_table(
        "outcome_item",
        *_keyed(),
        _reference("outcome_item", "outcome"),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outcome_item"),
    )
    op.create_index("ix_outcome_item_outcome_id", "outcome_item", ["outcome_id"])


def _create_protocols() -> None:
    op.create_table(
        "protocol_run",
        *_columns_of_all("protocol_run"),
        _reference("protocol_run", "patient"),
        sa.Column("protocol", _SHORT, nullable=False),
        sa.Column("setting", _WORD, nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_protocol_run"),
    )
    op.create_index("ix_protocol_run_patient_id", "protocol_run", ["patient_id"])
    op.create_table(
        "protocol_step",
        *_columns_of_all("protocol_step"),
        _reference("protocol_step", "protocol_run", column="run_id"),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("step", _SHORT, nullable=False),
        _reference("protocol_step", "take", nullable=True),
        _reference("protocol_step", _MANUAL, column="manual_id", nullable=True),
        _reference("protocol_step", "outcome", nullable=True),
        sa.Column("skipped_reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_protocol_step"),
        sa.UniqueConstraint("run_id", "sequence", name="uq_protocol_step_run_id_sequence"),
    )
    op.create_index("ix_protocol_step_take_id", "protocol_step", ["take_id"])


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _keyed() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def _columns_of_all(table: str) -> tuple[sa.Column[object], ...]:
    return (
        *_keyed(),
        _reference(table, "author", nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def _reference(
    table: str, to: str, *, column: str = "", nullable: bool = False
) -> sa.Column[object]:
    name = column or f"{to}_id"
    key = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{name}")
    return sa.Column(name, sa.Uuid(), key, nullable=nullable)
