"""Everybody known in a recording, and whose a body is when they come close to each other."""

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from motion.model import FloatArray
from motion.pose.bodies import ON_ANOTHER, SAME_BODY, measure_distance
from motion.pose.colours import read_colours
from motion.pose.estimator import FramePose
from motion.pose.meeting import Meeting, note_meeting, tell_apart
from motion.pose.person import Person
from motion.pose.seen import SeenFrame

__all__ = ["Crowd"]

_MISSED_FOR_S: Final = 3.0
_ALONE: Final = 2.0
_NEAR_BODY: Final = 0.5
_CLEARLY: Final = 8.0
_SETTLED: Final = 12.0
_CALMING: Final = 0.85
_QUIET: Final = 0.2
_MARGIN: Final = 2.5
_TOLD_APART: Final = 0.25
_NOBODY: Final = 1e6


class Crowd:
    """The people of a recording, each with where they were and what they wear.

    Distances are in body lengths, differences of clothes in CIELAB units. Nothing here looks at
    a picture but for the clothes, so that the rules stand together.
    """

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._meetings: dict[int, Meeting] = {}

    @property
    def followed(self) -> list[Person]:
        """Who has a follower now."""
        return [person for person in self.people if person.follower is not None]

    def welcome(
        self, body: FramePose, time_s: float, colours: FloatArray, follower: int | None
    ) -> Person:
        """Add somebody new."""
        person = Person(len(self.people), body, time_s, follower)
        person.dress(colours)
        self.people.append(person)
        return person

    def misses_somebody(self, time_s: float) -> bool:
        """Return whether somebody was lost a moment ago and may be found again."""
        return any(
            person.follower is None
            and not person.ended
            and time_s - person.time_s < _MISSED_FOR_S
            and not person.is_newcomer
            for person in self.people
        )

    def list_neighbours(self, person: Person, body: FramePose, time_s: float) -> list[Person]:
        """Return who else, followed or lost a moment ago, was near that body."""
        return [
            other
            for other in self._company(person, time_s)
            if measure_distance(other.body, body) < _NEAR_BODY
        ]

    def is_theirs(self, person: Person, body: FramePose, frame: SeenFrame) -> bool:
        """Return whether a followed body is still that of the same person.

        It must be where they can be (with nobody else about, the model's own jumps are borne with)
        and, near anybody else or after meeting them, not clearly in
        the other's clothes.
        """
        strangeness = person.measure_strangeness(body, frame.time_s)
        if strangeness > (1.0 if len(self.people) > 1 else _ALONE):
            return False
        person.restless = max(strangeness, _CALMING * person.restless)
        close = [
            other
            for other in self._company(person, frame.time_s)
            if not person.dresses_like(other)
            and (self._have_met(person, other) or measure_distance(other.body, body) < _NEAR_BODY)
        ]
        if not close:
            return True
        worn = read_colours(frame.image_rgb, body)
        own = person.wears(worn)
        return not any(own > other.wears(worn) + _CLEARLY for other in close)

    def is_clear(self, person: Person, body: FramePose, frame: SeenFrame) -> bool:
        """Return whether a body may be given as this person's, beside anybody else.

        Where two in like clothes are on one another nothing tells whose the body is; and when
        somebody comes out from behind another, the first bodies are half of each.
        """
        if self._is_contested(person, frame.time_s):
            return False
        near = self.list_neighbours(person, body, frame.time_s)
        if not near:
            person.unsettled_n = 0
            return True
        alike = any(
            other.follower is not None
            and measure_distance(other.body, body) < ON_ANOTHER
            and person.dresses_like(other)
            for other in near
        )
        if alike or (person.unsettled_n and self._is_half_hidden(person, body, frame)):
            person.unsettle()
            return False
        person.unsettled_n = max(person.unsettled_n - 1, 0)
        return person.unsettled_n == 0

    def _is_half_hidden(self, person: Person, body: FramePose, frame: SeenFrame) -> bool:
        return person.wears(read_colours(frame.image_rgb, body)) > _SETTLED

    def find_losers(self, frame: SeenFrame) -> list[Person]:
        """Return who is on another's body; it stays with the likelier of two."""
        lost: list[Person] = []
        present = [p for p in self.followed if p.number in frame.bodies]
        for index, one in enumerate(present):
            for other in present[index + 1 :]:
                apart = measure_distance(frame.bodies[one.number], frame.bodies[other.number])
                if apart < SAME_BODY and one not in lost and other not in lost:
                    lost.append(self._choose_loser(one, other, frame))
        return lost

    def assign(
        self, found: list[FramePose], colours: list[FloatArray], frame: SeenFrame
    ) -> dict[int, Person]:
        """Return which found body is whose, of the people who have none in this frame.

        By linear assignment on distance, size and clothes.
        """
        missing = [p for p in self.people if p.number not in frame.bodies and not p.ended]
        if not found or not missing:
            return {}
        alone = len(self.people) == 1
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

    def tell_who_is_back(
        self, person: Person, body: FramePose, colours: FloatArray, frame: SeenFrame
    ) -> Person | None:
        """Return whose a found body is, after telling a lost person from whom they met.

        It may be the other's, who then has been taken for the lost one since: see
        :meth:`exchange`. None while it cannot be told.
        """
        meeting = self._meetings.get(person.number)
        if meeting is None:
            return person
        shown = frame.bodies.get(meeting.other.number)
        waits = frame.time_s - meeting.time_s < _MISSED_FOR_S
        if shown is None:
            return None if waits and not meeting.sure else person
        worn = read_colours(frame.image_rgb, shown)
        surer = tell_apart(meeting, person, (body, colours), (shown, worn), frame.time_s)
        if abs(surer) > _TOLD_APART:
            return person if surer > 0 else meeting.other
        if waits:
            return None
        if meeting.sure:
            return person
        self._end(person.number)
        return None

    def exchange(self, lost: Person, other: Person, frames: Iterable[SeenFrame]) -> None:
        """Give the lost person the body and follower of the other, whose they were not."""
        lost.body, lost.time_s, lost.stage = other.body, other.time_s, other.stage
        lost.follower, other.follower = other.follower, None
        lost.velocity_px_s = other.velocity_px_s
        since_s = self._meetings[lost.number].time_s
        for each in frames:
            if each.time_s >= since_s and other.number in each.bodies:
                each.bodies[lost.number] = each.bodies.pop(other.number)

    def forget_meeting(self, person: Person) -> None:
        """Take a lost person's meeting as settled."""
        self._meetings.pop(person.number, None)

    def _company(self, person: Person, time_s: float) -> list[Person]:
        return [
            other
            for other in self.people
            if other is not person
            and not other.ended
            and not other.is_newcomer
            and time_s - other.time_s < _MISSED_FOR_S
        ]

    def _have_met(self, one: Person, other: Person) -> bool:
        """Return whether one of two is still lost on the other's body."""
        meetings = (self._meetings.get(one.number), self._meetings.get(other.number))
        return any(m is not None and m.other in (one, other) for m in meetings)

    def _is_contested(self, person: Person, time_s: float) -> bool:
        """Return whether somebody is lost on this person's body, and it may be theirs."""
        for number, meeting in list(self._meetings.items()):
            if meeting.other is not person or meeting.sure:
                continue
            if time_s - meeting.time_s < _MISSED_FOR_S:
                return True
            # Whose the body is was never found out: neither can be known again.
            self._end(number)
            self._renumber(person)
        return False

    def _end(self, number: int) -> None:
        """Take a lost person as gone for good."""
        del self._meetings[number]
        for person in self.people:
            if person.number == number:
                person.ended = True

    def _renumber(self, person: Person) -> None:
        """End somebody's track here; whoever it is goes on under a new number."""
        ghost = replace(
            person,
            follower=None,
            ended=True,
            wardrobe=list(person.wardrobe),
            path=deque(person.path, maxlen=person.path.maxlen),
        )
        self.people[self.people.index(person)] = ghost
        person.number, person.frames_n = len(self.people), 1
        self.people.append(person)

    def _choose_loser(self, one: Person, other: Person, frame: SeenFrame) -> Person:
        alike = one.dresses_like(other)
        doubts = {p.number: self._doubt(p, frame, clothes=not alike) for p in (one, other)}
        loser = max((one, other), key=lambda person: doubts[person.number])
        winner = other if loser is one else one
        # Who went on quietly was in front; who jumped was drawn along.
        sure = winner.restless < min(_QUIET, loser.restless)
        sure |= doubts[loser.number] - doubts[winner.number] > _MARGIN
        # Who was found upon another and is on them again was never somebody of their own.
        sure |= loser.close_start and loser.is_newcomer
        self._meetings[loser.number] = note_meeting(loser, winner, frame.time_s, sure)
        return loser

    def _doubt(self, person: Person, frame: SeenFrame, clothes: bool) -> float:
        body = frame.bodies[person.number]
        newcomer = 0.5 if person.is_newcomer else 0.0
        doubt = person.measure_strangeness(body, frame.time_s) + newcomer
        if not clothes:
            return doubt
        worn = person.wears(read_colours(frame.image_rgb, body))
        return doubt + float(np.nan_to_num(worn)) / _CLEARLY
