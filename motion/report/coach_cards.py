"""The plates around the live picture: number and light, repetitions, hold, tempo, words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2

from motion.report.coach_signs import WHITE_BGR, Sign, draw_disc, draw_ring, draw_sign
from motion.report.coach_text import (
    CAP_HEIGHT,
    fit_line,
    fit_words,
    line_height,
    render_plate,
    render_words,
)
from motion.report.strokes import Bgr, Picture, Point

__all__ = [
    "PERSON_SHARE",
    "Bar",
    "Layout",
    "Row",
    "draw_bar",
    "draw_middle",
    "draw_number",
    "draw_rows",
    "draw_timer",
    "draw_words",
]

PALE_BGR: Final[Bgr] = (205, 205, 205)
_DONE_BGR: Final[Bgr] = (233, 180, 86)
_WAIT_BGR: Final[Bgr] = (95, 90, 86)

PERSON_SHARE: Final = 0.78
"""Of the height that is the person's; below it stand tempo and words."""

_NUMBER_SHARE: Final = 0.14
"""Height of the number's digits in the picture; readable at three metres from a laptop."""

_NUMBER_WIDTH: Final = 2.85
_NUMBER_ROOM: Final = 0.64


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a picture of one size; all in pixels."""

    width: int
    height: int

    @property
    def side(self) -> int:
        """The shorter side, from which all but the number takes its size."""
        return min(self.width, self.height)

    @property
    def margin(self) -> int:
        """Between the picture's edge and a plate, and within a plate."""
        return max(1, round(0.02 * self.side))

    @property
    def number(self) -> int:
        """Size of the large number's font."""
        wanted = _NUMBER_SHARE * self.height / CAP_HEIGHT
        return max(1, round(min(wanted, _NUMBER_ROOM * self.width / _NUMBER_WIDTH)))

    @property
    def words(self) -> int:
        """Size of the cue's font."""
        return max(1, round(0.07 * self.side))

    @property
    def small(self) -> int:
        """Size of the font beside a sign."""
        return max(1, round(0.042 * self.side))

    @property
    def least(self) -> int:
        """Size of the smallest font."""
        return max(1, round(0.032 * self.side))

    @property
    def bar(self) -> int:
        """Height of the tempo bar."""
        return max(1, round(0.05 * self.side))

    @property
    def strip_top(self) -> int:
        """Where the strip for tempo and words begins: nothing of the person is covered by them."""
        return round(PERSON_SHARE * self.height)

    @property
    def ring(self) -> int:
        """Radius of the repetitions' ring."""
        return max(1, round(0.125 * self.side))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: its sign, or None for an empty circle."""

    text: str
    sign: Sign | None


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of the tempo bar: how long it is wanted and how much of it is over, 0 to 1."""

    text: str
    wanted_s: float
    share: float


def draw_number(image: Picture, layout: Layout, number: str, light: tuple[Sign, str, Bgr]) -> None:
    """Draw the large number at the top left, under it the light with sign and word."""
    margin, size = layout.margin, layout.number
    width = round(_NUMBER_WIDTH * size) + margin
    tall, low = round(1.06 * size), line_height(layout.small)
    render_plate(width, tall + low + margin).put(image, (margin, margin))
    digits = render_words(number, size, WHITE_BGR)
    digits.put_middle(image, (margin + width / 2, margin + tall / 2))
    sign, word, colour = light
    radius = max(2, round(0.45 * layout.small))
    y = margin + tall + low // 2
    draw_disc(image, sign, (2 * margin + radius, y), radius, colour)
    left = 3 * margin + 2 * radius
    line, fitted = fit_line(word, layout.small, margin + width - left)
    words = render_words(line, fitted, WHITE_BGR)
    words.put(image, (left, y - words.size_px[1] // 2))


def draw_timer(
    image: Picture, layout: Layout, top: int, share: float, middle: str, under: str, colour: Bgr,
) -> tuple[int, Point]:  # fmt: skip
    """Draw a ring at the right edge with words in it and under it.

    Returns where the next one may begin, and the ring's middle.
    """
    margin, radius = layout.margin, layout.ring
    width, low = 2 * (radius + margin), line_height(layout.small)
    height = 2 * radius + low + 2 * margin
    left = layout.width - margin - width
    render_plate(width, height).put(image, (left, top))
    centre = (left + width // 2, top + margin + radius)
    draw_ring(image, centre, radius, share, colour)
    line, size = fit_line(middle, round(0.8 * radius), round(1.4 * radius))
    render_words(line, size, WHITE_BGR).put_middle(image, centre)
    line, size = fit_line(under, layout.small, width - margin)
    render_words(line, size, WHITE_BGR).put_middle(
        image, (centre[0], top + margin + 2 * radius + (margin + low) / 2)
    )
    return top + height + margin, centre


def draw_words(image: Picture, layout: Layout, text: str, least: str) -> None:
    """Draw the cue in the strip at the bottom, wrapped, and a small line under it."""
    low, middle = line_height(layout.least), layout.width / 2
    top, bottom = layout.strip_top + layout.bar, layout.height - low
    if text:
        room = layout.width - 2 * layout.margin, bottom - top
        lines, size = fit_words(text, layout.words, room)
        step = line_height(size)
        first = (top + bottom - step * (len(lines) - 1)) / 2
        for number, line in enumerate(lines):
            words = render_words(line, size, WHITE_BGR)
            words.put_middle(image, (middle, first + step * number))
    if least:
        line, size = fit_line(least, layout.least, layout.width - 2 * layout.margin)
        render_words(line, size, PALE_BGR).put_middle(image, (middle, bottom + low / 2))


def draw_bar(image: Picture, layout: Layout, parts: Sequence[Bar]) -> None:
    """Draw the tempo above the words: each part as long as it is wanted, filled as it goes."""
    margin, height, top, left = layout.margin, layout.bar, layout.strip_top, float(layout.margin)
    room = layout.width - 2 * margin
    total_s = sum(part.wanted_s for part in parts)
    inset = max(1, margin // 4)
    for part in parts:
        width = room * part.wanted_s / total_s
        start, end = round(left), round(left + width)
        left = left + width
        inside = (start + inset, top + inset), (end - inset, top + height - inset)
        cv2.rectangle(image, *inside, _WAIT_BGR, -1)
        if part.share > 0:
            filled = round(inside[0][0] + (inside[1][0] - inside[0][0]) * min(part.share, 1.0))
            cv2.rectangle(image, inside[0], (filled, inside[1][1]), _DONE_BGR, -1)
            cv2.line(image, (filled, top), (filled, top + height), WHITE_BGR, 2 * inset)
        line, size = fit_line(part.text, round(0.62 * height), end - start - margin)
        place = ((start + end) / 2, top + height / 2)
        render_words(line, size, (10, 10, 10)).put_middle(image, (place[0] + 1, place[1] + 1))
        render_words(line, size, WHITE_BGR).put_middle(image, place)


def draw_rows(image: Picture, layout: Layout, rows: Sequence[Row]) -> None:
    """Draw a list at the top left: what is done is ticked, what comes now has an arrow."""
    margin, size = layout.margin, round(0.036 * layout.side)
    step, radius = line_height(size), max(2, round(0.4 * size))
    left = 3 * margin + 2 * radius
    room = layout.width - left - 2 * margin
    stamps = []
    for row in rows:
        line, fitted = fit_line(row.text, size, room)
        now = row.sign is Sign.ARROW
        stamps.append(render_words(line, fitted, WHITE_BGR if now else PALE_BGR, bold=now))
    widest = max(stamp.size_px[0] for stamp in stamps)
    render_plate(left + widest, step * len(rows) + margin).put(image, (margin, margin))
    for number, (row, stamp) in enumerate(zip(rows, stamps, strict=True)):
        y = round(1.5 * margin + step * (number + 0.5))
        middle = (2 * margin + radius, y)
        if row.sign is Sign.TICK:
            draw_disc(image, Sign.TICK, middle, radius, _DONE_BGR)
        elif row.sign is not None:
            draw_sign(image, row.sign, middle, round(1.2 * radius), WHITE_BGR)
        else:
            cv2.circle(image, middle, radius, PALE_BGR, 1, cv2.LINE_AA)
        stamp.put(image, (left, y - stamp.size_px[1] // 2))


def draw_middle(image: Picture, layout: Layout, digits: str, word: str, sign: Sign | None) -> None:
    """Draw a large plate in the middle: digits or a sign, and a word under it."""
    tall = round(0.36 * layout.side)
    line, size = fit_line(word, round(0.1 * layout.side), round(0.8 * layout.width))
    words = render_words(line, size, WHITE_BGR)
    low = line_height(size) if word else 0
    width = max(words.size_px[0], round(1.3 * tall)) + 4 * layout.margin
    height = round(1.25 * tall) + low
    x, y = layout.width / 2, layout.height / 2
    render_plate(width, height).put(image, (round(x - width / 2), round(y - height / 2)))
    upper = y - height / 2 + 0.62 * tall
    if sign is not None:
        draw_sign(image, sign, (round(x), round(upper)), round(0.5 * tall), WHITE_BGR)
    else:
        render_words(digits, round(tall), WHITE_BGR).put_middle(image, (x, upper))
    if word:
        words.put_middle(image, (x, y + height / 2 - low / 2 - layout.margin / 2))
