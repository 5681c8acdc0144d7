"""Everybody in view from frame to frame, each under a number of their own."""

from collections import deque
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from motion.capture.frames import Image
from motion.model import FloatArray
from motion.pose.bodies import Box, body_box, measure_distance
from motion.pose.colours import difference_of_colours, read_colours
from motion.pose.estimator import FramePose, PoseEstimator
from motion.pose.looks import black_out, find_others, is_body, list_tiles
from motion.pose.meeting import Meeting, note_meeting, tell_apart
from motion.pose.person import Person
from motion.pose.stage import follow_on_stage, set_stage

__all__ = ["LOOK_EVERY_N", "PeopleWatcher", "SeenFrame"]

LOOK_EVERY_N: Final = 20
"""Frames between two looks for others: in a wide picture at its two ends in turn, so that each is
looked at every 1.3 s at 30 frames/s. A look costs some two thirds of a frame's time, so that one
person alone costs three to four percent more."""

_HOLD_N: Final = 2 * LOOK_EVERY_N + 8
_HELD_BYTES: Final = 320_000_000
_LOOK_IN_COMPANY_N: Final = 8
_LOOK_IN_DOUBT_N: Final = 4
_MOST_FOLLOWED_N: Final = 3
_MISSED_FOR_S: Final = 3.0
_GIVEN_UP_S: Final = 0.3
_SAME_BODY: Final = 0.12
_NEAR_BODY: Final = 0.5
_AGREES: Final = 0.3
_NEWCOMER_N: Final = 15
_FAILURES_N: Final = 3
_SETTLING_N: Final = 3
_SETTLED: Final = 12.0
_QUIET: Final = 0.2
_MARGIN: Final = 2.5
_TOLD_APART: Final = 0.25
_CALMING: Final = 0.85
_ON_ANOTHER: Final = 0.25
_CLEARLY: Final = 8.0
_OTHER_CLOTHES: Final = 25.0
_NOBODY: Final = 1e6


@dataclass(slots=True, eq=False)
class SeenFrame:
    """One frame, with the body of everybody in it by their number."""

    time_s: float
    bodies: dict[int, FramePose] = field(default_factory=dict)
    image_rgb: Image | None = None


class PeopleWatcher:
    """Follows everybody in view: one at full speed, several when there are several.

    One person alone is followed over the whole picture. Every :data:`LOOK_EVERY_N` frames, and
    as soon as the body jumps or is lost, a look at the whole picture finds everybody; found
    bodies are assigned to known people by linear assignment (Kuhn 1955, as
    ``scipy.optimize.linear_sum_assignment``) on distance, size and clothes. Somebody new, found
    twice, gets a follower of their own, which sees only the part of the picture around them. Of
    two people on one body the likelier one keeps it; the other is hidden and has none.

    Parameters
    ----------
    estimator
        Follows and finds bodies.
    looks_back
        Whether frames are held back until the next look, so that who is then found can be
        followed back to where they came in. Live, it is off: frames are given at once.
    """

    def __init__(self, estimator: PoseEstimator, *, looks_back: bool) -> None:
        self._estimator = estimator
        self._looks_back = looks_back
        self._people: list[Person] = []
        self._held: deque[SeenFrame] = deque()
        self._held_bytes = 0
        self._sighted: list[FramePose] = []
        self._since_look_n = 0
        self._wants_look = True
        self._tile_n = 0
        self._meetings: dict[int, Meeting] = {}
        self.unfollowed_n = 0
        """How often somebody was sighted twice who could not be followed."""

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody seen so far, in the order of appearance."""
        return tuple(self._people)

    def watch(self, image_rgb: Image, time_s: float) -> list[SeenFrame]:
        """Take the next frame; return the frames that are settled, in order."""
        frame = SeenFrame(time_s, {}, image_rgb)
        self._follow_all(frame)
        self._separate(frame)
        self._since_look_n += 1
        if self._is_look_due(time_s):
            self._look(frame)
        if len(self._people) > 1:
            self._clear_doubts(frame)
        for person in self._followed():
            if person.number in frame.bodies:
                person.move(frame.bodies[person.number], time_s)
        self._held.append(frame)
        self._held_bytes += image_rgb.nbytes
        return self._release()

    def finish(self) -> list[SeenFrame]:
        """Return the frames that were still held back."""
        rest = list(self._held)
        self._held.clear()
        return rest

    def _release(self) -> list[SeenFrame]:
        settled = []
        while self._held and (
            not self._looks_back or len(self._held) > _HOLD_N or self._held_bytes > _HELD_BYTES
        ):
            frame = self._held.popleft()
            if frame.image_rgb is not None:
                self._held_bytes -= frame.image_rgb.nbytes
                frame.image_rgb = None
            settled.append(frame)
        return settled

    def _followed(self) -> list[Person]:
        return [p for p in self._people if p.follower is not None]

    # --- following -------------------------------------------------------------------------

    def _follow_all(self, frame: SeenFrame) -> None:
        image, time_s = _image_of(frame), frame.time_s
        followed = self._followed()
        if not followed:
            self._wait_for_somebody(frame)
            return
        for person in followed:
            body = follow_on_stage(self._estimator, person, image, time_s)
            if body is not None and self._is_theirs(person, body, frame):
                frame.bodies[person.number] = body
                continue
            self._wants_look = True
            person.unsettled_n = _SETTLING_N
            if time_s - person.time_s > _GIVEN_UP_S:
                self._lose(person)

    def _clear_doubts(self, frame: SeenFrame) -> None:
        """Leave out bodies that are not surely one person's, but go on following them."""
        for person in self._followed():
            body = frame.bodies.get(person.number)
            if body is not None and not self._is_clear(person, body, frame):
                person.move(body, frame.time_s)
                del frame.bodies[person.number]

    def _is_theirs(self, person: Person, body: FramePose, frame: SeenFrame) -> bool:
        """Return whether a followed body is still that of the same person.

        It must be where they can be and, near anybody else or after meeting them, not clearly in
        the other's clothes.
        """
        strangeness = person.measure_strangeness(body, frame.time_s)
        if strangeness > 1.0:
            return False
        person.restless = max(strangeness, _CALMING * person.restless)
        company = self._company(person, frame.time_s)
        if not company:
            return True
        worn = read_colours(_image_of(frame), body)
        own = person.wears(worn)
        return not any(
            own > other.wears(worn) + _CLEARLY
            for other in company
            if self._have_met(person, other) or measure_distance(other.body, body) < _NEAR_BODY
        )

    def _have_met(self, one: Person, other: Person) -> bool:
        """Return whether one of two is still lost on the other's body."""
        meetings = (self._meetings.get(one.number), self._meetings.get(other.number))
        return any(m is not None and m.other in (one, other) for m in meetings)

    def _is_clear(self, person: Person, body: FramePose, frame: SeenFrame) -> bool:
        """Return whether a body may be given as this person's, beside anybody else.

        Where two in like clothes are on one another nothing tells whose the body is; and when
        somebody comes out from behind another, the first bodies are half of each.
        """
        if self._is_contested(person, frame.time_s):
            return False
        near = self._neighbours(person, body, frame.time_s)
        if near:
            worn = read_colours(_image_of(frame), body)
            own = person.wears(worn)
            alike = any(
                other.follower is not None
                and measure_distance(other.body, body) < _ON_ANOTHER
                and not abs(other.wears(worn) - own) > _CLEARLY
                for other in near
            )
            if alike or (person.unsettled_n and not own < _SETTLED):
                person.unsettled_n = _SETTLING_N
                return False
            person.unsettled_n = max(person.unsettled_n - 1, 0)
            return person.unsettled_n == 0
        person.unsettled_n = 0
        return True

    def _is_contested(self, person: Person, time_s: float) -> bool:
        """Return whether somebody is lost on this person's body, and it may be theirs."""
        for number, meeting in list(self._meetings.items()):
            if meeting.other is not person or meeting.sure:
                continue
            if time_s - meeting.time_s < _MISSED_FOR_S:
                return True
            # Whose the body is was never found out: it is a new person's.
            del self._meetings[number]
            self._renumber(person)
        return False

    def _renumber(self, person: Person) -> None:
        """End somebody's track here; whoever it is goes on under a new number."""
        ghost = replace(person, follower=None)
        self._people[self._people.index(person)] = ghost
        person.number, person.frames_n = len(self._people), 1
        self._people.append(person)

    def _company(self, person: Person, time_s: float) -> list[Person]:
        """Return who else was in view a moment ago, followed or lost."""
        return [
            other
            for other in self._people
            if other is not person
            and other.frames_n >= _NEWCOMER_N
            and time_s - other.time_s < _MISSED_FOR_S
        ]

    def _neighbours(self, person: Person, body: FramePose, time_s: float) -> list[Person]:
        """Return who of them was near that body."""
        return [
            other
            for other in self._company(person, time_s)
            if measure_distance(other.body, body) < _NEAR_BODY
        ]

    def _wait_for_somebody(self, frame: SeenFrame) -> None:
        """With nobody followed, take whom the estimator finds first."""
        body = self._estimator.estimate(_image_of(frame), frame.time_s, 0)
        if body is None or not is_body(body):
            return
        colours = read_colours(_image_of(frame), body)
        alone = len(self._people) == 1
        known = [(p.may_be(body, colours, frame.time_s, alone), p) for p in self._people]
        best = min(known, key=lambda each: each[0], default=None)
        if best is not None and best[0] <= 1.0:
            person = best[1]
            person.body, person.follower = body, 0
            person.stage, person.velocity_px_s = None, np.zeros(2)
        else:
            person = self._welcome(body, frame.time_s, colours, 0)
        frame.bodies[person.number] = body
        self._wants_look = True

    def _welcome(
        self, body: FramePose, time_s: float, colours: FloatArray, follower: int
    ) -> Person:
        person = Person(len(self._people), body, time_s, follower)
        person.dress(colours)
        self._people.append(person)
        return person

    def _lose(self, person: Person) -> None:
        if person.follower is not None:
            self._estimator.forget(person.follower)
            person.follower = None

    def _separate(self, frame: SeenFrame) -> None:
        """Where two people are on one body, leave it to the likelier."""
        followed = [p for p in self._followed() if p.number in frame.bodies]
        for index, one in enumerate(followed):
            for other in followed[index + 1 :]:
                if not {one.number, other.number} <= frame.bodies.keys():
                    continue
                apart = measure_distance(frame.bodies[one.number], frame.bodies[other.number])
                if apart < _SAME_BODY:
                    doubts = {p.number: self._doubt(p, frame) for p in (one, other)}
                    loser = max((one, other), key=lambda p: doubts[p.number])
                    winner = other if loser is one else one
                    # Who went on quietly was in front; who jumped was drawn along.
                    sure = winner.restless < min(_QUIET, loser.restless)
                    sure |= doubts[loser.number] - doubts[winner.number] > _MARGIN
                    sure |= min(p.frames_n for p in (one, other)) < _NEWCOMER_N
                    self._meetings[loser.number] = note_meeting(loser, winner, frame.time_s, sure)
                    self._take_back(loser, frame)

    def _doubt(self, person: Person, frame: SeenFrame) -> float:
        body = frame.bodies[person.number]
        clothes = person.wears(read_colours(_image_of(frame), body))
        newcomer = 0.5 if person.frames_n < _NEWCOMER_N else 0.0
        strangeness = person.measure_strangeness(body, frame.time_s)
        return strangeness + newcomer + float(np.nan_to_num(clothes)) / _CLEARLY

    def _take_back(self, person: Person, frame: SeenFrame) -> None:
        """Take away a body that is another's, and the frames that led to it."""
        frame.bodies.pop(person.number, None)
        for held in reversed(self._held):
            if frame.time_s - held.time_s > _GIVEN_UP_S or person.number not in held.bodies:
                break
            others = [b for n, b in held.bodies.items() if n != person.number]
            mine = held.bodies[person.number]
            if not any(measure_distance(mine, body) < _NEAR_BODY / 2 for body in others):
                break
            del held.bodies[person.number]
        for held in reversed(self._held):
            if person.number in held.bodies:  # where they were before that
                person.body, person.time_s = held.bodies[person.number], held.time_s
                break
        self._lose(person)
        self._wants_look = True

    # --- looking ---------------------------------------------------------------------------

    def _is_look_due(self, time_s: float) -> bool:
        if self._wants_look:
            return self._since_look_n >= _LOOK_IN_DOUBT_N or len(self._held) == 0
        return self._since_look_n >= (_LOOK_IN_COMPANY_N if self._missed(time_s) else LOOK_EVERY_N)

    def _missed(self, time_s: float) -> bool:
        """Return whether somebody was lost a moment ago and may be found again."""
        return any(
            person.follower is None
            and time_s - person.time_s < _MISSED_FOR_S
            and person.frames_n >= _NEWCOMER_N
            for person in self._people
        )

    def _look(self, frame: SeenFrame) -> None:
        image = _image_of(frame)
        known = list(frame.bodies.values())
        for person in self._followed():
            body = frame.bodies.get(person.number)
            if body is not None and not self._neighbours(person, body, frame.time_s):
                person.dress(read_colours(image, body))
        found: list[FramePose] = []
        for tile in self._choose_tiles(frame):
            for body in find_others(self._estimator, image, tile, known):
                if _is_new(body, [*known, *found], image):
                    found.append(body)
        self._since_look_n, self._wants_look = 0, False
        self._take_in(found, frame)

    def _choose_tiles(self, frame: SeenFrame) -> tuple[Box, ...]:
        """Return both ends of the picture in doubt, else the one whose turn it is."""
        tiles = list_tiles(_image_of(frame))
        if self._wants_look or self._missed(frame.time_s):
            return tiles
        self._tile_n += 1
        return (tiles[self._tile_n % len(tiles)],)

    def _take_in(self, found: list[FramePose], frame: SeenFrame) -> None:
        """Give found bodies to those who are missing; of strangers make people once seen twice."""
        colours = [read_colours(_image_of(frame), body) for body in found]
        matched = self._assign(found, colours, frame)
        for index, person in matched.items():
            self._bring_back(person, found[index], colours[index], frame)
        fresh: list[FramePose] = []
        for index, body in enumerate(found):
            if index in matched:
                continue
            if any(measure_distance(body, seen) < 2 * _AGREES for seen in self._sighted):
                if not self._greet(body, colours[index], frame):
                    self.unfollowed_n += 1
            else:
                fresh.append(body)
                self._wants_look = True
        self._sighted = fresh

    def _bring_back(
        self, person: Person, body: FramePose, colours: FloatArray, frame: SeenFrame
    ) -> None:
        """Put a lost person back on a found body, after telling them from whom they met."""
        meeting = self._meetings.get(person.number)
        shown = frame.bodies.get(meeting.other.number) if meeting else None
        if meeting is None or shown is None:
            self._start(person, body, frame)
            return
        worn = read_colours(_image_of(frame), shown)
        surer = tell_apart(meeting, person, (body, colours), (shown, worn), frame.time_s)
        if surer < -_TOLD_APART:
            self._exchange(person, meeting.other, meeting.time_s, frame)
            self._start(meeting.other, body, frame)
        elif surer > _TOLD_APART:
            self._start(person, body, frame)
        else:
            self._wants_look = True
            return
        del self._meetings[person.number]

    def _exchange(self, lost: Person, other: Person, since_s: float, frame: SeenFrame) -> None:
        """Give the lost person the body and follower of the other, whose they were not."""
        lost.body, lost.time_s, lost.stage = other.body, other.time_s, other.stage
        lost.follower, other.follower = other.follower, None
        lost.velocity_px_s = other.velocity_px_s
        for each in (*self._held, frame):
            if each.time_s >= since_s and other.number in each.bodies:
                each.bodies[lost.number] = each.bodies.pop(other.number)

    def _assign(
        self, found: list[FramePose], colours: list[FloatArray], frame: SeenFrame
    ) -> dict[int, Person]:
        """Return which found body is whose, of the people who have none in this frame."""
        missing = [p for p in self._people if p.number not in frame.bodies]
        if not found or not missing:
            return {}
        alone = len(self._people) == 1
        cost = np.full((len(found), len(missing)), _NOBODY)
        for row, (body, worn) in enumerate(zip(found, colours, strict=True)):
            for column, person in enumerate(missing):
                strangeness = person.may_be(body, worn, frame.time_s, alone)
                if strangeness <= 1.0:
                    clothes = person.wears(worn)
                    cost[row, column] = strangeness + np.nan_to_num(clothes) / _CLEARLY
        rows, columns = linear_sum_assignment(cost)
        return {
            int(row): missing[column]
            for row, column in zip(rows, columns, strict=True)
            if cost[row, column] < _NOBODY
        }

    def _greet(self, body: FramePose, colours: FloatArray, frame: SeenFrame) -> bool:
        if len(self._followed()) >= _MOST_FOLLOWED_N:
            return False
        person = self._welcome(body, frame.time_s, colours, -1)
        person.follower = None
        if not self._start(person, body, frame):
            self._people.pop()
            return False
        return True

    def _start(self, person: Person, found: FramePose, frame: SeenFrame) -> bool:
        """Put a free follower on a found body, first back to where it came from."""
        busy = {p.follower for p in self._followed()}
        free = [k for k in range(_MOST_FOLLOWED_N) if k not in busy]
        if not free:
            return False
        follower = free[0]
        image, time_s = _image_of(frame), frame.time_s
        actor = Person(person.number, found, time_s, follower, length_px=person.length_px)
        known = list(frame.bodies.values())
        body = self._enter(actor, image, time_s, known)
        if body is None:
            return False
        if self._looks_back:
            self._follow_back(actor, frame)
            body = self._enter(actor, image, time_s, known) or body
        person.body, person.time_s, person.follower = body, time_s, follower
        person.stage, person.velocity_px_s = actor.stage, np.zeros(2)
        frame.bodies[person.number] = body
        self._separate(frame)
        return True

    def _enter(
        self, actor: Person, image_rgb: Image, time_s: float, known: list[FramePose]
    ) -> FramePose | None:
        """Put a follower on a stage around a body; None where it does not find that very body."""
        self._estimator.forget(actor.follower or 0)
        found = actor.body
        actor.stage = set_stage(body_box(found), image_rgb)
        body = follow_on_stage(self._estimator, actor, black_out(image_rgb, known), time_s)
        if body is None or measure_distance(body, found) > _AGREES:
            self._estimator.forget(actor.follower or 0)
            return None
        return body

    def _follow_back(self, actor: Person, frame: SeenFrame) -> None:
        """Follow somebody from where they were found back through the frames that are held."""
        trail = replace(actor, time_s=0.0)
        failures, found = 0, []
        for held in reversed(self._held):
            if actor.number in held.bodies or failures >= _FAILURES_N:
                break
            ago_s = frame.time_s - held.time_s
            body = follow_on_stage(self._estimator, trail, _image_of(held), ago_s)
            if body is None or trail.measure_strangeness(body, ago_s) > 1.0:
                failures += 1
                continue
            others = [p.body for p in self._people if p.number != actor.number]
            near = [*held.bodies.values(), *others]
            if any(measure_distance(body, other) < _ON_ANOTHER for other in near):
                break
            failures = 0
            trail.move(body, ago_s)
            found.append((held, body))
        # Where the trail ends somebody is half hidden: its last few bodies are not to be trusted.
        for held, body in found[:-_FAILURES_N]:
            held.bodies[actor.number] = body


def _image_of(frame: SeenFrame) -> Image:
    if frame.image_rgb is None:
        msg = "the frame's picture was given back already"
        raise RuntimeError(msg)
    return frame.image_rgb


def _is_new(body: FramePose, known: list[FramePose], image_rgb: Image) -> bool:
    """Return whether a body is more than another sight of a known one."""

    def differs(other: FramePose) -> bool:
        apart = measure_distance(body, other)
        if not _SAME_BODY < apart < _AGREES:
            return apart >= _AGREES
        colours = read_colours(image_rgb, body), read_colours(image_rgb, other)
        return difference_of_colours(*colours) > _OTHER_CLOTHES

    return all(differs(other) for other in known)
