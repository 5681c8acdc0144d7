"""Who is measured: by a rule, or by a click in the picture."""

from types import SimpleNamespace
from typing import Any

import pytest
from page_actions import button, fill_in, finish, texts
from video_makers import numbered_video

from dashboard.components import person
from dashboard.components.person import Click
from motion.pose import parse_choice

CHOICES = ["Largest", "Centre", "Left", "Right", "Click in the picture"]


class Picture:
    """Stands where the browser shows the picture: notes what it was given, and was clicked on."""

    def __init__(self) -> None:
        self.shown: list[dict[str, Any]] = []
        self.point: dict[str, Any] | None = None

    def __call__(self, *, data: dict[str, Any], **_: Any) -> SimpleNamespace:
        self.shown.append(data)
        return SimpleNamespace(point=self.point)


@pytest.fixture
def picture(monkeypatch: pytest.MonkeyPatch) -> Picture:
    stand_in = Picture()
    monkeypatch.setattr(person, "_component", lambda: stand_in)
    return stand_in


@pytest.fixture
def film(tmp_path):
    return numbered_video(tmp_path / "clip.mp4", 30)


def choose(at, who: str):
    group = next(g for g in at.button_group if g.label == "If several people are in view")
    assert list(group.options) == CHOICES
    return group.set_value(who).run()


def test_the_largest_is_measured_unless_somebody_else_is_chosen(analyse, film, analyser):
    finish(button(fill_in(analyse, film), "Start").click().run())
    assert analyser.person == "largest"


@pytest.mark.parametrize("who", ["Centre", "Left", "Right"])
def test_a_rule_says_who_is_measured(analyse, film, analyser, who):
    at = choose(fill_in(analyse, film), who)
    finish(button(at, "Start").click().run())
    assert analyser.person == who.lower()


def test_a_click_needs_a_recording_and_then_a_click(analyse, film, picture):
    at = choose(analyse, "Click in the picture")
    assert "Choose the recording first" in texts(at)
    at = fill_in(at, film)
    assert "Still needed: a click on the person." in texts(at)
    assert button(at, "Start").disabled
    assert picture.shown[-1]["image"].startswith("data:image/jpeg;base64,")
    assert picture.shown[-1]["point"] is None


def test_who_is_clicked_on_is_measured(analyse, film, picture, analyser):
    at = choose(fill_in(analyse, film), "Click in the picture")
    at = at.slider[0].set_value(0.5).run()
    moment_s = picture.shown[-1]["time_s"]
    assert moment_s == pytest.approx(0.5, abs=0.02)
    picture.point = {"x": 0.25, "y": 0.5, "time_s": moment_s, "flipped": False}
    at = at.run()
    assert "Measured is who was clicked on at 0.5 s" in texts(at)
    finish(button(at, "Start").click().run())
    choice = parse_choice(analyser.person)
    assert (choice.x_px, choice.y_px, choice.time_s) == (40, 48, 0.5)  # of 160 x 96 pixels


def test_a_mirror_image_is_shown_turned_back(analyse, film, picture, analyser):
    picture.point = {"x": 0.25, "y": 0.5, "time_s": 0.5, "flipped": False}
    at = choose(fill_in(analyse, film), "Click in the picture")
    assert not picture.shown[-1]["flipped"]
    at = at.radio(key="mirrored").set_value("yes").run()
    assert picture.shown[-1]["flipped"]
    finish(button(at, "Start").click().run())
    assert analyser.person == "120,48@0.50"  # clicked on before it was turned


def test_the_mirror_question_says_how_to_find_out(analyse):
    assert analyse.radio(key="mirrored").value == "unknown"
    assert "raises the right hand" in texts(analyse)


def test_a_recording_that_cannot_be_looked_into_is_one_sentence(analyse, recording_file):
    at = choose(fill_in(analyse, recording_file), "Click in the picture")
    assert len(at.error) == 1
    assert button(at, "Start").disabled


@pytest.mark.parametrize(
    ("click", "flipped", "said"),
    [
        (Click(x=0.1, y=0.2, time_s=3.25, flipped=False), False, "192,216@3.25"),
        (Click(x=0.1, y=0.2, time_s=3.25, flipped=True), True, "192,216@3.25"),
        (Click(x=0.1, y=0.2, time_s=3.25, flipped=True), False, "1728,216@3.25"),
        (Click(x=1.2, y=-0.1, time_s=0.0, flipped=False), False, "1920,0@0.00"),
    ],
)
def test_a_click_is_a_place_in_the_recordings_own_pixels(click: Click, flipped: bool, said: str):
    setting = click.as_setting((1920, 1080), flipped=flipped)
    assert setting == said
    assert parse_choice(setting).time_s == click.time_s
