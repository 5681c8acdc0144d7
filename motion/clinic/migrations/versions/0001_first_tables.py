"""Creates every table of the record; later migrations only add to them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_DIGEST = sa.String(64)
_WORD = sa.String(24)


def upgrade() -> None:
    _create_people()
    _create_takes()
    _create_analyses()
    _create_findings()


def downgrade() -> None:
    for table in (
        *("edit", "event", "repetition", "measurement"),
        *("analysis", "take", "session", "patient", "author"),
    ):
        op.drop_table(table)


def _create_people() -> None:
    _create(
        "author",
        *_texts("name"),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("name", name="uq_author_name"),
    )
    _create(
        "patient",
        *_authored("patient"),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("birth_year", sa.Integer()),
        sa.Column("sex_for_norms", _WORD, nullable=False),
        sa.Column("height_cm", sa.Double()),
        sa.Column("affected_side", _WORD),
        sa.Column("operation_date", sa.Date()),
        *_texts("aids", "brace", "cast", "prosthesis_or_absent_limb", "withheld_joints"),
        *_texts("language", "precautions", "diagnosis_note"),
        sa.UniqueConstraint("code", name="uq_patient_code"),
    )
    _create(
        "edit",
        *_authored("edit"),
        sa.Column("table_name", sa.String(32), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
    )
    _index("edit", "table_name", "row_id")


def _create_takes() -> None:
    key = ("patient_id", "date", "setting", "mode", "position")
    _create(
        "session",
        *_authored("session"),
        _reference("session", "patient"),
        sa.Column("date", sa.Date(), nullable=False),
        *_words("setting", "mode", "position"),
        sa.UniqueConstraint(*key, name=f"uq_session_{'_'.join(key)}"),
    )
    _create(
        "take",
        *_authored("take"),
        *_said(),
        _reference("take", "patient"),
        _reference("take", "session"),
        *_words("kind"),
        sa.Column("digest", _DIGEST, nullable=False),
        *_texts("extension"),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("zone", sa.String(24), nullable=False),
        *_numbers("duration_s", "rate_hz"),
        *_counts("frames", "dropped", "duplicated", "width_px", "height_px"),
        sa.Column("landmarks_digest", _DIGEST, nullable=False),
        sa.Column("source_digest", _DIGEST),
        sa.Column("annotated_digest", _DIGEST),
        sa.Column("excluded_reason", sa.Text()),
    )
    _index("take", "started_at")
    _index("take", "patient_id", "started_at")
    _index("take", "patient_id", "digest")
    _index("take", "session_id")


def _create_analyses() -> None:
    _create(
        "analysis",
        *_authored("analysis"),
        *_said(),
        _reference("analysis", "take"),
        _reference("analysis", "analysis", "parent_id", nullable=True),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("person_found", sa.Boolean(), nullable=False),
        sa.Column("model_sha256", _DIGEST, nullable=False),
        *_texts("model_name", "software", "settings"),
        *_words("view_name"),
        *_numbers("view_azimuth_deg", "view_azimuth_sd_deg", "view_off_plane_deg"),
        *_numbers("view_roll_deg", "rest_deg"),
        *_texts("view_facing", "counted_on", "neutral", "warnings", "timings"),
        *_counts("incomplete_repetitions"),
        sa.Column("landmarks_digest", _DIGEST, nullable=False),
        sa.Column("angles_digest", _DIGEST, nullable=False),
        sa.Column("excluded_reason", sa.Text()),
    )
    _index("analysis", "take_id")
    op.create_index(
        "uq_analysis_current",
        "analysis",
        ["take_id"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )


def _create_findings() -> None:
    _create(
        "measurement",
        *_found("measurement"),
        *_texts("measure", "joint", "motion", "unit", "mdc_source", "note"),
        *_counts("n_repetitions"),
        *_numbers("value", "sd", "sem", "mdc95", "valid_fraction"),
        *_words("verdict"),
    )
    _create(
        "repetition",
        *_found("repetition"),
        *_texts("joint", "motion"),
        *_counts("repetition", "direction"),
        *_numbers("start_s", "peak_s", "end_s", "peak_deg", "rom_deg"),
        *_numbers("raise_s", "hold_s", "lower_s", "smoothness_sparc"),
        *_words("verdict"),
    )
    _create("event", *_found("event"), *_texts("event"), *_numbers("time_s"))
    for table in ("measurement", "repetition", "event"):
        _index(table, "analysis_id")


def _create(table: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )


def _authored(table: str) -> list[sa.Column[object]]:
    return [
        _reference(table, "author", nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
    ]


def _said() -> list[sa.Column[object]]:
    return [
        *_texts("movement", "aid", "footwear_orthosis"),
        *_words("side", "position", "mode", "setting", "weight_bearing", "near_side", "mirrored"),
    ]


def _found(table: str) -> list[sa.Column[object]]:
    return [
        _reference(table, "analysis"),
        *_counts("sequence"),
        *_words("side"),
        *_numbers("confidence"),
        sa.Column("excluded_reason", sa.Text()),
    ]


def _reference(
    table: str, to: str, column: str | None = None, *, nullable: bool = False
) -> sa.Column[object]:
    column = column or f"{to}_id"
    key = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{column}")
    return sa.Column(column, sa.Uuid(), key, nullable=nullable)


def _texts(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _words(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, _WORD, nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Double()) for name in names]


def _counts(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
