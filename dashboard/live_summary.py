"""What a patient reads after a live take: how much, how far, and what the difference amounts to."""

import math
from collections.abc import Iterable

from dashboard import words
from dashboard.components.take_list import main_measurement
from dashboard.dose_words import say_degrees
from motion.clinic import Outcome, TakeSummary, follow
from motion.clinic.change import is_provisional
from motion.clinic.progress import Point
from motion.exercise.holds import measure_hold_s
from motion.exercise.prescription import Dose, Prescription
from motion.library import load_meaningful
from motion.model import Analysis, LiveFacts, Measurement, RepetitionVerdict
from motion.texts import Texts

__all__ = ["summary_lines"]

_CHANGES = {
    Outcome.IMPROVED: "best_improved",
    Outcome.DECLINED: "best_declined",
    Outcome.CHANGED: "best_changed",
    Outcome.NOT_DETECTABLE: "best_within_error",
    Outcome.MAYBE_MEANINGFUL: "best_within_error",
}
_SEEN = {"Good": "light_good", "Fair": "light_fair", words.NOT_MEASURED: "light_none"}


def summary_lines(
    analysis: Analysis,
    facts: LiveFacts,
    prescription: Prescription | None,
    takes: Iterable[TakeSummary],
    texts: Texts,
) -> list[str]:
    """Return the summary, a sentence or two each.

    Parameters
    ----------
    prescription
        What was to be done; None where it is no longer known.
    takes
        The patient's takes, this one among them.
    """
    lines = [*_counts(analysis, facts, texts)]
    if facts.end.interrupted:
        lines.append(texts.say("summary.kept_until"))
    main = main_measurement(analysis.movement, analysis.measurements, analysis.repetitions)
    if main is None:
        return [*lines, texts.say("summary.not_measured")]
    lines += _reached(main, analysis, prescription, takes, texts)
    seen = _SEEN[words.confidence_of((main,))]
    return [*lines, texts.say(f"live.{seen}")]


def _counts(analysis: Analysis, facts: LiveFacts, texts: Texts) -> list[str]:
    full = [r for r in analysis.repetitions if r.verdict is RepetitionVerdict.FULL]
    asked = Dose(hold_s=facts.hold_wanted_s)
    holds_s = [measure_hold_s(r.hold_s, r.peak_s, facts.repetitions) for r in full]
    done = sum(asked.is_held(hold_s) for hold_s in holds_s)
    short = len(full) - done
    partial = sum(r.verdict is RepetitionVerdict.PARTIAL for r in analysis.repetitions)
    wanted = facts.sets_wanted * facts.repetitions_wanted
    if wanted:
        lines = [texts.say("summary.repetitions", done=str(done), wanted=str(wanted))]
    else:
        lines = [texts.say("summary.repetitions_open", done=str(done))]
    if short:
        lines.append(texts.say("summary.not_held", count=str(short)))
    if partial:
        lines.append(texts.say("summary.partial", partial=str(partial)))
    live = sum(repetition.full for repetition in facts.repetitions)
    if live != done:
        lines.append(texts.say("summary.counts_differ", live=str(live), after=str(done)))
    return lines


def _reached(
    main: Measurement,
    analysis: Analysis,
    prescription: Prescription | None,
    takes: Iterable[TakeSummary],
    texts: Texts,
) -> list[str]:
    best = {"best": say_degrees(main.value, texts)}
    if prescription is not None and math.isfinite(prescription.max_allowed_deg):
        # Farther is not better here, and is never praised (clinical_rules.md 19).
        return [texts.say("live.reached", **best)]
    point = _find_point(main, analysis, takes)
    if point is None:
        return [texts.say("summary.best", **best)]
    change = point.change
    if change is None:
        first = "best_first" if point.verdict == "Baseline" else "best_not_comparable"
        return [texts.say(f"summary.{first}", **best)]
    if change.outcome not in _CHANGES:
        return [texts.say("summary.best", **best)]
    said = words.signed_degrees(change.difference)
    lines = [texts.say(f"summary.{_CHANGES[change.outcome]}", **best, change=said)]
    if is_provisional(main.mdc_source):
        lines.append(texts.say("summary.provisional"))
    return lines


def _find_point(
    main: Measurement, analysis: Analysis, takes: Iterable[TakeSummary]
) -> Point | None:
    digest = analysis.provenance.input.sha256
    named = (main.measure, main.joint, main.motion, main.side)
    for line in follow(takes, load_meaningful()):
        m = line.measurement
        if (m.measure, m.joint, m.motion, m.side) != named:
            continue
        for point in line.points:
            if point.take.digest == digest:
                return point
    return None
