"""A take as its review draws it: the body, each measured angle, repetitions, references."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import words
from dashboard.components.replay_body import (
    angle_data,
    body_data,
    bones_of,
    is_counted_on,
    measured_landmarks,
)
from dashboard.reference_lines import ReferenceLine
from motion.model import Analysis, AngleCurve, Repetition, RepetitionVerdict, landmark_index

__all__ = ["References", "review_data"]

References = Mapping[str, Sequence[ReferenceLine]]
"""What the curves may be held against, by their names."""


def review_data(analysis: Analysis, references: References | None = None) -> dict[str, Any]:
    """Return what the browser draws of a take; angles first to last as they were measured.

    ``first`` is the place of the angle that repetitions were counted on. Of a take without any
    angle the one curve has no title.
    """
    curves = analysis.angles.measured
    names = [curve.name for curve in curves]
    known = references or {}
    return {
        **body_data(analysis),
        "bones": [bone[:2] for bone in bones_of(None)],
        "picture_px": [analysis.recording.width_px, analysis.recording.height_px],
        "curves": [_curve_data(analysis, curve, known.get(curve.name, ())) for curve in curves]
        or [_curve_data(analysis, None, ())],
        "first": names.index(analysis.counted_on) if analysis.counted_on in names else 0,
    }


def _curve_data(
    analysis: Analysis, curve: AngleCurve | None, references: Sequence[ReferenceLine]
) -> dict[str, Any]:
    return {
        **angle_data(analysis, curve),
        "name": "" if curve is None else curve.name,
        "measured": sorted(landmark_index(name) for name in measured_landmarks(curve)),
        "repetitions": [
            _repetition_data(each) for each in analysis.repetitions if is_counted_on(each, curve)
        ],
        "references": [_reference_data(line) for line in references],
    }


def _repetition_data(r: Repetition) -> dict[str, Any]:
    full = r.verdict is RepetitionVerdict.FULL
    verdict = words.repetition_verdict(r.verdict).lower()
    seen = math.isfinite(r.peak_deg)
    peak = f"peak {words.degrees(r.peak_deg)} at {words.seconds(r.peak_s)}" if seen else "no peak"
    return {
        "number": r.repetition,
        "label": f"{r.repetition}" if full else f"{r.repetition} {verdict}",
        "text": f"Repetition {r.repetition}, {verdict}: {peak}",
        "full": full,
        "start_s": r.start_s,
        "peak_s": r.peak_s,
        "end_s": r.end_s,
        "peak_deg": r.peak_deg if seen else None,
        "peak_text": words.degrees(r.peak_deg),
        "up": r.direction > 0,
    }


def _reference_data(line: ReferenceLine) -> dict[str, Any]:
    return {
        "label": line.label,
        "span": line.span,
        "source": line.source,
        "dash": line.dash,
        **{name: _known(getattr(line, name)) for name in ("value", "low", "high")},
    }


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
