"""A live screen of 640x480 on a grey camera picture, and where on it things are."""

import numpy as np
import pytest
from live_makers import make_exercise, prescribe

from motion.model import LivePose, Side
from motion.report.coach_cards import Layout
from motion.report.coach_picture import CoachPicture
from motion.texts import Texts, load_texts

WIDTH, HEIGHT = 640, 480
GREY = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
NOBODY = LivePose.nobody(0.0)


def picture(size_px=(WIDTH, HEIGHT), angle="knee_flexion", language="en", **changes):
    mirrored = changes.pop("mirrored", True)
    side = changes.pop("side", Side.LEFT)
    texts: Texts = load_texts(language)
    return CoachPicture(
        make_exercise(angle), prescribe(side, **changes), texts, size_px, mirrored=mirrored
    )


def shown_at(point: np.ndarray, *, mirrored: bool) -> np.ndarray:
    """Where a place of a 640x480 camera picture is on a 640x480 screen."""
    room = Layout(WIDTH, HEIGHT).strip_top
    scale = room / HEIGHT
    x = (WIDTH - scale * WIDTH) / 2 + scale * (WIDTH - point[0] if mirrored else point[0])
    return np.array([x, scale * point[1]])


def near(image: np.ndarray, place: np.ndarray, colour: tuple[int, int, int], within: int = 3):
    """Whether a colour is found about a place."""
    x, y = np.rint(place).astype(int)
    part = image[max(0, y - within) : y + within + 1, max(0, x - within) : x + within + 1]
    return bool(np.any(np.all(np.abs(part.astype(int) - colour) <= 12, axis=-1)))


def holds(image: np.ndarray, colour: tuple[int, int, int]) -> bool:
    room = Layout(image.shape[1], image.shape[0]).strip_top
    return bool(np.any(np.all(image[:room] == colour, axis=-1)))


def listen(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Collect every text that is asked for, with its words."""
    said: dict[str, str] = {}
    say = Texts.say

    def note(self: Texts, key: str, **values: str) -> str:
        said[key] = say(self, key, **values)
        return said[key]

    monkeypatch.setattr(Texts, "say", note)
    return said
