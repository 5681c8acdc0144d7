"""The exercises there are: the product's as they must be, and the clinic's own beside them."""

import csv
import math
import os
from pathlib import Path

import pytest
from exercise_makers import write_own_exercise

from motion import exercise_library
from motion.errors import InputError
from motion.exercise.evidence import judge_evidence
from motion.exercise.exercises import Evidence, Region, Sides
from motion.exercise_library import list_file_movements, load_signals, own_exercises_dir
from motion.kinematics import find_joint
from motion.library import (
    find_exercise,
    find_movement,
    list_exercises,
    list_movements,
    list_unusable_exercises,
    load_evidence,
)
from motion.model import Position
from motion.paths import reference_dir

PRODUCT = {name: each for name, each in list_exercises().items() if not each.own}
UPPER_BODY = (Region.SHOULDER, Region.ELBOW, Region.TRUNK, Region.NECK)
GUIDED_LEGS = 'angles = ["knee_flexion"]\nview = "sagittal"\nrest = "low"\n'


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the clinic's own exercises; it is not there yet."""
    monkeypatch.setenv("MOTION_DATA_DIR", str(tmp_path))
    return own_exercises_dir()


def test_there_are_enough_for_every_region_and_position() -> None:
    assert len(PRODUCT) >= 34
    assert {each.region for each in PRODUCT.values()} == set(Region)
    assert {each.position for each in PRODUCT.values()} == set(Position) - {Position.UNKNOWN}
    for region in Region:
        assert sum(each.region is region for each in PRODUCT.values()) >= 3


@pytest.mark.parametrize("name", sorted(PRODUCT))
def test_every_arm_trunk_and_neck_exercise_can_be_done_seated(name: str) -> None:
    exercise = PRODUCT[name]

    if exercise.region in UPPER_BODY and exercise.position is not Position.SITTING:
        seated = PRODUCT[exercise.seated_variant]
        assert seated.position is Position.SITTING
        assert seated.region is exercise.region


@pytest.mark.parametrize("name", sorted(PRODUCT))
def test_a_seated_exercise_does_not_ask_for_legs_that_it_does_not_move(name: str) -> None:
    exercise = PRODUCT[name]

    if exercise.region in UPPER_BODY and exercise.position is Position.SITTING:
        assert not any(point.endswith(("knee", "ankle", "heel")) for point in exercise.needs)


@pytest.mark.parametrize("name", sorted(PRODUCT))
def test_what_is_measured_is_said_whole(name: str) -> None:
    exercise = PRODUCT[name]
    movement = exercise.movement

    if movement is not None:
        counted = find_joint(movement.counted_angle)
        low, high = counted.branch_deg
        span = (exercise.start_deg, exercise.target_deg)
        assert all(
            low <= value <= high for value in span if exercise.measured or not math.isnan(value)
        )
        assert exercise.sides is Sides.NONE or counted.sided
        assert find_movement(name) == movement
    assert exercise.measured == (exercise.evidence is Evidence.VALIDATED)
    assert exercise.contraindication.endswith(".")


def read_motions() -> list[dict[str, str]]:
    path = reference_dir() / "validation" / "motions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", sorted(n for n, each in PRODUCT.items() if each.measured))
def test_what_is_called_validated_was_held_against_known_answers(name: str) -> None:
    exercise = PRODUCT[name]
    rows = [load_evidence()[motion] for motion in exercise.validated_by]
    # A functional test is timed on the movement that its clips show.
    shown = "sit_to_stand" if exercise.test else name

    assert judge_evidence(rows) == ()
    assert exercise.movement is not None
    assert {row.angle for row in rows} == {exercise.movement.counted_angle}
    with_position = {row["motion"]: row["position"] for row in read_motions()}
    assert {with_position[row.motion] for row in rows} == {exercise.position}
    with_clips = {row.motion for row in load_evidence().values() if row.movement == shown}
    assert set(exercise.validated_by) == with_clips, "no clip of it is left out"


@pytest.mark.parametrize("name", sorted(n for n, each in PRODUCT.items() if not each.measured))
def test_what_is_guided_only_has_no_clips_or_clips_that_say_no(name: str) -> None:
    rows = [row for row in load_evidence().values() if row.movement == name]

    assert judge_evidence(rows) != ()


@pytest.mark.parametrize("name", sorted(PRODUCT))
def test_no_cue_is_below_twice_the_measured_error(name: str) -> None:
    for rule in PRODUCT[name].compensations:
        least = load_signals()[rule.signal].least_limit
        assert rule.limit >= least, f"{rule.signal} needs {least:.1f}"


@pytest.mark.parametrize(
    "name", ["arm_raise_forward", "arm_raise_sideways", "elbow_curl", "elbow_extension",
             "heel_curl", "knee_extension", "leg_raise_sideways", "seated_knee_extension",
             "side_bend", "sit_to_stand", "squat", "walking"],
)  # fmt: skip
def test_movements_that_others_rely_on_keep_their_names(name: str) -> None:
    assert name in list_movements()


def test_what_a_movement_measures_has_stayed() -> None:
    squat, rise, walk = map(find_movement, ("squat", "sit_to_stand", "walking"))

    assert squat.angles == ("knee_flexion", "hip_flexion", "ankle_dorsiflexion", "trunk_flexion")
    assert (squat.rest, squat.bilateral, squat.position) == ("low", True, "standing")
    assert rise.angles == ("knee_flexion", "hip_flexion", "trunk_flexion")
    assert (rise.rest, rise.note) == ("high", "One repetition is one stand and one sit.")
    assert walk.gait
    assert find_movement("seated_knee_extension").rest == "high"
    assert find_movement("side_bend").two_directions
    assert find_movement("elbow_extension").rest == "auto"


def test_walking_is_measured_but_nobody_coaches_it() -> None:
    assert "walking" in list_file_movements()
    assert "walking" not in list_exercises()


def test_the_functional_tests_are_there() -> None:
    tests = {each.test: name for name, each in PRODUCT.items() if each.test}

    assert tests == {name: name for name in tests}
    assert len(tests) == 3


def test_an_unknown_exercise_lists_those_there_are() -> None:
    with pytest.raises(InputError, match=r"exercise 'skwat': not known; choose one of .*squat"):
        find_exercise("skwat")


def test_an_exercise_of_the_clinics_own_is_found(own: Path) -> None:
    write_own_exercise("toe_touch")

    exercise = find_exercise("toe_touch")

    assert exercise.own
    assert exercise.evidence is Evidence.GUIDE
    assert list(list_exercises())[-1] == "toe_touch"
    assert "toe_touch" not in list_movements(), "it measures nothing"


def test_a_changed_file_is_read_again(own: Path) -> None:
    path = write_own_exercise("toe_touch")
    assert find_exercise("toe_touch").title == "Toe touch"

    path.write_text(path.read_text(encoding="utf-8").replace("Toe touch", "Reach for the toes"))
    os.utime(path, ns=(1, 1))
    assert find_exercise("toe_touch").title == "Reach for the toes"

    path.unlink()
    assert "toe_touch" not in list_exercises()


def write_own_curl(change: tuple[str, str] = ("", ""), same: str = "heel_curl") -> None:
    """Write a copy of the heel curl under a name of the clinic's own, with one change."""
    product = (reference_dir() / "exercises" / "heel_curl.toml").read_text(encoding="utf-8")
    assert change[0] in product
    patient = '[patient.en]\ntitle = "Mine"\nhow = "Stand. Bend."\ncare = "Stop if it hurts."\n'
    said = f'same_movement_as = "{same}"\n' if same else ""
    own_exercises_dir().mkdir(parents=True, exist_ok=True)
    text = f"{said}{product.replace(*change)}\n{patient}"
    (own_exercises_dir() / "my_curl.toml").write_text(text, encoding="utf-8")


def test_own_is_measured_where_it_is_the_very_movement_of_a_validated_one(own: Path) -> None:
    write_own_curl(("target_deg = 90", "target_deg = 60"))

    exercise = find_exercise("my_curl")

    assert exercise.measured
    assert exercise.validated_by == find_exercise("heel_curl").validated_by
    assert exercise.target_deg == 60.0


def test_own_that_names_no_movement_is_guided_only_whatever_it_says(own: Path) -> None:
    write_own_curl(same="")

    exercise = find_exercise("my_curl")

    assert exercise.evidence is Evidence.GUIDE
    assert not exercise.measured
    assert exercise.validated_by == ()
    assert "my_curl" in list_movements()


@pytest.mark.parametrize(
    "change",
    [
        ('position = "standing"', 'position = "side_lying"'),
        ('rest = "low"', 'rest = "auto"'),
        ('"knee_flexion", "hip_flexion"', '"hip_flexion", "knee_flexion"'),
    ],
)
def test_own_that_is_measured_otherwise_is_refused(own: Path, change: tuple[str, str]) -> None:
    write_own_curl(change)

    with pytest.raises(InputError, match=r"my_curl: same_movement_as is 'heel_curl', but counted"):
        find_exercise("my_curl")


@pytest.mark.parametrize("same", ["jump", "heel_slide", "walking"])
def test_own_may_only_name_what_is_measured(own: Path, same: str) -> None:
    write_own_curl(same=same)

    with pytest.raises(InputError, match=r"must name a measured exercise of the product: .*squat"):
        find_exercise("my_curl")


def test_the_product_names_clips_and_no_other_exercise() -> None:
    assert not any(exercise.same_movement_as for exercise in PRODUCT.values())


def test_a_file_of_the_clinics_that_cannot_be_used_stops_nothing_else(own: Path) -> None:
    write_own_exercise("toe_touch")
    (own / "broken.toml").write_text('title = "no end', encoding="utf-8")
    (own / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    write_own_exercise("upside_down", more='seated_variant = "nothing"')
    write_own_exercise("sideways", more='seated_variant = "squat"')
    write_own_exercise("squat")
    write_own_exercise("walking")

    assert "toe_touch" in list_exercises()
    assert not find_exercise("squat").own
    reasons = list_unusable_exercises()
    assert set(reasons) == {"broken", "bytes", "upside_down", "sideways", "squat", "walking"}
    assert "exercise broken.toml: not readable as TOML" in reasons["broken"]
    assert "exercise bytes.toml: not readable as TOML" in reasons["bytes"]
    assert "seated_variant 'nothing' does not exist" in reasons["upside_down"]
    assert "seated_variant 'squat' is done standing, not sitting" in reasons["sideways"]
    assert "the product has one of this name" in reasons["squat"]
    for reason in reasons.values():
        assert "\n" not in reason


def test_asked_for_by_name_an_unusable_file_says_why(own: Path) -> None:
    own.mkdir(parents=True)
    (own / "broken.toml").write_text('title = "no end', encoding="utf-8")

    with pytest.raises(InputError, match=r"exercise broken.toml: not readable as TOML"):
        find_exercise("broken")


def test_own_needs_texts_for_the_patient(own: Path) -> None:
    path = write_own_exercise("toe_touch")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[patient.en]", "[patient.fr]"), encoding="utf-8")

    assert (
        "[patient.en] with title, how and care is missing" in list_unusable_exercises()["toe_touch"]
    )


def test_a_broken_file_of_the_product_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "exercises").mkdir()
    for folder in ("texts", "validation", "compensations"):
        (tmp_path / folder).symlink_to(reference_dir() / folder)
    (tmp_path / "exercises" / "lunge.toml").write_text(GUIDED_LEGS, encoding="utf-8")
    monkeypatch.setattr(exercise_library, "reference_dir", lambda: tmp_path)

    with pytest.raises(InputError, match=r"^exercise lunge: title is missing; write a text$"):
        list_exercises()
