"""Exercises of the library beside the generator's own, and movements done another way.

Runs inside the generator's own Python (see render_variants.py). Of a movement with a compensation
the first repetition is clean and every second one is not, so that its start and its end are known.
"""

import numpy as np
from motions import (
    FK,
    ElbowFlex,
    HipAbdR,
    KneeExtSeated,
    Motion,
    Rx,
    Rz,
    ShoulderAbdR,
    ShoulderFlexL,
    Squat,
    TrunkLean,
    hands_on_lap,
    mj,
    sit_pose,
    sway,
)
from render_motions import SIDES, Command, Lying, ProneKneeBend

FIRST_S = 0.5
"""When the first repetition starts."""


def sit(fk: FK, t: float) -> Command:
    """Return the command of sitting upright, hands on the lap."""
    command: Command = {}
    sit_pose(fk, command, 0, 88, 2 + 0.4 * sway(t), fk.hipw + 0.03)
    hands_on_lap(command)
    return command


def find_repetition(motion: Motion, t: float) -> int:
    """Return the number of the repetition at an instant, from 0."""
    return int(max(0.0, t - FIRST_S) // motion.rep["T"])


class Seated(Motion):
    """A movement of arms or trunk as the generator has it, done on a chair."""

    chair = True
    kept = ("sh_", "elbow.", "pron.", "thorax", "neck", "head")
    standing: type[Motion]

    def __init__(self, fk: FK) -> None:
        super().__init__(fk)
        self.of = self.standing(fk)

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command = sit(self.fk, t)
        done = {k: v for k, v in self.of.cmd(t).items() if k.startswith(self.kept)}
        moving = {key[-1] for key in done if key.startswith("sh_flex.")}
        if not moving or isinstance(self.of, ShoulderAbdR | TrunkLean):
            moving = {"L", "R"}
            for side, _ in SIDES:
                command[f"sh_flex.{side}"], command[f"elbow.{side}"] = 0.0, 8.0
        command.update(done)
        return command


class SeatedShoulderAbd(Seated):
    """Sitting: the right arm sideways and up to 150 degrees."""

    az = 0
    standing = ShoulderAbdR


class SeatedShoulderFlex(Seated):
    """Sitting: the left arm forward and up to 160 degrees."""

    az = 90
    standing = ShoulderFlexL


class SeatedElbowFlex(Seated):
    """Sitting: the left elbow from 5 to 140 degrees, the arm beside the trunk."""

    az = 90
    standing = ElbowFlex


class SeatedTrunkLean(Seated):
    """Sitting: the trunk to the left, to the right, and so on."""

    az = 0
    standing = TrunkLean


class SeatedMarch(Motion):
    """Sitting: the right thigh is lifted by 26 degrees, the shank hanging."""

    az = -90
    chair = True

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command, share = sit(self.fk, t), self.k(t)
        command["thighR.R"] = Rx(-88.0 - 26.0 * share)
        command["shankR.R"] = Rx(3.0 * share)
        command["footR.R"] = Rx(6.0 * share)
        command["anchor"] = command["anchor"][:1]
        return command


class SeatedAnkle(Motion):
    """Sitting, the right knee straight: the foot up by 15 degrees from 25 down."""

    az = -90
    chair = True

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command, share = sit(self.fk, t), self.k(t)
        command["thighR.R"], command["shankR.R"] = Rx(-90.0), Rx(-72.0)
        command["footR.R"] = Rx(-72.0) @ Rx(25.0 - 40.0 * share)
        command["anchor"] = command["anchor"][:1]
        return command


class MiniSquat(Squat):
    """Both knees to 48 degrees."""

    top = 48


class StandingLeg(Motion):
    """Standing on the left leg, the right one free: what its joints do between two postures."""

    az = -90
    hip_deg = (0.0, 0.0)
    knee_deg = (2.0, 2.0)
    lean_deg = (0.0, 0.0)

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command, share = self.fk.stand(), self.k(t)
        hip, knee, lean = (a + share * (b - a) for a, b in self.between())
        command.update({"hip_flex.R": hip, "knee.R": knee, "footR.R": None})
        command["ankle_df.R"] = -6.0 * share
        command["thorax"] = Rx(lean + 0.4 * sway(t))
        command["anchor"] = command["anchor"][:1]
        return command

    def between(self) -> tuple[tuple[float, float], ...]:
        """Return the two postures' hip, knee and lean."""
        return self.hip_deg, self.knee_deg, self.lean_deg


class HipExtension(StandingLeg):
    """Standing: the right leg back by 20 degrees, knee straight."""

    hip_deg, lean_deg = (0.0, -20.0), (0.0, 5.0)


class StandingMarch(StandingLeg):
    """Standing: the right thigh to 85 degrees, the shank hanging."""

    hip_deg, knee_deg = (0.0, 85.0), (2.0, 85.0)


class LegRaiseForward(StandingLeg):
    """Standing: the right leg forward by 45 degrees, knee straight."""

    hip_deg, lean_deg = (0.0, 45.0), (0.0, -4.0)


class ShoulderExtension(ShoulderFlexL):
    """Standing: the left arm back by 45 degrees."""

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command: Command = super().cmd(t)
        command["sh_flex.L"] = -45.0 * self.k(t)
        command["thorax"] = Rx(3.0 * self.k(t) + 0.4 * sway(t))
        return command


class NeckSideBend(Motion):
    """Sitting: the head by 32 degrees to the left, to the right, and so on."""

    az = 0
    chair = True

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        number = find_repetition(self, t)
        bend_deg = self.k(t) * (-32.0 if number % 2 == 0 else 32.0)
        command = sit(self.fk, t)
        command["neck"], command["head"] = Rz(0.55 * bend_deg), Rz(bend_deg)
        return command


class SeatedForwardBend(Motion):
    """Sitting: the trunk forward by 45 degrees."""

    az = 90
    chair = True

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command, share = sit(self.fk, t), self.k(t)
        lean_deg = 2.0 + 43.0 * share + 0.4 * sway(t)
        command["pelvis"], command["thorax"] = Rx(0.8 * lean_deg), Rx(lean_deg)
        command["neck"], command["head"] = Rx(0.8 * lean_deg), Rx(0.7 * lean_deg)
        return command


class SeatedElbowExtension(Motion):
    """Sitting, the left arm beside the trunk: the elbow from 95 to 4 degrees."""

    az = 90
    chair = True

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command = sit(self.fk, t)
        command.update({"sh_flex.L": 4.0, "sh_abd.L": 9.0, "pron.L": -60.0})
        command["elbow.L"] = 95.0 - 91.0 * self.k(t)
        return command


class SupineArmRaise(Lying):
    """Supine: the left arm from beside the trunk to 150 degrees."""

    az = 90

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command, share = self.lie(), self.k(t)
        for side, _ in SIDES:
            self.rest_heel(command, side, 2.0, -20.0)
        rest_deg = command["sh_flex.L"]
        command["sh_flex.L"] = rest_deg + share * (150.0 - rest_deg)
        command["sh_abd.L"] = self.arms_out_deg * (1.0 - share) + 4.0 * share
        return command


class ShortArcExtension(Lying):
    """Supine, the right thigh supported: the knee from 32 to 4 degrees."""

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command = self.lie()
        self.rest_heel(command, "L", 2.0, -20.0)
        self.rest_heel(command, "R", 32.0, -20.0)
        command["knee.R"] = 32.0 - 28.0 * self.k(t)
        return command


class ProneLegRaise(ProneKneeBend):
    """Prone: the right leg is lifted by 16 degrees, knee straight."""

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command = super().cmd(0.0)
        command["hip_flex.R"] -= 16.0 * self.k(t)
        return command


def lift_heels(fk: FK, command: Command, lift_deg: float) -> None:
    """Raise both heels: the feet turn about their balls, which stay on the floor."""
    anchors = []
    for (side, _), (joint, target) in zip(SIDES, command["anchor"], strict=True):
        ball = fk.b.pts[f"ball.{side}"][1] - fk.b.rest[f"foot.{side}"]
        anchors.append((joint, np.asarray(target) + ball - Rx(lift_deg) @ ball))
        command[f"footR.{side}"], command[f"toesR.{side}"] = Rx(lift_deg), np.eye(3)
    command["anchor"] = anchors


class CalfRaise(Motion):
    """Standing: both heels up, the feet to 30 degrees over the floor."""

    az = 90

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command = self.fk.stand()
        lift_heels(self.fk, command, 30.0 * self.k(t))
        command["thorax"] = Rx(1.5 * self.k(t) + 0.4 * sway(t))
        return command


class SquatHeelsUp(Squat):
    """Squat; in every second repetition the heels come 15 degrees off the floor."""

    top = 85

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command: Command = super().cmd(t)
        if find_repetition(self, t) % 2:
            lift_heels(self.fk, command, 15.0 * self.k(t))
        return command


class SquatFront(Squat):
    """Squat seen from the front; in every second repetition both knees go in."""

    az = 0
    top = 60
    inwards_deg = 14.0

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command: Command = super().cmd(t)
        turn_deg = self.inwards_deg * self.k(t) if find_repetition(self, t) % 2 else 0.0
        for side, sign in SIDES:
            thigh, shank = command[f"thighR.{side}"], command[f"shankR.{side}"]
            down = np.array([0.0, -1.0, 0.0])
            axis = self.fk.Lt * (thigh @ down) + self.fk.Ls * (shank @ down)
            # Hip and ankle stay where they are; the knee turns about the line between them.
            turn = turn_about(axis, sign * turn_deg)
            command[f"thighR.{side}"], command[f"shankR.{side}"] = turn @ thigh, turn @ shank
        return command


def turn_about(axis: np.ndarray, angle_deg: float) -> np.ndarray:
    """Return the rotation by an angle about an axis (Rodrigues)."""
    x, y, z = axis / np.linalg.norm(axis)
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    angle = np.radians(angle_deg)
    return np.eye(3) + np.sin(angle) * cross + (1.0 - np.cos(angle)) * cross @ cross


class SquatShift(Squat):
    """Squat seen from the front; in every second repetition the hips shift 6 cm to the right."""

    az = 0
    top = 60
    shift_m = 0.06

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command: Command = super().cmd(t)
        shift_m = self.shift_m * self.k(t) if find_repetition(self, t) % 2 else 0.0
        height_m = (self.fk.Lt + self.fk.Ls) * (1.0 - 0.08 * self.k(t))
        tilt = Rz(np.degrees(np.arcsin(shift_m / height_m)))
        for side, _ in SIDES:
            for bone in ("thighR", "shankR"):
                command[f"{bone}.{side}"] = tilt @ command[f"{bone}.{side}"]
        return command


class HipAbdDrop(HipAbdR):
    """Right leg sideways; in every second repetition pelvis and trunk tilt to the left by 12."""

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command: Command = super().cmd(t)
        if find_repetition(self, t) % 2:
            share = self.k(t)
            command["pelvis"], command["thorax"] = Rz(-12.0 * share), Rz(-18.0 * share)
            command["thighR.R"] = Rz(-40.0 * share - 3.0 * (1.0 - share))
        return command


class KneeExtLeanBack(KneeExtSeated):
    """Seated knee extension; in every second repetition the trunk leans 18 degrees back."""

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        command: Command = super().cmd(t)
        if find_repetition(self, t) % 2:
            back = Rx(-18.0 * self.k(t))
            for part in ("pelvis", "thorax", "neck", "head"):
                command[part] = back @ command[part]
        return command


class SingleLegStance(Motion):
    """Standing: the right foot off the floor from about 2.3 s to about 13 s."""

    az = 0
    dur = 16.0
    lift_s, lower_s, takes_s = 2.0, 12.5, 0.9

    def cmd(self, t: float) -> Command:
        """Return the command of an instant."""
        share = mj((t - self.lift_s) / self.takes_s) - mj((t - self.lower_s) / self.takes_s)
        # The weight goes over the left foot before the right one leaves the floor.
        early = mj((t - self.lift_s + 0.6) / 0.8) - mj((t - self.lower_s - 0.5) / 0.8)
        command = self.fk.stand()
        tilt_deg = 5.0 * early + 0.5 * sway(t) * early
        command["thighR.L"] = command["shankR.L"] = Rz(3.0 - tilt_deg)
        command["thighR.R"] = Rz(-3.0 - tilt_deg * (1.0 - share)) @ Rx(-30.0 * share)
        command["shankR.R"] = command["thighR.R"] @ Rx(75.0 * share)
        command["footR.R"] = command["shankR.R"] if share > 0 else np.eye(3)
        command["anchor"] = command["anchor"][:1]
        command["thorax"] = Rz(1.2 * sway(t) * (0.3 + 0.7 * early))
        for side, _ in SIDES:
            command[f"sh_abd.{side}"] = 9.0 + 18.0 * early
        return command


EXERCISES: dict[str, type[Motion]] = {
    "seated_shoulder_abd_r": SeatedShoulderAbd,
    "seated_shoulder_flex_l": SeatedShoulderFlex,
    "seated_elbow_flex_l": SeatedElbowFlex,
    "seated_trunk_lean": SeatedTrunkLean,
    "seated_march_r": SeatedMarch,
    "seated_ankle_r": SeatedAnkle,
    "mini_squat": MiniSquat,
    "hip_ext_r": HipExtension,
    "march_r": StandingMarch,
    "leg_raise_forward_r": LegRaiseForward,
    "shoulder_ext_l": ShoulderExtension,
    "neck_side_bend": NeckSideBend,
    "seated_forward_bend": SeatedForwardBend,
    "seated_elbow_ext_l": SeatedElbowExtension,
    "supine_arm_raise_l": SupineArmRaise,
    "short_arc_r": ShortArcExtension,
    "prone_leg_raise_r": ProneLegRaise,
    "calf_raise": CalfRaise,
    "squat_heels_up": SquatHeelsUp,
    "squat_front_knees_in": SquatFront,
    "squat_front_shift": SquatShift,
    "hip_abd_drop_r": HipAbdDrop,
    "knee_ext_lean_back_r": KneeExtLeanBack,
    "single_leg_stance_r": SingleLegStance,
}
