import pytest

from motion.errors import InputError
from motion.kinematics import JOINTS, find_joint
from motion.library import find_movement, list_movements, load_product_figures
from motion.model import Position, ViewName
from motion.paths import reference_dir

EXERCISES = sorted(path.stem for path in (reference_dir() / "exercises").glob("*.toml"))


def test_exercises_are_there() -> None:
    assert {"squat", "sit_to_stand", "seated_knee_extension", "side_bend"} <= set(EXERCISES)


MEASURED = [name for name in EXERCISES if name in list_movements()]


@pytest.mark.parametrize("name", MEASURED)
def test_every_exercise_with_angles_can_be_measured(name: str) -> None:
    movement = find_movement(name)
    counted = find_joint(movement.counted_angle)

    assert movement.title
    assert Position(movement.position)
    assert counted.plane.view is ViewName(movement.view), "the counted angle is seen in the view"
    assert not movement.two_directions or counted.two_directions


@pytest.mark.parametrize("joint", JOINTS, ids=lambda joint: joint.name)
def test_every_angle_is_a_movement(joint: object) -> None:
    name = joint.name  # type: ignore[attr-defined]

    assert find_movement(name).angles == (name,)
    assert find_movement(name).two_directions == find_joint(name).two_directions


def test_the_extension_of_a_seated_knee_rests_high() -> None:
    assert find_movement("seated_knee_extension").rest == "high"
    assert find_movement("sit_to_stand").rest == "high"
    assert find_movement("squat").rest == "low"


def test_an_unknown_movement_lists_those_there_are() -> None:
    with pytest.raises(InputError, match=r"movement 'skwat': not known; choose one of .*squat"):
        find_movement("skwat")


@pytest.mark.parametrize("joint", JOINTS, ids=lambda joint: joint.name)
def test_every_angle_has_an_error_figure_that_says_it_is_provisional(joint: object) -> None:
    known = find_joint(joint.name)  # type: ignore[attr-defined]
    square = load_product_figures().find(known.name, known.plane.view)
    oblique = load_product_figures().find(known.name, ViewName.OBLIQUE)

    for figure in (square, oblique):
        assert figure.source == "provisional"
        assert figure.mdc95_deg == pytest.approx(1.96 * 2**0.5 * figure.sem_deg, abs=0.06)
    assert oblique.sem_deg > square.sem_deg
