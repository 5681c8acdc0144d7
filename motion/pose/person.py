"""One person on their way through a recording: where they are expected, and who could be them."""

from collections import deque
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from motion.model import FloatArray
from motion.pose.bodies import Box, body_box, body_middle, length_of_body, measure_distance
from motion.pose.colours import difference_of_wardrobes
from motion.pose.estimator import FramePose

__all__ = ["Person"]

_JITTER: Final = 0.12
_FASTEST_PER_S: Final = 1.5
_FARTHEST: Final = 1.6
"""How far, in body lengths, a body may be from where it is expected: so much at once, so much
more for each second unseen (two metres or so), and no farther."""

_LONGEST_FORECAST_S: Final = 0.3
_SIZES: Final = (0.45, 1.4)
"""A limb that points at the camera shortens a body; nothing makes it much longer."""

_OTHER_CLOTHES: Final = 35.0
_SAME_CLOTHES: Final = 12.0
_RECOGNISED: Final = 0.5
_SAME_SIZE: Final = 1.18
_AWAY_S: Final = 1.0
_SIGHTS_N: Final = 16
_FEWEST_SIGHTS_N: Final = 4
_ALIKE: Final = 6.0
_ALIKE_PAIR: Final = 10.0
_NEWCOMER_N: Final = 15
_SETTLING_N: Final = 3
_KEPT_LENGTH: Final = 0.98
_KEPT_VELOCITY: Final = 0.7


@dataclass(slots=True, eq=False)
class Person:
    """Somebody in view, or who was.

    Parameters
    ----------
    number
        Given in the order of appearance.
    body, time_s
        The last body that was theirs, and when.
    follower
        The estimator's follower that is on them; None while they are lost.
    unsettled_n
        Frames until a body beside somebody else's is trusted again.
    restless
        The greatest strangeness of the last few frames.
    close_start
        Whether the person was found close to somebody else.
    ended
        Whether nobody can be said to be this person any more.
    path
        Times and places of the last frames.
    stage
        The part of the picture that the follower sees; None where it is the whole.
    """

    number: int
    body: FramePose
    time_s: float
    follower: int | None = None
    stage: Box | None = None
    frames_n: int = 1
    unsettled_n: int = 0
    restless: float = 0.0
    close_start: bool = False
    ended: bool = False
    path: deque[tuple[float, FloatArray]] = field(default_factory=lambda: deque(maxlen=60))
    length_px: float = 0.0
    velocity_px_s: FloatArray = field(default_factory=lambda: np.zeros(2))
    sights_n: int = 0
    wardrobe: list[FloatArray] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.length_px = self.length_px or length_of_body(self.body)

    @property
    def is_newcomer(self) -> bool:
        """Whether the person has been followed too shortly to be sure of them."""
        return self.frames_n < _NEWCOMER_N

    def unsettle(self) -> None:
        """Trust no body beside somebody else's for the next few frames."""
        self.unsettled_n = _SETTLING_N

    def expect_move(self, time_s: float) -> FloatArray:
        """Return ``(2,)`` pixels that the person has probably moved since last seen."""
        return self.velocity_px_s * min(time_s - self.time_s, _LONGEST_FORECAST_S)

    def expect_box(self, time_s: float, share: float) -> Box:
        """Return where the person should be, with a margin that grows while they are unseen."""
        unseen = min(time_s - self.time_s, 1.0)
        return body_box(self.body).moved(self.expect_move(time_s)).widened(share + 0.5 * unseen)

    def measure_strangeness(self, body: FramePose, time_s: float) -> float:
        """Return how unlikely a body is this person's next: above 1 it is not.

        The distance from where the person is expected, in what they can have moved meanwhile;
        a body of another size is nobody's next.
        """
        length_px = length_of_body(body)
        if not _SIZES[0] <= length_px / self.length_px <= _SIZES[1]:
            return float("inf")
        allowed = min(_JITTER + _FASTEST_PER_S * (time_s - self.time_s), _FARTHEST)
        moved_px = self.expect_move(time_s)
        length_px = max(self.length_px, length_px)
        return measure_distance(self.body, body, moved_px, length_px) / allowed

    def wears(self, colours: FloatArray) -> float:
        """Return the difference of clothes from the likest sight; NaN where too few are known.

        A body's colours change with its posture: one sight of somebody tells little.
        """
        if self.sights_n < _FEWEST_SIGHTS_N:
            return float("nan")
        return difference_of_wardrobes(self.wardrobe, [colours])

    def dresses_like(self, other: "Person") -> bool:
        """Return whether clothes do not tell the two apart, or are not known enough to."""
        if min(self.sights_n, other.sights_n) < _FEWEST_SIGHTS_N:
            return True
        return not difference_of_wardrobes(self.wardrobe, other.wardrobe) > _ALIKE_PAIR

    def may_be(self, body: FramePose, colours: FloatArray, time_s: float, alone: bool) -> float:
        """Return how unlikely a found body is this person, seen or lost; above 1 it is not.

        Who has been away for a second must be recognised by their clothes: somebody else may have
        come in their place. Then they may be elsewhere too, if the size is theirs or nobody else
        was ever seen. Of somebody whose clothes are not known yet, only the place can tell.
        """
        strangeness = self.measure_strangeness(body, time_s)
        clothes = self.wears(colours)
        if clothes > _OTHER_CLOTHES:
            return float("inf")
        recognised = clothes < _SAME_CLOTHES
        if recognised:
            strangeness *= _RECOGNISED
        if time_s - self.time_s < _AWAY_S or not np.isfinite(strangeness):
            return strangeness
        if not recognised:
            return strangeness if np.isnan(clothes) else float("inf")
        ratio = length_of_body(body) / self.length_px
        same_size = 1.0 / _SAME_SIZE <= ratio <= _SAME_SIZE
        return min(strangeness, 1.0) if alone or same_size else strangeness

    def move(self, body: FramePose, time_s: float) -> None:
        """Take the next body that is this person's."""
        elapsed_s = time_s - self.time_s
        if elapsed_s > 0:
            now = (body_middle(body) - body_middle(self.body)) / elapsed_s
            kept = _KEPT_VELOCITY if self.frames_n > 1 else 0.0
            self.velocity_px_s = kept * self.velocity_px_s + (1.0 - kept) * now
        self.length_px = max(self.length_px * _KEPT_LENGTH, length_of_body(body))
        self.body, self.time_s = body, time_s
        self.frames_n += 1
        self.path.append((time_s, body_middle(body)))

    def dress(self, colours: FloatArray) -> None:
        """Remember what the person wears: one sight for each posture that looks different."""
        self.sights_n += 1
        known = difference_of_wardrobes(self.wardrobe, [colours]) < _ALIKE
        if len(self.wardrobe) < _SIGHTS_N and not known:
            self.wardrobe.append(colours)
