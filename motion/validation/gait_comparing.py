"""One measured walk against what is true of it: rows of events, parameters, steps and angles."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from motion.gait import find_interval95
from motion.model import GAIT, INITIAL_CONTACT, Analysis, Side, Step
from motion.validation.clips import KnownClip
from motion.validation.gait_matching import WITHIN_S, match_events
from motion.validation.gait_truth import KnownWalk, find_near

__all__ = [
    "compare_angles",
    "compare_events",
    "compare_parameters",
    "compare_steps",
    "list_events",
]

_ANGLES: Final = ("hip_flexion", "knee_flexion", "ankle_dorsiflexion")


def compare_events(known: KnownWalk, analysis: Analysis, source: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each true event and each found one that is none."""
    for match in match_events(known.events, analysis.events):
        if known.only_listed and match.true is None:
            continue
        yield {
            "walk": known.name,
            "group": known.group,
            "source": source,
            "event": match.event,
            "side": match.side.value,
            "limb": match.true.limb if match.true else "",
            "true_s": match.true.time_s if match.true else math.nan,
            "found_s": match.found.time_s if match.found else math.nan,
            "error_ms": match.error_ms,
            "outcome": match.outcome,
            "confidence": match.found.confidence if match.found else math.nan,
            "left_out": match.found.left_out if match.found else "",
        }


def compare_parameters(
    known: KnownWalk,
    analysis: Analysis,
    source: str,
    scale: str,
    instead: Mapping[tuple[str, Side], float] | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield a row for each parameter that is known.

    Parameters
    ----------
    scale
        Where metres came from.
    instead
        Values to compare in the place of the analysis's own means.
    """
    numbers = {(m.measure, m.side): m for m in analysis.measurements if m.joint == GAIT}
    for (measure, side), true in known.parameters.items():
        number = numbers.get((measure, side))
        found = number.value if number else math.nan
        low, high = find_interval95(number) if number else (math.nan, math.nan)
        if instead is not None:
            found, low, high = instead.get((measure, side), math.nan), math.nan, math.nan
        yield {
            "walk": known.name,
            "group": known.group,
            "source": source,
            "scale": scale,
            "measure": measure,
            "side": side.value,
            "unit": number.unit if number else "",
            "true": true,
            "found": found,
            "error": found - true,
            "error_percent": 100.0 * (found - true) / true,
            "n": number.n_repetitions if number else 0,
            "sd": number.sd if number else math.nan,
            "ci95_low": low,
            "ci95_high": high,
            "verdict": number.verdict.value if number else "",
        }


def compare_steps(
    known: KnownWalk, analysis: Analysis, source: str, scale: str
) -> Iterator[dict[str, Any]]:
    """Yield a row for each true step that is wholly in view, with the step found for it."""
    found = analysis.gait.steps if analysis.gait else ()
    for step in known.steps:
        if step.left_out or not math.isfinite(step.length_m):
            continue
        own = _find_step(step, found)
        yield {
            "walk": known.name,
            "group": known.group,
            "source": source,
            "scale": scale,
            "side": step.side.value,
            "true_s": step.time_s,
            "found_s": own.time_s if own else math.nan,
            "true_length_m": step.length_m,
            "found_length_m": own.length_m if own else math.nan,
            "error_m": own.length_m - step.length_m if own else math.nan,
            "left_out": own.left_out if own else "not found",
        }


def _find_step(true: Step, found: Sequence[Step]) -> Step | None:
    near = [
        each
        for each in found
        if each.side is true.side
        and abs(each.start_s - true.start_s) <= WITHIN_S
        and abs(each.end_s - true.end_s) <= WITHIN_S
    ]
    return min(near, key=lambda each: abs(each.end_s - true.end_s)) if near else None


def compare_angles(
    clip: KnownClip, known: KnownWalk, analysis: Analysis, source: str
) -> Iterator[dict[str, Any]]:
    """Yield a row for each leg's angle over the frames between the events in view.

    The ankle is compared from its own median, as everywhere.
    """
    times = clip.truth["time_s"].to_numpy(dtype=float)
    wanted = [each.time_s for each in known.events if each.wanted]
    walking = (times >= min(wanted)) & (times <= max(wanted)) if wanted else times < 0
    for angle in _ANGLES:
        for side in (Side.LEFT, Side.RIGHT):
            true_deg = clip.truth_of(f"{side}_{angle}")
            result_deg = analysis.angles[f"{side}_{angle}"].value_deg
            if true_deg is None:
                continue
            near = find_near(clip, side)
            for limb, chosen in (("near", walking & near), ("far", walking & ~near)):
                if not chosen.any():
                    continue
                error_deg = result_deg - true_deg
                both = chosen & np.isfinite(error_deg)
                if angle.startswith("ankle") and both.any():
                    error_deg = error_deg - np.median(result_deg[both]) + np.median(true_deg[both])
                yield {
                    "walk": known.name,
                    "group": known.group,
                    "source": source,
                    "angle": angle,
                    "side": side.value,
                    "limb": limb,
                    "frames_n": int(chosen.sum()),
                    "n": int(both.sum()),
                    "bias_deg": float(error_deg[both].mean()) if both.any() else math.nan,
                    "mae_deg": float(np.abs(error_deg[both]).mean()) if both.any() else math.nan,
                }


def list_events(recording: str, analysis: Analysis, by_eye: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each event of a recording of which nothing is known, with its step time.

    ``by_eye`` is what somebody saw who held them against the video.
    """
    steps = analysis.gait.steps if analysis.gait else ()
    step_s = {(each.side, each.end_s): each.time_s for each in steps}
    for event in analysis.events:
        contact = event.event == INITIAL_CONTACT
        yield {
            "recording": recording,
            "time_s": event.time_s,
            "side": event.side.value,
            "event": event.event,
            "step_time_s": step_s.get((event.side, event.time_s), math.nan)
            if contact
            else math.nan,
            "confidence": event.confidence,
            "left_out": event.left_out,
            "by_eye": by_eye,
        }
