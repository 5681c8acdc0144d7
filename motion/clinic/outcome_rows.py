"""Scores of outcome measures as rows of the progress table."""

import math
from typing import Any, Final

from motion.clinic.baselines import baseline_verdict
from motion.clinic.outcome_change import score_text
from motion.clinic.outcome_lines import OutcomeLine, OutcomePoint, follow_outcomes
from motion.clinic.outcomes import list_outcomes
from motion.clinic.record import Record
from motion.library import load_outcome_measures
from motion.model import Side

__all__ = ["SCORE", "outcome_rows"]

SCORE: Final = "score"
"""The measure and the method of such a row."""

_DECIMALS: Final = 2


def outcome_rows(record: Record, patient_code: str) -> list[dict[str, Any]]:
    """Return one row per score; ``exercise_test`` is the instrument, the note what it is about.

    The arrow of a verdict is of two plain letters: a file is also read where no arrow is known.
    """
    lines = follow_outcomes(list_outcomes(record, patient_code), load_outcome_measures())
    return [_row(patient_code, line, point) for line in lines for point in line.points]


def _row(patient_code: str, line: OutcomeLine, point: OutcomePoint) -> dict[str, Any]:
    score, error = point.score, line.measure.error_of(line.context)
    activities = "; ".join(f"{item.text} {score_text(item.score)}" for item in score.items)
    about = line.measure.context_title(line.context)
    verdict, begins = baseline_verdict(point.verdict)
    change = math.nan if point.change is None else point.change.difference
    return {
        "patient_pseudo_id": patient_code,
        "datetime_iso": score.day.isoformat(),
        "exercise_test": score.instrument,
        "side": str(Side.NONE),
        "value": round(score.score, _DECIMALS),
        "unit": "points",
        "mdc95": math.nan if error is None else error.mdc95,
        "mdc_source": None if error is None else error.source,
        "change_baseline": round(change, _DECIMALS),
        "verdict": verdict.replace("→", "->"),
        "note": "; ".join(text for text in (about, activities, score.note, begins) if text) or None,
        "measure": SCORE,
        "method": SCORE,
    }
