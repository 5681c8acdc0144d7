"""Movements beside the generator's own: lying on a plinth, past straight, and to end range.

Runs inside the generator's own Python (see render_variants.py). A movement gives one command
per instant, as the generator's do; ``turn`` in a command lays the whole body down: a rotation
and a translation, applied to the posed body.
"""

from typing import Any

import numpy as np
from motions import FK, MOTIONS, Motion, Rx, Ry, Rz, ShoulderAbdR, ShoulderFlexL, pose, sway
from scipy.optimize import brentq

Command = dict[str, Any]

PLINTH_M = 0.50
"""Height of the plinth's top."""
SINK_M = 0.015
"""How far the trunk sinks into it."""
SIDES = (("L", 1.0), ("R", -1.0))
FLIP = np.diag([-1.0, 1.0, 1.0])
SUPINE, PRONE = Rx(-90.0), Rx(90.0)


class Lying(Motion):
    """A body on a plinth, its head towards -Z when supine and +Z when prone.

    Commands are given as if the body stood, in the body's own axes: "forward" is up from the
    plinth when supine, and down to it when prone.
    """

    az = -90
    turn = SUPINE
    arms_out_deg = 16.0

    def __init__(self, fk: FK) -> None:
        super().__init__(fk)
        self.shift_m = np.zeros(3)
        bones, placed, _ = pose(fk, {})
        surface, _ = fk.b.skin(bones, placed)
        trunk = fk.b.W[:, [i for i, name in enumerate(placed) if name[:5] in ("pelvi", "spine")]]
        lowest_m = (surface[trunk.sum(axis=1) > 0.5] @ self.turn.T)[:, 1].min()
        hips = (placed["thigh.L"] + placed["thigh.R"]) / 2
        self.shift_m = np.array([0.0, PLINTH_M - SINK_M - lowest_m, -(self.turn @ hips)[2]])
        self.plinth_m = self.find_plinth(placed)

    def find_plinth(self, placed: Command) -> tuple[float, float]:
        """Return where the plinth starts and ends along Z: past the head, and past the heels."""
        ends = (self.fk.b.height + 0.10, placed["foot.L"][1] - 0.20)
        along = [(self.turn @ np.array([0.0, y, 0.0]) + self.shift_m)[2] for y in ends]
        return min(along), max(along)

    def lie(self) -> Command:
        """Return the command of lying still, arms on the plinth beside the trunk."""
        command: Command = {"turn": (self.turn, self.shift_m)}
        _, placed, _ = pose(self.fk, {})
        towards = 1.0 if self.turn is PRONE else -1.0
        for side, _ in SIDES:
            arm_m = np.linalg.norm(placed[f"hand.{side}"] - placed[f"uarm.{side}"])
            drop_m = self.height_of(placed[f"uarm.{side}"]) - 0.04
            command[f"sh_flex.{side}"] = towards * np.degrees(np.arcsin(drop_m / arm_m))
            command[f"sh_abd.{side}"] = self.arms_out_deg
            command[f"elbow.{side}"] = 4.0
        return command

    def height_of(self, point: np.ndarray) -> float:
        """Return how high over the plinth a point of the standing body lies, in metres."""
        return float((self.turn @ point + self.shift_m)[1] - PLINTH_M)

    def rest_heel(self, command: Command, side: str, knee_deg: float, ankle_deg: float) -> None:
        """Give a leg the hip angle that puts its heel on the plinth."""
        command[f"knee.{side}"], command[f"ankle_df.{side}"] = knee_deg, ankle_deg

        def find_gap_m(hip_deg: float) -> float:
            _, _, points = pose(self.fk, {**command, f"hip_flex.{side}": hip_deg})
            foot = ("heel", "heelsole", "ball")
            return min(self.height_of(points[f"{name}.{side}"]) for name in foot)

        command[f"hip_flex.{side}"] = brentq(find_gap_m, -40.0, 100.0, xtol=1e-4)

    def reach_ankle(self, hip: np.ndarray, ankle: np.ndarray, sign: float) -> tuple[Any, Any]:
        """Return the rotations of thigh and shank that put the ankle there (two-link chain)."""
        thigh_m, shank_m = self.fk.Lt, self.fk.Ls
        across, down, ahead = ankle - hip
        length_m = float(np.linalg.norm(ankle - hip))
        straight = (length_m**2 - thigh_m**2 - shank_m**2) / (2 * thigh_m * shank_m)
        knee = np.arccos(np.clip(straight, -1.0, 1.0))
        lead = np.arcsin(np.clip(shank_m * np.sin(knee) / length_m, -1.0, 1.0))
        hip_deg = np.degrees(np.arctan2(ahead, np.hypot(across, down)) + lead)
        thigh = Rz(sign * np.degrees(np.arctan2(sign * across, -down))) @ Rx(-hip_deg)
        return thigh, thigh @ Rx(np.degrees(knee))


class HeelSlide(Lying):
    """Supine: the right heel slides up the plinth, knee 3 to 110 degrees, and back."""

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        share = self.k(t)
        command = self.lie()
        self.rest_heel(command, "L", 2.0, -20.0)
        self.rest_heel(command, "R", 3.0 + 107.0 * share, -20.0)
        return command


class StraightLegRaise(Lying):
    """Supine: the right leg is lifted by 65 degrees, knee straight."""

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        share = self.k(t)
        command = self.lie()
        for side, _ in SIDES:
            self.rest_heel(command, side, 2.0, -15.0)
        command["hip_flex.R"] += 65.0 * share
        command["ankle_df.R"] = -15.0 + 15.0 * share
        return command


class Bridge(Lying):
    """Supine, feet flat, knees bent: the pelvis is lifted, turning about the shoulders."""

    lift_deg = 24.0
    knee_deg = 98.0

    def __init__(self, fk: FK) -> None:
        super().__init__(fk)
        _, self.still, _ = pose(fk, self.lie())

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        lift_deg = self.lift_deg * self.k(t)
        command = self.lie()
        command["pelvis"] = Rx(-1.1 * lift_deg)
        command["thorax"] = Rx(-lift_deg)
        command["neck"] = command["head"] = np.eye(3)
        command["anchor"] = [(f"uarm.{side}", self.still[f"uarm.{side}"]) for side, _ in SIDES]
        for side, _ in SIDES:
            command[f"sh_flex.{side}"] -= lift_deg
        _, placed, _ = pose(self.fk, command)
        for side, sign in SIDES:
            command[f"thighR.{side}"], command[f"shankR.{side}"] = self.reach_ankle(
                placed[f"thigh.{side}"], self.find_ankle(side, sign), sign
            )
            command[f"footR.{side}"] = self.turn.T
        return command

    def find_ankle(self, side: str, sign: float) -> np.ndarray:
        """Return where the ankle of the flat foot stays, in the standing body's axes."""
        hip = self.still[f"thigh.{side}"]
        thigh_m, shank_m = self.fk.Lt, self.fk.Ls
        bend = np.cos(np.radians(self.knee_deg))
        length_m = np.sqrt(thigh_m**2 + shank_m**2 + 2 * thigh_m * shank_m * bend)
        ahead_m = self.fk.ankle_h - self.height_of(hip)
        return hip + np.array([sign * 0.02, -np.sqrt(length_m**2 - ahead_m**2), ahead_m])


class ProneKneeBend(Lying):
    """Prone, feet over the plinth's end: the right knee bends to 115 degrees."""

    turn = PRONE

    def find_plinth(self, placed: Command) -> tuple[float, float]:
        """Return a plinth that ends above the ankles, so that the feet hang over it."""
        ends = (self.fk.b.height + 0.10, placed["foot.L"][1] + 0.08)
        along = [(self.turn @ np.array([0.0, y, 0.0]) + self.shift_m)[2] for y in ends]
        return min(along), max(along)

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        share = self.k(t)
        command = self.lie()
        _, placed, _ = pose(self.fk, command)
        for side, _ in SIDES:
            drop_m = self.height_of(placed[f"thigh.{side}"]) - 0.065
            hip_deg = np.degrees(np.arcsin(drop_m / self.fk.Lt))
            # The shin lies level, so the knee bends back what the hip bends forward.
            command[f"hip_flex.{side}"] = command[f"knee.{side}"] = hip_deg
            command[f"ankle_df.{side}"] = -35.0
        command["knee.R"] += (115.0 - command["knee.R"]) * share
        # The face is turned to the right, where the camera stands.
        command["neck"], command["head"] = Ry(-30.0), Ry(-65.0)
        return command


class ElbowPastStraight(Motion):
    """The left elbow from 8 degrees past straight to 90 and back."""

    az = 90

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command = self.fk.stand()
        command.update({"elbow.L": -8.0 + 98.0 * self.k(t), "sh_flex.L": 12.0, "pron.L": -60.0})
        command["thorax"] = Rx(0.4 * sway(t))
        return command


class KneesPastStraight(Motion):
    """Standing: both knees from 8 degrees past straight to 35 and back, feet flat."""

    az = -90

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        share = self.k(t)
        command: Command = {}
        shank_deg = -5.0 + 21.0 * share
        self.fk.squat_legs(command, shank_deg, -8.0 + 43.0 * share - shank_deg, self.fk.hipw + 0.04)
        lean_deg = 4.0 + 8.0 * share + 0.4 * sway(t)
        command["pelvis"] = command["thorax"] = Rx(lean_deg)
        command["neck"] = command["head"] = Rx(0.3 * lean_deg)
        return command


class ShoulderFlexPast180(ShoulderFlexL):
    """The left arm forward and up to 190 degrees."""

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command: Command = super().cmd(t)
        command["sh_flex.L"] = 190.0 * self.k(t)
        return command


class ShoulderAbdEndRange(ShoulderAbdR):
    """The right arm sideways and up to 174 degrees."""

    top = 174


EXTRA = {
    "heel_slide_r": HeelSlide,
    "straight_leg_raise_r": StraightLegRaise,
    "bridge": Bridge,
    "prone_knee_bend_r": ProneKneeBend,
    "elbow_past_straight_l": ElbowPastStraight,
    "knees_past_straight": KneesPastStraight,
    "shoulder_flex_past_180_l": ShoulderFlexPast180,
    "shoulder_abd_end_range_r": ShoulderAbdEndRange,
}
KNOWN = {**MOTIONS, **EXTRA}


class Mirrored:
    """Another movement with left and right exchanged, seen from the other side."""

    def __init__(self, motion: Motion) -> None:
        self.motion = motion
        self.az = -motion.az
        # The generator tells a walk from the rest by whether it has this.
        if hasattr(motion, "event_times"):
            self.event_times = self.find_events

    def __getattr__(self, name: str) -> Any:
        return getattr(self.motion, name)

    def cmd(self, t: float) -> Command:
        """Return the mirrored command of an instant."""
        return {exchange(key): flip(value) for key, value in self.motion.cmd(t).items()}

    def find_events(self) -> list[tuple[float, str, str]]:
        """Return the gait events with the sides exchanged."""
        return [(t, {"L": "R", "R": "L"}[q], name) for t, q, name in self.motion.event_times()]


def exchange(key: str) -> str:
    """Return the key of the other side."""
    stem, dot, side = key.partition(".")
    return stem + dot + {"L": "R", "R": "L"}.get(side, side)


def flip(value: Any) -> Any:
    """Mirror a command's value about the body's midline: angles stay, rotations turn over."""
    if isinstance(value, np.ndarray):
        return FLIP @ value @ FLIP if value.ndim == 2 else FLIP @ value
    if isinstance(value, tuple):
        return tuple(flip(part) for part in value)
    if isinstance(value, list):
        return [(exchange(joint), FLIP @ np.asarray(target)) for joint, target in value]
    return value
