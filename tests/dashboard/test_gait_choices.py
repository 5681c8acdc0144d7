"""What is asked of a walk before it is measured: scale, belt, timed test; and files of markers."""

import math
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from page_actions import button, fill_in, finish, texts
from video_makers import numbered_video
from walk_takes import make_walk

from dashboard import analysing
from dashboard.components import floor
from dashboard.components.floor import FloorLine
from motion.capture import hash_file
from motion.clinic import PatientDetails, TakeKind, add_patient, list_takes, open_record
from motion.gait import GaitSettings, TimedTest


class Picture:
    """Stands where the browser shows the picture with the two ends."""

    def __init__(self) -> None:
        self.shown: list[dict[str, Any]] = []
        self.points: dict[str, Any] | None = None

    def __call__(self, *, data: dict[str, Any], **_: Any) -> SimpleNamespace:
        self.shown.append(data)
        return SimpleNamespace(points=self.points)


@pytest.fixture
def picture(monkeypatch: pytest.MonkeyPatch) -> Picture:
    stand_in = Picture()
    monkeypatch.setattr(floor, "_component", lambda: stand_in)
    return stand_in


@pytest.fixture
def film(tmp_path):
    return numbered_video(tmp_path / "clip.mp4", 30)


@pytest.fixture
def walk(analyse, analyser, film):
    """The page with a recording and a patient, and walking chosen."""
    return group(fill_in(analyse, film), "What is to be measured?").set_value("Walking").run()


def group(at, label: str):
    return next(g for g in at.button_group if g.label == label)


def box(at, label: str):
    return next(s for s in at.selectbox if s.label == label)


def number(at, label: str):
    return next(n for n in at.number_input if n.label.startswith(label))


def start(at, analyser) -> GaitSettings:
    finish(button(at, "Start").click().run())
    return analyser.gait


@pytest.fixture(autouse=True)
def remember(analyser, monkeypatch):
    """Let the stand-in for the pipeline remember what was chosen of the walk."""
    analyser.gait, analyser.movement = None, None

    def analyse_video(path, settings, **more):
        analyser.gait, analyser.movement = settings.gait, settings.movement
        return analyser(path, settings, **more)

    monkeypatch.setattr(analysing, "analyse_video", analyse_video)


def test_an_exercise_is_measured_without_choices_of_a_walk(analyse, film, analyser):
    assert start(fill_in(analyse, film), analyser) is None


def test_walking_is_no_exercise_of_the_list(analyse):
    assert "Walking" not in box(analyse, "Exercise").options


def test_walking_is_measured_without_a_scale_and_says_what_will_be_missing(walk, analyser):
    assert "step length, stride length and walking speed will be missing" in texts(walk)
    gait = start(walk, analyser)
    assert all(math.isnan(v) for v in (gait.height_m, gait.floor_m, gait.belt_m_s, gait.go_s))
    assert (gait.floor_px, gait.test, gait.events) == (None, None, None)
    assert analyser.movement == "walking"


def test_a_patients_height_is_filled_in(walk, analyser):
    with open_record() as record:
        add_patient(record, PatientDetails(code="TALL", height_cm=185.0))
    at = walk.run()
    at = at.selectbox(key="patient-code").set_value("TALL").run()
    assert number(at, "Height").value == 185.0
    assert "may be wrong by 5 to 10 %" in texts(at)
    assert start(at, analyser).height_m == 1.85


def test_a_typed_height_is_used(walk, analyser):
    assert start(number(walk, "Height").set_value(162.0).run(), analyser).height_m == 1.62


def test_a_belts_speed_is_given_in_the_unit_it_shows(walk, analyser):
    at = box(walk, "Where does the person walk?").set_value("On a treadmill").run()
    at = number(at, "Speed of the belt").set_value(5.4).run()
    assert "1.50 m/s" in texts(at)
    assert "will be missing" not in texts(at)
    gait = start(at, analyser)
    assert gait.treadmill is True
    assert gait.belt_m_s == pytest.approx(1.5)


def test_whether_it_is_a_treadmill_is_found_out_unless_said(walk, analyser):
    assert start(walk, analyser).treadmill is None


def test_a_timed_test_counts_from_go_or_says_that_it_does_not(walk, analyser):
    at = box(walk, "Timed test").set_value("Timed up and go").run()
    assert "timed from movement, not comparable with cut-offs" in texts(at)
    at = number(at, "When was GO").set_value(2.5).run()
    assert "not comparable" not in texts(at)
    gait = start(at, analyser)
    assert (gait.test, gait.go_s) == (TimedTest.TUG, 2.5)


def ask_floor(at):
    return (
        group(at, "What tells metres in the picture?")
        .set_value("A known distance on the floor")
        .run()
    )


def test_a_distance_on_the_floor_needs_its_ends_before_the_start(walk, picture, analyser):
    at = ask_floor(walk)
    assert "Still needed: the distance on the floor." in texts(at)
    assert button(at, "Start").disabled
    assert picture.shown[-1]["points"] == []
    at = number(at, "Distance in metres").set_value(4.0).run()
    picture.points = {"ends": [[0.1, 0.9]], "flipped": False}
    at = at.run()
    assert "Now click on the other end." in texts(at)
    assert button(at, "Start").disabled
    picture.points = {"ends": [[0.1, 0.9], [0.75, 0.875]], "flipped": False}
    at = at.run()
    gait = start(at, analyser)
    assert gait.floor_m == 4.0
    assert gait.floor_px == pytest.approx((16.0, 86.4, 120.0, 84.0))  # of 160 x 96 pixels
    assert math.isnan(gait.height_m)


def test_the_ends_can_be_given_as_numbers(walk, analyser):
    at = ask_floor(walk)
    at = group(at, "Its two ends").set_value("Numbers").run()
    number(at, "Distance in metres").set_value(3.0)
    for name, value in (
        ("First end, across", 10.0),
        ("First end, down", 90.0),
        ("Second end, across", 150.0),
        ("Second end, down", 88.0),
    ):
        number(at, name).set_value(value)
    assert start(at.run(), analyser).floor_px == (10.0, 90.0, 150.0, 88.0)


def test_the_floor_needs_a_recording_first(analyse):
    at = group(analyse, "What is to be measured?").set_value("Walking").run()
    assert "Choose the recording first" in texts(ask_floor(at))


def test_a_recording_that_cannot_be_looked_into_is_one_sentence(analyse, recording_file, analyser):
    at = group(fill_in(analyse, recording_file), "What is to be measured?").set_value("Walking")
    at = ask_floor(at.run())
    assert len(at.error) == 1
    assert button(at, "Start").disabled


def test_a_mirror_image_turns_the_ends_with_it(walk, picture, analyser):
    picture.points = {"ends": [[0.25, 0.5], [0.75, 0.5]], "flipped": False}
    at = number(ask_floor(walk), "Distance in metres").set_value(2.0).run()
    at = at.radio(key="mirrored").set_value("yes").run()
    assert picture.shown[-1]["flipped"]
    assert picture.shown[-1]["points"] == []  # the stand-in keeps no state
    assert start(at, analyser).floor_px == pytest.approx((120.0, 48.0, 40.0, 48.0))


@pytest.mark.parametrize(
    ("ends", "flipped", "pixels"),
    [
        (((0.1, 0.5), (0.9, 0.5)), False, (10.0, 25.0, 90.0, 25.0)),
        (((0.1, 0.5), (0.9, 0.6)), True, (90.0, 25.0, 10.0, 30.0)),
        (((-0.2, 0.5), (1.4, 0.5)), False, (0.0, 25.0, 100.0, 25.0)),
        (((0.1, 0.5),), False, None),
        ((), False, None),
    ],
)
def test_ends_are_places_in_the_analysed_picture(ends, flipped, pixels):
    found = FloorLine(ends=ends, flipped=flipped).in_pixels((100, 50), flipped=False)
    assert found == (pytest.approx(pixels) if pixels else None)


def test_no_side_is_planned_to_walk_with(walk):
    assert "Side that was planned" not in [s.label for s in walk.selectbox]
    at = group(walk, "What is to be measured?").set_value("Exercise").run()
    assert "Side that was planned" in [s.label for s in at.selectbox]


def test_a_file_of_markers_needs_no_person_and_no_scale(analyse, analyser, tmp_path, monkeypatch):
    seen = []

    def analyse_markers(path, settings):
        seen.append(settings)
        made = make_walk()
        file = replace(made.provenance.input, sha256=hash_file(path), extension="c3d")
        return replace(made, provenance=replace(made.provenance, input=file))

    monkeypatch.setattr(analysing, "analyse_markers", analyse_markers)
    path = tmp_path / "Jane Doe.c3d"
    path.write_bytes(b"markers")
    at = group(fill_in(analyse, path), "What is to be measured?").set_value("Walking").run()
    said = texts(at)
    assert "A file of markers holds one person." in said
    assert "What tells metres in the picture?" not in [g.label for g in at.button_group]
    assert "mirrored" not in [r.key for r in at.radio]
    finish(button(at, "Start").click().run())
    assert analyser.asked == 0
    assert seen[0].gait is not None
    with open_record() as record:
        (take,) = list_takes(record, "P-7")
    assert take.kind is TakeKind.MARKERS
