"""What a visit gave: each measure left and right, their difference, and the change since before."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from dashboard import words
from dashboard.components.tables import Cell
from dashboard.other_side_words import side_verdict
from dashboard.protocol_words import titled
from motion.clinic import ProtocolRun, TakeSummary, find_hand_angle, follow
from motion.clinic.other_side import find_other_side
from motion.clinic.outcome_lines import OutcomeLine
from motion.clinic.pairs import result_measure
from motion.clinic.units import number_text
from motion.clinic.values import ManualMeasurement
from motion.clinic.wording import functional_measure_title, parameter_title, reached
from motion.exercise.protocols import PlannedStep, ProtocolStep, StepKind
from motion.kinematics import find_joint
from motion.library import find_movement, load_meaningful
from motion.model import FUNCTIONAL, GAIT, Measurement, Repetition, Side

__all__ = ["VisitData", "measurements_of_step", "result_text", "visit_rows"]

_OF_WALK: Final = ("walking_speed", "cadence", "step_length", "stance_percent")
_BEFORE: Final = "No visit before"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitData:
    """What the rows of a visit are made from.

    Parameters
    ----------
    run, planned
        The visit and its steps.
    takes
        All of the patient's, in any order.
    manual
        All of the patient's values by hand.
    pain
        The patient's lines of pain.
    affected
        The affected side; None where the record names none.
    """

    run: ProtocolRun
    planned: tuple[PlannedStep, ...]
    takes: Sequence[TakeSummary]
    manual: Sequence[ManualMeasurement]
    pain: Sequence[OutcomeLine]
    affected: Side | None = None


def measurements_of_step(
    step: ProtocolStep, side: Side, measurements: Iterable[Measurement]
) -> tuple[Measurement, ...]:
    """Return the numbers that a step is about, of all that its take holds.

    Of a walk these are speed, cadence, step length and stance; of a timed test its own number;
    else the end of the range that the movement asks for.
    """
    found = [m for m in measurements if math.isfinite(m.value)]
    tests = tuple(m for m in found if m.joint == FUNCTIONAL)
    if tests:
        return tests
    movement = find_movement(step.measure)
    if movement.gait:
        walk = (m for name in _OF_WALK for m in found if (m.joint, m.measure) == (GAIT, name))
        return tuple(walk)
    joint = find_joint(movement.counted_angle)
    wanted = (result_measure(step.measure), joint.joint, joint.motion)
    sides = (side,) if side in (Side.LEFT, Side.RIGHT) or not joint.sided else tuple(Side)
    return tuple(m for m in found if (m.measure, m.joint, m.motion) == wanted and m.side in sides)


def result_text(
    planned: PlannedStep,
    measurements: Iterable[Measurement],
    repetitions: Sequence[Repetition] = (),
) -> str:
    """Return in a few words what a step gave: ``Right knee bend: 112°, Good, 2 repetitions.``."""
    title = titled(planned.step.title, planned.side)
    found = measurements_of_step(planned.step, planned.side, measurements)
    if not found:
        return f"{title}: not measured. Do it again, or go on."
    m = found[0]
    parts = [reached(m, planned.step.measure), words.verdict(m.verdict)]
    if repetitions:
        noun = "repetition" if len(repetitions) == 1 else "repetitions"
        parts.append(f"{len(repetitions)} {noun}")
    return f"{title}: {', '.join(parts)}."


def visit_rows(data: VisitData) -> list[tuple[Cell, ...]]:
    """Return a row for each measure: its title, left, right and their difference, or one value.

    Under each value stands what it amounts to against the last comparable take before the visit.
    """
    rows: list[tuple[Cell, ...]] = []
    steps = {each.step.key: each.step for each in data.planned}
    for step in steps.values():
        if step.kind is StepKind.PAIN:
            rows += _pain_rows(step, data)
        elif step.kind is StepKind.BY_HAND:
            rows += _hand_rows(step, data)
        else:
            rows += _camera_rows(step, data)
    return rows


def _camera_rows(step: ProtocolStep, data: VisitData) -> list[tuple[Cell, ...]]:
    by_id = {take.id: take for take in data.takes}
    found: dict[str, dict[Side, tuple[TakeSummary, Measurement]]] = {}
    seen = False
    for each in data.planned:
        note = data.run.find_note(each.key)
        take = by_id.get(note.take_id) if note and note.take_id and each.step == step else None
        if take is None or take.excluded_reason is not None:
            continue
        seen = True
        for m in measurements_of_step(step, each.side, take.measurements):
            found.setdefault(m.measure, {})[m.side] = (take, m)
    if seen and not found:
        return [(step.title, words.NOT_MEASURED)]
    return [_camera_row(step, sides, data) for sides in found.values()]


def _camera_row(
    step: ProtocolStep, sides: dict[Side, tuple[TakeSummary, Measurement]], data: VisitData
) -> tuple[Cell, ...]:
    _, first = next(iter(sides.values()))
    cells = {
        side: (reached(m, step.measure), _since(take, m, data)) for side, (take, m) in sides.items()
    }
    return _row(_title(step, first), cells, _difference(sides, data))


def _title(step: ProtocolStep, m: Measurement) -> str:
    if m.joint == GAIT:
        return parameter_title(m.measure)
    if m.joint == FUNCTIONAL:
        return functional_measure_title(m.measure, Side.BOTH)
    return step.title


def _row(title: str, cells: dict[Side, tuple[str, str]], difference: Cell) -> tuple[Cell, ...]:
    once = next((cells[side] for side in (Side.BOTH, Side.NONE) if side in cells), None)
    if once is not None:
        return title, once
    return (title, cells.get(Side.LEFT, "–"), cells.get(Side.RIGHT, "–"), difference)


def _since(take: TakeSummary, m: Measurement, data: VisitData) -> str:
    """Return what a number amounts to against the last comparable one before the visit."""
    own = {note.take_id for note in data.run.notes}
    before = [t for t in data.takes if t.started_at < data.run.started_at and t.id not in own]
    named = (m.measure, m.joint, m.motion, m.side)
    slim = [
        replace(each, measurements=tuple(o for o in each.measurements if _name(o) == named))
        for each in (*before, take)
    ]
    for line in follow(slim, load_meaningful()):
        last = line.points[-1]
        if last.take.id != take.id:
            continue
        change = last.since_previous
        if change is None:
            return _BEFORE if last.verdict == "Baseline" else last.verdict
        when = line.points[-2].take.started_at
        return f"{_signed(change.difference, m.unit)} since {_day(when)}: {change.verdict}"
    return _BEFORE


def _name(m: Measurement) -> tuple[str, str, str, Side]:
    return m.measure, m.joint, m.motion, m.side


def _difference(sides: dict[Side, tuple[TakeSummary, Measurement]], data: VisitData) -> Cell:
    """Return how far the affected side is from the other; the left from the right of no such."""
    ours, theirs = _order(data.affected)
    if ours not in sides or theirs not in sides:
        return "–"
    (take, m), (other_take, other) = sides[ours], sides[theirs]
    if take.id != other_take.id and take.started_at < other_take.started_at:
        # Looked at from the later of the two: the earlier one is found then.
        found = find_other_side((other_take, take), other_take, other)
        difference = -found.difference if found else math.nan
    else:
        found = find_other_side((take, other_take), take, m)
        difference = found.difference if found else math.nan
    if found is None:
        return "Not comparable"
    return f"{_signed(difference, m.unit)} {ours}", side_verdict(found, m)


def _order(affected: Side | None) -> tuple[Side, Side]:
    return (Side.RIGHT, Side.LEFT) if affected is Side.RIGHT else (Side.LEFT, Side.RIGHT)


def _hand_rows(step: ProtocolStep, data: VisitData) -> list[tuple[Cell, ...]]:
    by_id = {each.id: each for each in data.manual}
    found: dict[Side, ManualMeasurement] = {}
    for each in data.planned:
        note = data.run.find_note(each.key)
        value = by_id.get(note.manual_id) if note and note.manual_id else None
        if each.step == step and value is not None and value.excluded_reason is None:
            found[value.side] = value
    if not found:
        return []
    cells = {
        side: (words.degrees(value.value_deg), _since_by_hand(value, data))
        for side, value in found.items()
    }
    ours, theirs = _order(data.affected)
    difference: Cell = "–"
    if ours in found and theirs in found:
        apart_deg = found[ours].value_deg - found[theirs].value_deg
        difference = (f"{words.signed_degrees(apart_deg)} {ours}", "by hand: not judged")
    return [_row(f"{find_hand_angle(step.measure).title}, by hand", cells, difference)]


def _since_by_hand(value: ManualMeasurement, data: VisitData) -> str:
    same = [
        each
        for each in data.manual
        if each.excluded_reason is None
        and each.measured_at < data.run.started_at
        and (each.measure, each.joint, each.motion, each.side, each.mode, each.instrument)
        == (value.measure, value.joint, value.motion, value.side, value.mode, value.instrument)
    ]
    if not same:
        return _BEFORE
    last = max(same, key=lambda each: each.measured_at)
    apart = words.signed_degrees(value.value_deg - last.value_deg)
    return f"{apart} since {_day(last.measured_at)}: by hand, not judged"


def _pain_rows(step: ProtocolStep, data: VisitData) -> list[tuple[Cell, ...]]:
    note = next(
        (n for p in data.planned if p.step == step and (n := data.run.find_note(p.key))), None
    )
    if note is None or note.outcome_id is None:
        return []
    for line in data.pain:
        for place, point in enumerate(line.points):
            if point.score.id == note.outcome_id:
                said = _BEFORE
                if point.since_previous is not None and place:
                    said = point.since_previous.sentence
                return [(step.title, (f"{point.score.score:.0f} of 10", said))]
    return []


def _signed(value: float, unit: str) -> str:
    text = number_text(abs(value), unit)
    if text == number_text(0.0, unit):
        return text
    return f"{'+' if value > 0 else chr(0x2212)}{text}"


def _day(moment: datetime) -> str:
    here = moment.astimezone()
    return f"{here.day} {here:%b %Y}"
