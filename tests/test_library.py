from collections.abc import Iterator
from pathlib import Path

import pytest

from motion import library
from motion.errors import InputError
from motion.kinematics import JOINTS, find_joint
from motion.library import find_movement, list_movements, load_product_figures
from motion.model import Position, ViewName
from motion.paths import reference_dir

EXERCISES = sorted(path.stem for path in (reference_dir() / "exercises").glob("*.toml"))


@pytest.fixture
def exercises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty folder of exercises that the library reads."""
    folder = tmp_path / "exercises"
    folder.mkdir()
    monkeypatch.setattr(library, "reference_dir", lambda: tmp_path)
    list_movements.cache_clear()
    yield folder
    list_movements.cache_clear()


def test_exercises_are_there() -> None:
    assert {"squat", "sit_to_stand", "seated_knee_extension", "side_bend"} <= set(EXERCISES)


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_can_be_read_and_measured(name: str) -> None:
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


def test_a_file_that_is_no_toml_is_named(exercises: Path) -> None:
    (exercises / "bad.toml").write_text('title = "no end', encoding="utf-8")

    with pytest.raises(InputError, match=r"exercise bad.toml: not readable as TOML"):
        list_movements()


def test_a_file_that_is_no_text_is_named(exercises: Path) -> None:
    (exercises / "bad.toml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(InputError, match=r"exercise bad.toml: not readable as TOML"):
        list_movements()


def test_a_file_with_a_wrong_entry_is_named(exercises: Path) -> None:
    (exercises / "lunge.toml").write_text('angles = ["knee_bend"]', encoding="utf-8")

    with pytest.raises(
        InputError, match=r"exercise lunge: angles must be some of .* got knee_bend"
    ):
        list_movements()


def test_a_file_of_the_clinics_own_is_found(exercises: Path) -> None:
    (exercises / "lunge.toml").write_text('angles = ["knee_flexion"]', encoding="utf-8")

    assert find_movement("lunge").counted_angle == "knee_flexion"


@pytest.mark.parametrize("joint", JOINTS, ids=lambda joint: joint.name)
def test_every_angle_has_an_error_figure_that_says_it_is_provisional(joint: object) -> None:
    known = find_joint(joint.name)  # type: ignore[attr-defined]
    square = load_product_figures().find(known.name, known.plane.view)
    oblique = load_product_figures().find(known.name, ViewName.OBLIQUE)

    for figure in (square, oblique):
        assert figure.source == "provisional"
        assert figure.mdc95_deg == pytest.approx(1.96 * 2**0.5 * figure.sem_deg, abs=0.06)
    assert oblique.sem_deg > square.sem_deg
