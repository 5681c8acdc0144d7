"""An exercise file: what it becomes, and what cannot be meant."""

import math
import re
from dataclasses import replace
from typing import Any

import pytest
from exercise_makers import GUIDED, KNOWN, WHOLE, parse
from hypothesis import given
from hypothesis import strategies as st

from motion.errors import InputError
from motion.exercise.exercise_file import parse_exercise
from motion.exercise.exercises import CompensationRule, Evidence, Region, Sides
from motion.exercise.prescription import Dose
from motion.model import Position


def test_a_file_becomes_an_exercise() -> None:
    exercise = parse(WHOLE)

    assert (exercise.name, exercise.title) == ("deep_squat", "Deep squat")
    assert (exercise.region, exercise.position) == (Region.KNEE, Position.STANDING)
    assert (exercise.evidence, exercise.validated_by) == (Evidence.VALIDATED, ("squat",))
    assert exercise.sides is Sides.BOTH
    assert exercise.measured
    assert exercise.standing
    assert (exercise.start_deg, exercise.target_deg, exercise.tolerance_deg) == (5.0, 100.0, 8.0)
    assert exercise.needs == ("shoulder", "hip", "knee", "ankle")
    assert exercise.compensations == (
        CompensationRule(signal="trunk_flexion", limit=45.0, direction=1, cue="stay_tall"),
    )
    assert exercise.pictogram.end == {"left_knee": 100.0}
    assert exercise.pictogram.prop == "chair"
    dose = exercise.dose
    assert (dose.sets, dose.repetitions, dose.hold_s, dose.rest_s) == (2, 8, 1.5, 30.0)
    assert dose.raise_s == 2.0
    assert math.isnan(dose.lower_s)


def test_what_is_measured_of_it_does_not_know_the_target() -> None:
    movement = parse(WHOLE).movement

    assert movement is not None
    assert movement.angles == ("knee_flexion", "trunk_flexion")
    assert (movement.rest, movement.bilateral, movement.view) == ("low", True, "sagittal")
    assert movement.note == "To the box."
    assert math.isnan(movement.target_deg), "what is counted does not hang on a usual target"


def test_an_exercise_may_be_guided_only() -> None:
    exercise = parse(GUIDED)

    assert exercise.movement is None
    assert not exercise.measured
    assert math.isnan(exercise.target_deg)
    assert exercise.dose.sets == Dose().sets


def test_angles_alone_do_not_make_it_measured() -> None:
    exercise = parse(WHOLE, evidence="guide", validated_by=None)

    assert exercise.movement is not None
    assert not exercise.measured


@pytest.mark.parametrize(("word", "sign"), [("more", 1), ("less", -1), ("both", 0)])
def test_directions_of_a_compensation(word: str, sign: int) -> None:
    row = {"signal": "trunk_flexion", "limit": 10, "direction": word, "cue": "stay_tall"}

    assert parse(WHOLE, compensation=[row]).compensations[0].direction == sign


ROW = {"signal": "trunk_flexion", "limit": 45, "cue": "stay_tall"}


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"angels": []}, "unknown entry 'angels'; known are angles, bilateral"),
        ({"gait": True}, "unknown entry 'gait'"),
        ({"title": None}, "title is missing; write a text"),
        ({"title": 5}, "title must be text, got 5"),
        ({"contraindication": " "}, "contraindication is missing; write a text"),
        ({"region": None}, "region is missing; choose one of shoulder, elbow"),
        ({"region": "toe"}, "region must be one of .*balance, got 'toe'"),
        ({"evidence": None}, "evidence is missing; choose one of validated, guide"),
        ({"evidence": "sure"}, "evidence must be one of validated, guide, got 'sure'"),
        ({"position": "flying"}, "position must be one of .* got 'flying'"),
        ({"position": None}, "position is missing"),
        ({"sides": "left"}, "sides must be one of one, both, none, got 'left'"),
        ({"sides": ["one"]}, r"sides must be one of .* got \['one'\]"),
        ({"validated_by": None}, "evidence = 'validated' and validated_by go together"),
        ({"evidence": "guide"}, "evidence = 'validated' and validated_by go together"),
        ({"validated_by": ["dance"]}, "validated_by must be some of squat; got 'dance'"),
        ({"angles": []}, "angles must be some of .*; got none"),
        ({"angles": ["knee_bend"]}, "angles must be some of .*; got knee_bend"),
        ({"angles": None, "view": None}, "bilateral is of use only with angles"),
        ({"view": None}, "view must be sagittal, from which knee_flexion is seen; got none"),
        ({"view": "frontal"}, "view must be sagittal, .*; got frontal"),
        ({"view": "top"}, "view must be one of sagittal, frontal, got 'top'"),
        ({"rest": "middle"}, "rest must be one of low, high, auto, got 'middle'"),
        ({"rest": "high"}, "rest is high, but target_deg 100 lies on the other side of"),
        ({"two_directions": True}, "two_directions is true, but knee_flexion has one only"),
        ({"bilateral": False}, "bilateral is false, but sides is both; bilateral = true goes"),
        ({"sides": "none"}, "sides must be one or both with knee_flexion, got none"),
        ({"start_deg": -60}, "start_deg must be a number from -40 to 170, got -60"),
        ({"target_deg": 171}, "target_deg must be a number from -40 to 170, got 171"),
        ({"target_deg": "far"}, "target_deg must be a number .* got 'far'"),
        ({"target_deg": True}, "target_deg must be a number .* got True"),
        ({"target_deg": math.nan}, "target_deg must be a number .* got nan"),
        ({"target_deg": 10}, "target_deg 10 is within tolerance_deg 8 of start_deg 5; nothing"),
        ({"tolerance_deg": 0}, "tolerance_deg must be a number from 1 to 45, got 0"),
        ({"needs": "knee"}, "needs must be some of .*; got 'knee'"),
        ({"needs": ["kneecap"]}, "needs must be some of .*; got 'kneecap'"),
        ({"needs": ["hip", "hip"]}, "needs names something twice: hip, hip"),
        ({"needs": ["hip", "knee"]}, "needs lacks 'ankle', from which knee_flexion is measured"),
        ({"test": "tug"}, "test must be one of five_sit_to_stand,.* got 'tug'"),
        ({"seated_variant": "deep_squat"}, "seated_variant names the exercise itself"),
        ({"dose": 3}, "dose: must be a table, got 3"),
        ({"dose": {"reps": 3}}, "dose: unknown entry 'reps'; known are hold_s"),
        ({"dose": {"sets": 0}}, "dose: sets must be a whole number from 1 to 20, got 0"),
        ({"dose": {"sets": 1.5}}, "dose: sets must be a whole number from 1 to 20, got 1.5"),
        ({"dose": {"sets": True}}, "dose: sets must be a whole number .* got True"),
        ({"dose": {"repetitions": 0}}, "dose: repetitions must be a whole number from 1"),
        ({"dose": {"hold_s": -1}}, "dose: hold_s must be a number from 0 to 300, got -1"),
        ({"dose": {"raise_s": 0}}, "dose: raise_s must be a number from 0.5 to 30, got 0"),
        ({"dose": {"rest_s": math.inf}}, "dose: rest_s must be a number .* got inf"),
        ({"compensation": {"signal": "x"}}, r"compensation must be written as \[\[compensation"),
        ({"compensation": [ROW | {"signal": "lean"}]}, "compensation 1: signal must be one of"),
        ({"compensation": [ROW, {}]}, "compensation 2: signal is missing"),
        ({"compensation": [ROW | {"signal": "pelvis_drop_deg"}]},
         "compensation 1: pelvis_drop_deg is seen in a frontal view, not in this sagittal"),
        ({"compensation": [ROW | {"cue": "sit_up"}]}, "compensation 1: cue 'sit_up' has no text"),
        ({"compensation": [{"signal": "trunk_flexion", "limit": 9}]},
         "compensation 1: cue is missing"),
        ({"compensation": [{"signal": "trunk_flexion", "cue": "stay_tall"}]},
         "compensation 1: limit is missing"),
        ({"compensation": [ROW | {"limit": 0}]}, "compensation 1: limit must be a number"),
        ({"compensation": [ROW | {"direction": 1}]}, "compensation 1: direction must be one of"),
        ({"compensation": ["lean"]}, "compensation 1: must be a table, got 'lean'"),
        ({"pictogram": {"view": "top"}}, "pictogram: view must be one of side, front"),
        ({"pictogram": {"prop": "ball"}}, "pictogram: prop must be one of chair,"),
        ({"pictogram": {"end": {"knee": 5}}}, "pictogram end: unknown entry 'knee'"),
        ({"pictogram": {"start": {"head": 300}}}, "pictogram start: head must be a number from"),
        ({"patient": 5}, "patient: must be a table, got 5"),
        ({"patient": {"en": {"title": "T", "how": "H"}}}, "patient.en: care is missing"),
        ({"patient": {"English": {}}}, "patient: 'English' is no language; write en, de"),
        ({"patient": {"en": {"name": "T"}}}, "patient.en: unknown entry 'name'"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_named_in_one_line(change: dict[str, Any], part: str) -> None:
    with pytest.raises(InputError, match=f"^exercise deep_squat[:,] {part}") as caught:
        parse(WHOLE, **change)

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("key", ["start_deg", "target_deg", "tolerance_deg", "rest", "view"])
def test_what_is_measured_needs_angles(key: str) -> None:
    with pytest.raises(InputError, match=f"^exercise deep_squat: {key} is of use only with angles"):
        parse(GUIDED, **{key: WHOLE[key]})


def test_nothing_that_is_not_measured_is_validated() -> None:
    with pytest.raises(InputError, match="evidence is validated, but no angles are named"):
        parse(GUIDED, evidence="validated", validated_by=["squat"])


def test_a_limit_below_twice_the_measured_error_is_refused() -> None:
    errs = {n: replace(signal, error=3.1) for n, signal in KNOWN.signals.items()}
    known = replace(KNOWN, signals=errs)
    rows = [ROW | {"limit": 6}]

    with pytest.raises(InputError, match=r"limit 6 is below twice .* trunk_flexion; at least 6.2"):
        parse_exercise("deep_squat", WHOLE | {"compensation": rows}, known)
    assert parse_exercise("deep_squat", WHOLE | {"compensation": [ROW | {"limit": 6.2}]}, known)


TABLES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(key=st.sampled_from(sorted(WHOLE)), value=TABLES)
def test_whatever_stands_in_an_entry_it_is_taken_or_refused_in_one_line(
    key: str, value: object
) -> None:
    try:
        parse_exercise("deep_squat", WHOLE | {key: value}, KNOWN)
    except InputError as error:
        assert re.fullmatch(r"exercise deep_squat[:,] .+", str(error))  # noqa: PT017
