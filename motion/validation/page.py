"""Writes docs/validation.md from the figures of a run: the same figures give the same text."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from motion.validation.goals import list_peers
from motion.validation.judging import describe_angles, describe_limits, describe_thresholds
from motion.validation.made_with import MadeWith
from motion.validation.markdown import paragraph, table
from motion.validation.page_angles import (
    write_goals,
    write_motions,
    write_off_plane,
    write_positions,
    write_repetitions,
    write_still,
    write_straight,
)
from motion.validation.page_gait import write_gait
from motion.validation.page_trust import write_groups, write_real, write_stated
from motion.validation.ways import WAYS

__all__ = ["write_page"]


def write_page(
    rows: pd.DataFrame,
    checks: pd.DataFrame,
    made_with: MadeWith,
    figures: Sequence[str] = (),
    gait: Mapping[str, pd.DataFrame] | None = None,
) -> str:
    """Return the page as Markdown.

    Parameters
    ----------
    rows
        Rows of ``validation.csv``, in any order.
    checks
        Rows of ``validation_recordings.csv``.
    made_with
        Version, models and settings.
    figures
        Lines that show the figures, in the order they are wanted.
    gait
        The tables of walking by name (:data:`motion.validation.gait_found.TABLES`).
    """
    order = ["truth", "clip", "angle", "side", "way"]
    rows = rows.sort_values(order, kind="stable").reset_index(drop=True)
    sections = (
        _head(rows, made_with),
        _in_short(rows),
        write_straight(rows),
        (line for figure in figures for line in (figure, "")),
        write_motions(rows),
        write_positions(rows),
        write_goals(rows),
        write_off_plane(rows),
        write_repetitions(rows),
        write_stated(rows),
        write_still(rows),
        write_groups(rows),
        write_real(rows, checks),
        write_gait(gait or {}),
        _peers(),
        _limits(),
    )
    return "\n".join(line for section in sections for line in section).rstrip() + "\n"


def _head(rows: pd.DataFrame, made_with: MadeWith) -> Iterator[str]:
    rendered = rows[rows["truth"] == "rendered"]
    yield "# Validation"
    yield ""
    yield from paragraph(
        """What this product can and cannot measure, from recordings whose answers are known. This
        page is written by `motion validate --out DIR --write-docs docs/validation.md`: change the
        product or the recordings, not the page. How the choice of the person, left and right, the
        camera's azimuth, the confidence and the speed were measured stands in
        [measured.md](measured.md)."""
    )
    kinds = "; ".join(_list_levels(rendered, column) for column in ("subject", "skin", "light"))
    clips_n = rendered["clip"].nunique()
    yield f"- **Clips**: {clips_n} of rendered people with exact joint angles ({kinds})."
    held = rendered[rendered["held_out"]]
    names = ", ".join(sorted(held["subject"].unique()))
    said = f"{names}, in {held['clip'].nunique()} clips" if names else "none of these clips"
    yield (
        f"- **Held out** of every fit: {said}. Joint centres, bands and confidence were fitted on "
        "the other bodies, on the shared clips too: their figures are those of somebody known."
    )
    yield f"- **Software**: {made_with.software}."
    for name, digest in made_with.models:
        yield f"- **Pose model**: {name}, SHA-256 `{digest or 'not recorded'}`."
    settings = ", ".join(f"{name} {value}" for name, value in made_with.settings if value != "")
    yield f"- **Settings**: {settings}."
    for way in WAYS:
        yield f"- *{way.name}*: {way.title}."
    yield "- Errors are result less truth, in degrees. Ankles are compared from their own medians."
    yield ""


def _list_levels(rows: pd.DataFrame, column: str) -> str:
    counts = rows.drop_duplicates("clip")[column].fillna("").value_counts().sort_index()
    named = ", ".join(f"{level or 'not said'} {n}" for level, n in counts.items())
    return f"{column} {named}"


def _in_short(rows: pd.DataFrame) -> Iterator[str]:
    yield "## In short"
    yield ""
    yield from describe_angles(rows)
    yield from describe_limits(rows)
    yield ""
    yield from paragraph(describe_thresholds())


def _peers() -> Iterator[str]:
    yield "## Published figures of others"
    yield ""
    yield from paragraph(
        """Other people, other movements, other references: to read beside the tables above, not to
        subtract from them."""
    )
    columns = ("measure", "what", "figure", "people", "source")
    lines = [[peer[name] or "-" for name in columns] for peer in list_peers()]
    yield from table(columns, lines)


def _limits() -> Iterator[str]:
    yield "## What these figures cannot say"
    yield ""
    yield "- Rendered people are no patients: no soft tissue, hair or cloth moves in one bare room."
    yield "- The truth uses the rendered rig's joint centres: part of a bias is that definition."
    yield "- Clips repeat one movement of one body exactly: no test-retest figure follows."
    yield "- Rotation of shoulder and hip, forearm, wrist, fingers, laxity: one camera sees none."
