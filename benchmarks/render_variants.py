"""Renders clips that the generator's own list cannot describe; the generator is left as it is.

    PYTHONPATH=GENERATOR PYTHON render_variants.py < JOBS.json

Runs inside the generator's own Python; render_common.py calls it so. A job names at least
``name, motion, subject, skin`` and ``out``; the rest has the generator's own values unless given:
``yaw, light, fps, dist`` (metres), ``camera_height_m``, ``aim_height_m`` (where the camera looks),
``mirror`` (left and right exchanged, and the camera on the other side), ``shown_s``,
``leg_scale, arm_scale, trunk_scale, body_scale``, ``res`` (width and height, pixels), ``walk``
(see render_gait.py), ``up_and_go`` (see render_up_and_go.py). Whatever else a job holds goes into
the clip's JSON. With ``preview``, a list of frames, a picture ``NAME.png`` of those is written, no
clip.

The truth differs from the generator's in four ways: knee and elbow are signed, in the limb's
own sagittal plane (past straight is negative); shoulder flexion and abduction run from -90 to
270 degrees; of a body that lies, all but the angles against gravity are those of the same
posture upright; and the bend of the neck is there, the ears' line against the shoulders'.
"""

import json
import sys
from pathlib import Path
from typing import Any

import cv2
import gen
import numpy as np
from motions import FK, pose
from render import Renderer, box, look
from render_bodies import ScaledBody, Scales
from render_exercise_motions import EXERCISES
from render_gait import StyledWalk, WalkStyle
from render_motions import KNOWN, PLINTH_M, SIDES, Command, Mirrored
from render_up_and_go import UpAndGo, UpAndGoStyle

Points = dict[str, np.ndarray]

AGAINST_GRAVITY = ("trunk_", "left_thigh_", "right_thigh_", "left_shank_", "right_shank_")
FULL_SIDES = {"L": "left", "R": "right"}
PLINTH_WIDTH_M = 0.72


class Scene:
    """What one job changes in the generator: its body, movement, camera, furniture and truth."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.job = job
        self.motion: Any = None

    def install(self) -> None:
        """Put this job's parts in the place of the generator's."""
        gen.Body = self.make_body
        gen.MOTIONS = {self.job["motion"]: self.make_motion}
        gen.pose = pose_turned
        gen.truth = find_truth
        gen.look = self.look_from
        scene = self

        class FurnishedRenderer(Renderer):
            """The generator's renderer in a room that may hold a plinth."""

            def static(self, items: list[tuple[np.ndarray, np.ndarray, int]]) -> None:
                super().static(items + scene.list_furniture())

        gen.Renderer = FurnishedRenderer

    def make_body(self, subject: str) -> ScaledBody:
        """Return the body with this job's bone lengths."""
        parts = ("leg", "arm", "trunk", "body")
        scales = {part: self.job.get(f"{part}_scale", 1.0) for part in parts}
        return ScaledBody(subject, Scales(**scales))

    def make_motion(self, fk: FK) -> Any:
        """Return the movement, mirrored and shortened as the job wants it."""
        name, mirror = self.job["motion"], self.job.get("mirror", False)
        if mirror and name.endswith(("_r", "_l")):
            # A mirrored movement bears the name of the side that it moves.
            name = name[:-1] + {"r": "l", "l": "r"}[name[-1]]
        walk, up_and_go = self.job.get("walk"), self.job.get("up_and_go")
        motion: Any = (
            StyledWalk(fk, WalkStyle(**walk)) if walk else {**KNOWN, **EXERCISES}[name](fk)
        )
        if up_and_go is not None:
            motion = UpAndGo(fk, UpAndGoStyle(**up_and_go))
        motion.dur = self.job.get("shown_s") or motion.dur
        self.motion = Mirrored(motion) if mirror else motion
        return self.motion

    def look_from(self, eye: np.ndarray, at: np.ndarray) -> np.ndarray:
        """Aim the camera, or the lamp, which the generator aims by the same function."""
        # The lamp hangs higher than any camera stands. The generator reads the camera's place
        # from the very array that it hands over here, so the camera is lifted in that.
        if eye[1] < 2.0:
            eye[1] = self.job.get("camera_height_m", eye[1])
            at = np.array([at[0], self.job.get("aim_height_m", at[1]), at[2]])
        return np.asarray(look(eye, at))

    def list_furniture(self) -> list[tuple[np.ndarray, np.ndarray, int]]:
        """Return the plinth of a lying movement, under head and trunk, as a box and its legs."""
        span = getattr(self.motion, "plinth_m", None)
        if span is None:
            return []
        start, end = span
        middle, length = (start + end) / 2, end - start
        top = box((0, PLINTH_M - 0.04, middle), (PLINTH_WIDTH_M, 0.08, length))
        legs = [
            box((x, (PLINTH_M - 0.08) / 2, z), (0.05, PLINTH_M - 0.08, 0.05))
            for x in (-0.3, 0.3)
            for z in (start + 0.1, end - 0.1)
        ]
        return [(*part, 8) for part in (top, *legs)]


def pose_turned(fk: FK, command: Command) -> tuple[Points, Points, dict[str, Any]]:
    """Pose the body, lay it down if the command says so, and keep the axes that signs need."""
    bones, joints, points = pose(fk, command)
    axes = {}
    for side, _ in SIDES:
        # The limb's own axis that points to the body's left; its rest frame is undone.
        axes[side] = [
            (bones[f"{bone}.{side}"] @ fk.N[f"{bone}.{side}"].T)[:, 0] for bone in ("thigh", "uarm")
        ]
    turn, shift_m = command.get("turn", (np.eye(3), np.zeros(3)))
    placed = [{key: turn @ p + shift_m for key, p in kind.items()} for kind in (joints, points)]
    turned = {bone: turn @ rotation for bone, rotation in bones.items()}
    return turned, placed[0], {**placed[1], "axes": axes, "turn": (turn, shift_m)}


def find_truth(joints: Points, points: dict[str, Any]) -> tuple[Points, dict[str, float]]:
    """Return the joint centres and the angles of the generator, signed and unturned."""
    axes = points["axes"]
    turn, shift_m = points["turn"]
    plain = {key: p for key, p in points.items() if key not in {"axes", "turn"}}
    centres, angles = TRUTH(joints, plain)
    upright = [{k: turn.T @ (p - shift_m) for k, p in kind.items()} for kind in (joints, plain)]
    centres_upright, angles_upright = TRUTH(*upright)
    for name, angle_deg in angles_upright.items():
        if not name.startswith(AGAINST_GRAVITY):
            angles[name] = angle_deg
    for side, _ in SIDES:
        at = {
            name: centres_upright[f"{FULL_SIDES[side]}_{name}"]
            for name in ("hip", "knee", "ankle", "shoulder", "elbow", "wrist")
        }
        limb = f"{FULL_SIDES[side]}_"
        thigh_axis, arm_axis = axes[side]
        angles[f"{limb}knee_flexion"] = measure_bend_deg(
            at["knee"] - at["hip"], at["ankle"] - at["knee"], thigh_axis
        )
        # A knee bends backwards, an elbow forwards.
        angles[f"{limb}elbow_flexion"] = measure_bend_deg(
            at["elbow"] - at["shoulder"], at["wrist"] - at["elbow"], -arm_axis
        )
        for name in ("shoulder_flexion", "shoulder_abduction"):
            angles[limb + name] = (angles[limb + name] + 90.0) % 360.0 - 90.0
    angles["neck_lateral_flexion"] = measure_neck_deg(centres_upright)
    return centres, angles


def measure_neck_deg(at: Points) -> float:
    """Return the ears' line against the shoulders' in the body's frontal plane, degrees.

    Positive with the head towards the person's right shoulder.
    """
    right = at["right_shoulder"] - at["left_shoulder"]
    up = at["mid_shoulder"] - at["mid_hip"]
    ahead = np.cross(up, right)
    up = np.cross(right, ahead)
    ears = at["right_ear"] - at["left_ear"]
    fall = -(ears @ up) / np.linalg.norm(up)
    return float(np.degrees(np.arctan2(fall, ears @ right / np.linalg.norm(right))))


def measure_bend_deg(upper: np.ndarray, lower: np.ndarray, axis: np.ndarray) -> float:
    """Return the angle from one bone to the next about an axis, in degrees: 0 is straight."""
    return float(np.degrees(np.arctan2(np.cross(upper, lower) @ axis, upper @ lower)))


TRUTH = gen.truth
OF_CLIP = ("motion", "subject", "skin", "yaw", "light", "dist", "fps", "res")
OF_CALL = ("name", "out", "preview")


def render(job: dict[str, Any]) -> None:
    """Render one job into its folder."""
    Scene(job).install()
    clip = gen.clip(**{key: job[key] for key in OF_CLIP if key in job})
    clip.update({k: v for k, v in job.items() if k not in OF_CLIP and k not in OF_CALL})
    gen.CLIPS[job["name"]] = clip
    if "preview" in job:
        pictures, _ = gen.render_clip(job["name"], job["preview"], out=job["out"])
        sheet = np.hstack(pictures)[:, :, ::-1]
        cv2.imwrite(str(Path(job["out"]) / f"{job['name']}.png"), sheet)
    else:
        gen.render_clip(job["name"], out=job["out"])


if __name__ == "__main__":
    for given in json.load(sys.stdin):
        render(given)
