"""Everybody in view from frame to frame, each under a number of their own."""

from dataclasses import replace
from typing import Final

import numpy as np

from motion.capture.frames import Image
from motion.model import FloatArray
from motion.pose.bodies import ON_ANOTHER, SAME_BODY, Box, body_box, measure_distance
from motion.pose.colours import difference_of_colours, read_colours
from motion.pose.crowd import Crowd
from motion.pose.estimator import FramePose, PoseEstimator
from motion.pose.looks import black_out, find_others, is_body, list_tiles
from motion.pose.person import Person
from motion.pose.seen import HeldFrames, SeenFrame
from motion.pose.stage import follow_on_stage, set_stage
from motion.pose.turns import Turns

__all__ = ["LOOK_EVERY_N", "PeopleWatcher"]

LOOK_EVERY_N: Final = 30
"""Frames between two looks for others, each at one end of a wide picture: where most has changed,
else each in turn. An upright picture is looked at as a whole, every 60 frames. A look takes some
two thirds of a frame's time, so that one person alone costs three percent more. Where the picture
changes beside the known people a look comes sooner."""

_CHECK_EVERY_N: Final = 5
_SOONEST_N: Final = 10
_DRESS_EVERY_N: Final = 10
_FRUITLESS_N: Final = 3

_FIRST_LOOK_N: Final = 10
_HOLD_N: Final = 2 * LOOK_EVERY_N + 8
_LOOK_WHEN_MISSED_N: Final = 8
_LOOK_IN_DOUBT_N: Final = 4
_MOST_FOLLOWED_N: Final = 3
_GIVEN_UP_S: Final = 0.3
_AGREES: Final = 0.3
_CLOSE: Final = 0.35
_OTHER_CLOTHES: Final = 25.0
_FAILURES_N: Final = 3


class PeopleWatcher:
    """Follows everybody in view: one at full speed, several when there are several.

    One person alone is followed over the whole picture. Every :data:`LOOK_EVERY_N` frames, and
    as soon as the body jumps or is lost, a look finds who else is there; found bodies are
    assigned to people who are missing (Kuhn 1955, as ``scipy.optimize.linear_sum_assignment``).
    Somebody new, found twice, gets a follower of their own, which sees only the part of the
    picture around them. Of two people on one body the likelier keeps it; the other is hidden
    and has none. :class:`motion.pose.crowd.Crowd` holds the rules of who is who.

    Parameters
    ----------
    estimator
        Follows and finds bodies.
    looks_back
        Whether frames are held back for a while, so that who is found can be followed back to
        where they came in. Live, it is off: frames are given at once.
    """

    def __init__(self, estimator: PoseEstimator, *, looks_back: bool) -> None:
        self._estimator = estimator
        self._looks_back = looks_back
        self._crowd = Crowd()
        self._held = HeldFrames(_HOLD_N if looks_back else 0)
        self._sighted: list[FramePose] = []
        self._since_look_n = 0
        self._wants_look = False
        self._turns = Turns()
        self._fruitless_n = 0
        self.unfollowed_n = 0
        """How often somebody was sighted who was not followed then."""

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody seen so far, in the order of appearance."""
        return tuple(self._crowd.people)

    def watch(self, image_rgb: Image, time_s: float) -> list[SeenFrame]:
        """Take the next frame; return the frames that are settled, in order."""
        frame = SeenFrame(time_s, {}, image_rgb)
        self._follow_all(frame)
        self._separate(frame)
        self._since_look_n += 1
        if self._is_look_due(frame):
            self._look(frame)
        for person in self._crowd.followed:
            body = frame.bodies.get(person.number)
            if body is None:
                continue
            number = person.number
            clear = len(self._crowd.people) == 1 or self._crowd.is_clear(person, body, frame)
            if not clear or person.number != number:
                frame.bodies.pop(number, None)
            else:
                self._dress(person, body, frame)
            person.move(body, time_s)
        return self._held.add(frame)

    def finish(self) -> list[SeenFrame]:
        """Return the frames that were still held back."""
        return self._held.finish()

    def _follow_all(self, frame: SeenFrame) -> None:
        followed = self._crowd.followed
        if not followed:
            self._wait_for_somebody(frame)
        for person in followed:
            body = follow_on_stage(self._estimator, person, frame.image_rgb, frame.time_s)
            if body is not None and self._crowd.is_theirs(person, body, frame):
                frame.bodies[person.number] = body
                continue
            self._wants_look = True
            person.unsettle()
            if frame.time_s - person.time_s > _GIVEN_UP_S:
                self._lose(person)

    def _wait_for_somebody(self, frame: SeenFrame) -> None:
        """With nobody followed, take whom the estimator finds first."""
        body = self._estimator.estimate(frame.image_rgb, frame.time_s, 0)
        if body is None or not is_body(body):
            return
        colours = read_colours(frame.image_rgb, body)
        person = self._crowd.assign([body], [colours], frame).get(0)
        if person is None:
            person = self._crowd.welcome(body, frame.time_s, colours, 0)
            # The first look can wait a little: who is there is followed back.
            self._since_look_n = max(self._since_look_n, LOOK_EVERY_N - _FIRST_LOOK_N)
        else:
            person.body, person.follower = body, 0
            person.stage, person.velocity_px_s = None, np.zeros(2)
            self._crowd.forget_meeting(person)
            self._wants_look = True
        frame.bodies[person.number] = body

    def _lose(self, person: Person) -> None:
        if person.follower is not None:
            self._estimator.forget(person.follower)
            person.follower = None

    def _dress(self, person: Person, body: FramePose, frame: SeenFrame) -> None:
        """Learn now and then what somebody wears, while nobody is near."""
        often = person.frames_n % (2 if person.frames_n < 2 * _DRESS_EVERY_N else _DRESS_EVERY_N)
        if often == 0 and not self._crowd.list_neighbours(person, body, frame.time_s):
            person.dress(read_colours(frame.image_rgb, body))

    def _separate(self, frame: SeenFrame) -> None:
        """Take a body that two people are on from the unlikelier, and the frames that led to it."""
        for person in self._crowd.find_losers(frame):
            del frame.bodies[person.number]
            for held in self._held:
                mine = held.bodies.get(person.number)
                if mine is None or frame.time_s - held.time_s > _GIVEN_UP_S:
                    break
                others = [b for n, b in held.bodies.items() if n != person.number]
                if not any(measure_distance(mine, body) < ON_ANOTHER for body in others):
                    break
                del held.bodies[person.number]
            for held in self._held:
                if person.number in held.bodies:  # where they were before that
                    person.body, person.time_s = held.bodies[person.number], held.time_s
                    break
            self.unfollowed_n += person.is_newcomer
            self._lose(person)
            self._wants_look = True

    def _is_look_due(self, frame: SeenFrame) -> bool:
        if self._wants_look:
            return self._since_look_n >= _LOOK_IN_DOUBT_N
        if self._crowd.misses_somebody(frame.time_s):
            return self._since_look_n >= _LOOK_WHEN_MISSED_N
        tiles = list_tiles(frame.image_rgb)
        if self._since_look_n >= LOOK_EVERY_N * (2 if len(tiles) == 1 else 1):
            return True
        if self._since_look_n < _SOONEST_N or self._since_look_n % _CHECK_EVERY_N:
            return False
        changed = self._turns.has_changed(frame.image_rgb, tiles, list(frame.bodies.values()))
        # What changes without anybody there, as when the camera moves, is let alone in the end.
        self._fruitless_n = self._fruitless_n + 1 if changed else 0
        return changed and self._fruitless_n <= _FRUITLESS_N

    def _look(self, frame: SeenFrame) -> None:
        image = frame.image_rgb
        known = list(frame.bodies.values())
        found: list[FramePose] = []
        for tile in self._choose_tiles(frame, known):
            for body in find_others(self._estimator, image, tile, known):
                if _is_new(body, [*known, *found], image):
                    found.append(body)
        self._since_look_n, self._wants_look = 0, False
        self._take_in(found, frame)

    def _choose_tiles(self, frame: SeenFrame, known: list[FramePose]) -> tuple[Box, ...]:
        """Return both ends of the picture in doubt, else the one whose turn it is."""
        tiles = list_tiles(frame.image_rgb)
        if self._wants_look or self._crowd.misses_somebody(frame.time_s):
            self._turns.remember(frame.image_rgb, known)
            return tiles
        return (self._turns.choose(frame.image_rgb, tiles, known),)

    def _take_in(self, found: list[FramePose], frame: SeenFrame) -> None:
        """Give found bodies to those who are missing; of strangers make people once seen twice."""
        if found:
            self._fruitless_n = 0
        colours = [read_colours(frame.image_rgb, body) for body in found]
        matched = self._crowd.assign(found, colours, frame)
        for index, person in matched.items():
            self._bring_back(person, found[index], colours[index], frame)
        fresh: list[FramePose] = []
        for index, body in enumerate(found):
            if index in matched:
                continue
            if any(measure_distance(body, seen) < 2 * _AGREES for seen in self._sighted):
                greeted = self._greet(body, colours[index], frame)
                self.unfollowed_n += -1 if greeted else 1
            else:
                fresh.append(body)
                self.unfollowed_n += 1
                self._wants_look = True
        self._sighted = fresh

    def _bring_back(
        self, person: Person, body: FramePose, colours: FloatArray, frame: SeenFrame
    ) -> None:
        """Put a lost person back on a found body, unless it is the one's whom they met."""
        owner = self._crowd.tell_who_is_back(person, body, colours, frame)
        if owner is None:
            self._wants_look = True
            return
        if owner is not person:
            self._crowd.exchange(person, owner, [*self._held, frame])
        self.unfollowed_n += not self._start(owner, body, frame)
        self._crowd.forget_meeting(person)

    def _greet(self, body: FramePose, colours: FloatArray, frame: SeenFrame) -> bool:
        if len(self._crowd.followed) >= _MOST_FOLLOWED_N:
            return False
        person = self._crowd.welcome(body, frame.time_s, colours, None)
        if self._start(person, body, frame):
            return True
        self._crowd.people.remove(person)
        return False

    def _start(self, person: Person, found: FramePose, frame: SeenFrame) -> bool:
        """Put a free follower on a found body, first back to where it came from."""
        busy = {other.follower for other in self._crowd.followed}
        free = [number for number in range(_MOST_FOLLOWED_N) if number not in busy]
        if not free:
            return False
        actor = Person(person.number, found, frame.time_s, free[0], length_px=person.length_px)
        others = list(frame.bodies.values())
        body = self._enter(actor, frame, others)
        if body is None:
            return False
        if self._looks_back:
            self._follow_back(person, actor, frame)
            body = self._enter(actor, frame, others) or body
        person.body, person.time_s, person.follower = body, frame.time_s, actor.follower
        person.stage, person.velocity_px_s = actor.stage, np.zeros(2)
        person.close_start = any(measure_distance(body, other) < _CLOSE for other in others)
        frame.bodies[person.number] = body
        self._separate(frame)
        return True

    def _enter(self, actor: Person, frame: SeenFrame, others: list[FramePose]) -> FramePose | None:
        """Put a follower on a stage around a body; None where it does not find that very body."""
        follower, found = actor.follower or 0, actor.body
        self._estimator.forget(follower)
        actor.stage = set_stage(body_box(found), frame.image_rgb)
        image = black_out(frame.image_rgb, others)
        body = follow_on_stage(self._estimator, actor, image, frame.time_s)
        if body is None or measure_distance(body, found) > _AGREES:
            self._estimator.forget(follower)
            return None
        return body

    def _follow_back(self, person: Person, actor: Person, frame: SeenFrame) -> None:
        """Follow somebody from where they were found back through the frames that are held."""
        trail = replace(actor, time_s=0.0)
        others = [p.body for p in self._crowd.people if p.number != actor.number]
        failures, untrusted_n = 0, 0
        found: list[tuple[SeenFrame, FramePose]] = []
        for held in self._held:
            if actor.number in held.bodies:
                break
            if failures >= _FAILURES_N:
                untrusted_n = _FAILURES_N
                break
            ago_s = frame.time_s - held.time_s
            body = follow_on_stage(self._estimator, trail, held.image_rgb, ago_s)
            if body is None or trail.measure_strangeness(body, ago_s) > 1.0:
                failures += 1
                continue
            near = [*held.bodies.values(), *others]
            if any(measure_distance(body, other) < ON_ANOTHER for other in near):
                untrusted_n = _FAILURES_N
                break
            failures = 0
            trail.move(body, ago_s)
            found.append((held, body))
        # Where the trail is lost somebody is half hidden: its last few bodies are not trusted.
        for number, (held, body) in enumerate(found[: len(found) - untrusted_n]):
            held.bodies[actor.number] = body
            if number % 3 == 0:
                person.dress(read_colours(held.image_rgb, body))


def _is_new(body: FramePose, known: list[FramePose], image_rgb: Image) -> bool:
    """Return whether a body is more than another sight of a known one."""

    def differs(other: FramePose) -> bool:
        apart = measure_distance(body, other)
        if not SAME_BODY < apart < _AGREES:
            return apart >= _AGREES
        colours = read_colours(image_rgb, body), read_colours(image_rgb, other)
        return difference_of_colours(*colours) > _OTHER_CLOTHES

    return all(differs(other) for other in known)
