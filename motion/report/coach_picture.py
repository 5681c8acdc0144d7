"""What the patient sees while exercising: the mirrored picture with everything drawn on it."""

import math
from typing import Final, Protocol

import cv2
import numpy as np

from motion.exercise.coach_state import CoachState
from motion.exercise.exercises import Exercise
from motion.exercise.prescription import Prescription
from motion.exercise.setup_state import SetupState, SetupStep
from motion.kinematics.joints import find_joint
from motion.model import GOOD_CONFIDENCE, SEEN_CONFIDENCE, LivePose, Side
from motion.report.coach_cards import PERSON_SHARE, Layout, Row, draw_middle, draw_rows, draw_words
from motion.report.coach_joint import Body, Goal, SidedAngle, draw_joint
from motion.report.coach_progress import LIGHTS, draw_progress
from motion.report.coach_signs import Sign
from motion.report.coach_text import PLATE_BGR
from motion.report.strokes import BONE_BGR, Picture, draw_skeleton
from motion.texts import Texts

__all__ = ["PERSON_SHARE", "CoachPicture", "Pace"]

_NO_GOAL: Final = Goal(low_deg=math.nan, high_deg=math.nan, limit_deg=math.nan)


class Pace(Protocol):
    """How well the session keeps up (:class:`motion.live.snapshot.LiveStats`)."""

    @property
    def rate_hz(self) -> float:
        """Pictures looked at per second."""

    @property
    def dropped_n(self) -> int:
        """Pictures not looked at."""

    @property
    def delay_p95_ms(self) -> float:
        """95th percentile from capture to feedback."""


class CoachPicture:
    """Draws the live screen.

    Only what was seen is drawn: a bone without both its ends, or an angle without its landmarks,
    is left out and never guessed. Nothing is said by colour alone. Words are never mirrored.

    Parameters
    ----------
    exercise, prescription
        What is done: which segments are thick, what the angle is held against, the tempo.
    texts
        The patient's language.
    size_px
        Width and height of the pictures that are given back.
    mirrored
        Whether the patient sees themselves as in a mirror. Display only (clinical_rules.md 10).
    """

    def __init__(
        self,
        exercise: Exercise,
        prescription: Prescription,
        texts: Texts,
        size_px: tuple[int, int],
        *,
        mirrored: bool = True,
    ) -> None:
        self.size_px = size_px
        self._exercise = exercise
        self._prescription = prescription
        self._texts = texts
        self._mirrored = mirrored
        self._layout = Layout(*size_px)
        self._unit = self._layout.side / 360
        self._blank: Picture = np.full((size_px[1], size_px[0], 3), PLATE_BGR, dtype=np.uint8)

    def draw(
        self,
        image_bgr: Picture,
        pose: LivePose | None,
        setup: SetupState | None,
        coach: CoachState | None,
        stats: Pace | None,
    ) -> Picture:
        """Return a new picture with all that is known at this moment.

        Parameters
        ----------
        image_bgr
            As the camera gave it, unmirrored; any size.
        pose
            In that picture's pixels; None or nobody where nothing was seen.
        setup, coach
            What runs; where both are given the exercise has begun, and set-up is not shown.
        stats
            None where they are not to be shown.
        """
        image, body = self._turn(image_bgr, pose or LivePose.nobody(0.0))
        draw_skeleton(image, body.points, body.drawable, body.sure, self._unit)
        self._draw_angles(image, body, coach)
        if coach is not None:
            self._draw_coach(image, coach, stats)
        else:
            self._draw_setup(image, setup, stats)
        return image

    def _turn(self, image_bgr: Picture, pose: LivePose) -> tuple[Picture, Body]:
        """Return the picture as the patient sees it, above the strip of words, and the body."""
        width, height = self.size_px
        room = self._layout.strip_top
        scale = min(width / image_bgr.shape[1], room / image_bgr.shape[0])
        wide, high = (max(1, round(scale * length)) for length in image_bgr.shape[1::-1])
        left, top = (width - wide) // 2, (room - high) // 2
        canvas = self._blank.copy()
        small = cv2.resize(image_bgr, (wide, high), interpolation=cv2.INTER_LINEAR)
        shown = cv2.flip(small, 1) if self._mirrored else small
        canvas[top : top + high, left : left + wide] = shown[: height - top]

        points = pose.image_px * scale
        if self._mirrored:
            points[:, 0] = wide - points[:, 0]
        confidence = np.fmin(pose.visibility, pose.presence)
        points[~((confidence >= SEEN_CONFIDENCE) & np.isfinite(points).all(axis=1))] = np.nan
        return canvas, Body(points + np.array([left, top]), confidence >= GOOD_CONFIDENCE)

    def _draw_angles(self, image: Picture, body: Body, coach: CoachState | None) -> None:
        if coach is None:
            for shown in self._angles_asked():
                draw_joint(image, body, shown, math.nan, _NO_GOAL, BONE_BGR, self._unit)
        elif coach.angle:
            start_deg = self._exercise.start_deg
            rest_deg = coach.rest_deg if math.isfinite(coach.rest_deg) else start_deg
            goal = Goal.of(coach.target_deg, coach.tolerance_deg, coach.max_allowed_deg, rest_deg)
            shown = SidedAngle.parse(coach.angle)
            colour = LIGHTS[coach.light][1]
            draw_joint(image, body, shown, coach.angle_deg, goal, colour, self._unit)

    def _angles_asked(self) -> list[SidedAngle]:
        movement = self._exercise.movement
        if movement is None or movement.gait:
            return []
        angle, side = movement.counted_angle, self._prescription.side
        if not find_joint(angle).sided:
            return [SidedAngle(angle, Side.NONE)]
        one = side in (Side.LEFT, Side.RIGHT)
        return [SidedAngle(angle, each) for each in ((side,) if one else (Side.LEFT, Side.RIGHT))]

    def _draw_coach(self, image: Picture, coach: CoachState, stats: Pace | None) -> None:
        draw_progress(image, self._layout, self._texts, coach, self._prescription.dose)
        cue = coach.cue or coach.light_cue
        words = self._texts.cue(cue) if cue is not None else ""
        draw_words(image, self._layout, words, self._describe(stats))

    def _draw_setup(self, image: Picture, setup: SetupState | None, stats: Pace | None) -> None:
        words = self._texts.cue(setup.cue) if setup is not None and setup.cue is not None else ""
        draw_words(image, self._layout, words, self._describe(stats))
        if setup is None:
            return
        rows = []
        for step in SetupStep:
            if step is SetupStep.READY:
                continue
            sign = Sign.TICK if step in setup.done else None
            sign = Sign.ARROW if step is setup.step and sign is None else sign
            rows.append(Row(self._texts.say(f"step.{step}"), sign))
        draw_rows(image, self._layout, rows)
        if setup.countdown_s > 0:
            draw_middle(image, self._layout, str(setup.countdown_s), "", None)

    def _describe(self, stats: Pace | None) -> str:
        if stats is None:
            return ""
        rate = f"{stats.rate_hz:.0f}" if math.isfinite(stats.rate_hz) else "–"
        late_s = stats.delay_p95_ms / 1000
        delay = f"{late_s:.1f}" if math.isfinite(late_s) else "–"
        return self._texts.say("screen.stats", rate=rate, delay=delay, dropped=str(stats.dropped_n))
