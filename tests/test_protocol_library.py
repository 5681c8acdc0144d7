"""The protocols there are: the product's as they must be, and the clinic's own beside them."""

import os
from pathlib import Path

import pytest

from motion.errors import InputError
from motion.exercise.exercises import Sides
from motion.exercise.protocols import (
    FirstSide,
    Protocol,
    ProtocolStep,
    Region,
    StepKind,
    StepSides,
    plan_steps,
)
from motion.library import find_exercise
from motion.model import Position, Side
from motion.protocol_library import (
    find_protocol,
    list_protocols,
    list_unusable_protocols,
    own_protocols_dir,
)

PRODUCT = {name: each for name, each in list_protocols().items() if not each.own}
HEAD = 'title = "Ours"\nregion = "knee"\nabout = "What our clinic does."\n'
PAIN = '[[step]]\nkey = "pain"\ntitle = "Pain"\ndo = "pain"\nhow = "Ask."\ncontext = "now"\n'
BEND = (
    '[[step]]\nkey = "bend"\ntitle = "Bend"\ndo = "recording"\nhow = "Bend."\n'
    'movement = "heel_slide"\nseconds = 8\n'
)
CURL = (
    '[[step]]\nkey = "curl"\ntitle = "Curl"\ndo = "exercise"\nhow = "Curl."\n'
    'exercise = "heel_curl"\n'
)
HAND = (
    '[[step]]\nkey = "turn"\ntitle = "Turn"\ndo = "by_hand"\nhow = "Turn."\n'
    'angle = "hip_internal_rotation"\nposition = "sitting"\n'
)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the clinic's own protocols."""
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path))
    own_protocols_dir().mkdir()
    return own_protocols_dir()


def write(own: Path, content: str, name: str = "ours") -> Path:
    path = own / f"{name}.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_there_are_protocols_for_the_usual_visits() -> None:
    assert {"knee_replacement_visit", "shoulder_screen", "walking_check"} <= set(PRODUCT)
    for name in ("chair_and_balance", "hip_check"):
        assert find_protocol(name).steps


@pytest.mark.parametrize("name", sorted(PRODUCT))
def test_every_step_says_what_to_do_in_whole_sentences(name: str) -> None:
    for step in PRODUCT[name].steps:
        assert step.how.endswith((".", "?"))
        assert len(step.title) <= 40
        assert step.kind is StepKind.PAIN or step.position is not Position.UNKNOWN


@pytest.mark.parametrize("name", sorted(PRODUCT))
def test_only_measured_exercises_are_coached_and_on_each_side(name: str) -> None:
    for step in PRODUCT[name].steps:
        if step.kind is StepKind.EXERCISE:
            exercise = find_exercise(step.measure)
            assert exercise.measured
            assert (exercise.sides is Sides.ONE) == (step.sides is not StepSides.NONE)


def test_a_patient_turns_once_and_the_unaffected_side_comes_first() -> None:
    planned = plan_steps(find_protocol("knee_replacement_visit"), Side.LEFT)

    assert [each.key for each in planned] == [
        "pain", "bend-right", "straighten-right", "bend-left", "straighten-left", "walk",
        "stand_up",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("affected", "first", "order"),
    [
        (Side.RIGHT, FirstSide.UNAFFECTED, [Side.LEFT, Side.RIGHT]),
        (Side.RIGHT, FirstSide.AFFECTED, [Side.RIGHT, Side.LEFT]),
        (Side.LEFT, FirstSide.AFFECTED, [Side.LEFT, Side.RIGHT]),
        (None, FirstSide.UNAFFECTED, [Side.RIGHT, Side.LEFT]),
        (Side.BOTH, FirstSide.AFFECTED, [Side.RIGHT, Side.LEFT]),
    ],
)
def test_which_side_comes_first(affected: Side, first: FirstSide, order: list[Side]) -> None:
    assert [each.side for each in plan_steps(made(StepSides.BOTH, first), affected)] == order


@pytest.mark.parametrize(
    ("affected", "sides"),
    [(Side.LEFT, [Side.LEFT]), (None, [Side.RIGHT, Side.LEFT])],
)
def test_the_affected_side_alone_where_the_record_names_one(
    affected: Side | None, sides: list[Side]
) -> None:
    planned = plan_steps(made(StepSides.AFFECTED), affected)

    assert [each.side for each in planned] == sides


def made(sides: StepSides, first: FirstSide = FirstSide.UNAFFECTED) -> Protocol:
    step = ProtocolStep(key="bend", title="Bend", kind=StepKind.RECORDING, sides=sides)
    return Protocol(
        name="made", title="Made", about="", region=Region.KNEE, steps=(step,), first_side=first
    )


def test_steps_in_another_position_are_another_block(own: Path) -> None:
    write(own, HEAD + BEND + CURL)

    keys = [each.key for each in plan_steps(find_protocol("ours"), Side.LEFT)]
    assert keys == ["bend-right", "bend-left", "curl-right", "curl-left"]


def test_a_clinics_own_file_is_used_at_once_and_read_again_when_it_changes(own: Path) -> None:
    path = write(own, HEAD + PAIN)
    assert find_protocol("ours").own
    assert [each.key for each in find_protocol("ours").steps] == ["pain"]

    path.write_text(HEAD + PAIN + BEND, encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert [each.key for each in find_protocol("ours").steps] == ["pain", "bend"]
    path.unlink()
    with pytest.raises(InputError, match="protocol 'ours': not known"):
        find_protocol("ours")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("title = ", "protocol ours.toml: not readable as TOML"),
        ("", r"no \[\[step\]\] is given"),
        (HEAD + "step = 3", r"no \[\[step\]\] is given"),
        (PAIN, "protocol ours: title is missing"),
        (HEAD + "colour = 1\n" + PAIN, "unknown entry 'colour'"),
        (HEAD + 'first_side = "left"\n' + PAIN, "first_side must be one of unaffected, affected"),
        (HEAD + PAIN + PAIN, "two steps have the key 'pain'"),
        (HEAD + PAIN.replace('"pain"\nt', '"Pain now"\nt'), "step 1 .pain.: key must be small"),
        (HEAD + PAIN.replace('do = "pain"', 'do = "guess"'), "step 1: do must be one of exercise"),
        (HEAD + PAIN.replace('how = "Ask."', ""), "how is missing"),
        (HEAD + PAIN.replace("now", "monday"), "context must be one of now, rest"),
        (HEAD + PAIN + "seconds = 3", r"step 1 \(pain\): unknown entry 'seconds'"),
        (HEAD + PAIN + 'optional = "no"', "optional must be true or false, got 'no'"),
        (HEAD + BEND.replace("8", "1"), "seconds must be a number from 2 to 120, got 1"),
        (HEAD + BEND.replace("seconds = 8", ""), "seconds is missing"),
        (HEAD + BEND.replace("heel_slide", "jump"), "movement must be one of .* got 'jump'"),
        (HEAD + BEND + 'position = "standing"', "position must be supine, as heel_slide"),
        (HEAD + BEND.replace("heel_slide", "knee_flexion"), "position is missing"),
        (HEAD + BEND + 'sides = "none"', "sides must be both or affected with heel_slide"),
        (HEAD + BEND.replace("heel_slide", "walking") + 'sides = "both"', "sides must be none"),
        (HEAD + CURL.replace("heel_curl", "heel_slide"), "exercise must be one of .*'heel_slide'"),
        (HEAD + CURL + "repetitions = 0", "repetitions must be a whole number from 1 to 30"),
        (HEAD + HAND.replace("hip_internal_rotation", "hip_spin"), "angle must be one of"),
        (HEAD + HAND.replace('position = "sitting"', ""), "position is missing"),
        (HEAD + HAND + 'end = "middle"', "end must be one of rom_max, rom_min"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(own: Path, content: str, said: str) -> None:
    write(own, content)

    with pytest.raises(InputError, match=said) as raised:
        find_protocol("ours")
    assert "\n" not in str(raised.value)
    assert str(own) in str(raised.value)
    assert set(list_unusable_protocols()) == {"ours"}
    assert "ours" not in list_protocols()
    assert set(PRODUCT) <= set(list_protocols())


def test_a_file_with_a_name_of_the_products_is_not_taken_for_it(own: Path) -> None:
    write(own, HEAD + PAIN, "walking_check")

    assert "give your file another" in list_unusable_protocols()["walking_check"]
    assert not find_protocol("walking_check").own


def test_a_value_by_hand_has_a_side_where_its_angle_has_one(own: Path) -> None:
    write(own, HEAD + HAND)

    assert find_protocol("ours").steps[0].sides is StepSides.BOTH
