"""Renders exercises of the library with known answers, for coach_truth.py and coach_signals.py.

    python benchmarks/render_exercises.py OUT --python PYTHON [--generator FOLDER]
        [--set exercises|compensations ...]

- ``exercises``: what the other sets do not have: on a chair, hip, ankle, neck, balance.
- ``compensations``: every second repetition is done another way (render_exercise_motions.py).

Shown by the heavy body, which no figure is fitted on, and by it with other bone lengths; the
movements that the pose model may see differently also by another body. A clip that is already in
OUT is left alone. The generator needs a Python with its own requirements (requirements.txt there).
About half a minute a clip on one core.
"""

from collections.abc import Iterator

from render_common import HELD_OUT, Job, make_parser, render_missing
from render_fit import LYING_CAMERA

RATE_HZ = 15

LONGER = {"leg_scale": 1.06, "arm_scale": 0.95, "body_scale": 0.95, "dist": 3.3}
"""The second body: other proportions, farther off."""

# Movement, how the person is placed, seconds that are shown.
EXERCISES = (
    ("seated_shoulder_abd_r", "sitting", 7.5),
    ("seated_shoulder_flex_l", "sitting", 7.5),
    ("seated_elbow_flex_l", "sitting", 7.5),
    ("seated_trunk_lean", "sitting", 9.8),
    ("seated_march_r", "sitting", 7.5),
    ("seated_ankle_r", "sitting", 7.5),
    ("mini_squat", "standing", 7.8),
    ("hip_ext_r", "standing", 7.5),
    ("march_r", "standing", 7.5),
    ("leg_raise_forward_r", "standing", 7.5),
    ("shoulder_ext_l", "standing", 7.5),
    ("neck_side_bend", "sitting", 9.8),
    ("calf_raise", "standing", 7.5),
    ("seated_forward_bend", "sitting", 7.5),
    ("seated_elbow_ext_l", "sitting", 7.5),
    ("supine_arm_raise_l", "supine", 7.5),
    ("short_arc_r", "supine", 7.5),
    ("prone_leg_raise_r", "prone", 7.5),
)
COMPENSATIONS = (
    ("squat_heels_up", "standing", 10.2),
    ("squat_front_knees_in", "standing", 10.2),
    ("squat_front_shift", "standing", 10.2),
    ("hip_abd_drop_r", "standing", 9.8),
    ("knee_ext_lean_back_r", "sitting", 9.8),
)
LYING = ("supine", "prone")
OVERHEAD = ("seated_shoulder_abd_r", "seated_shoulder_flex_l")


def describe(kind: str, movement: tuple[str, str, float], **values: object) -> Job:
    """Return the job of a movement of the heavy body."""
    motion, position, shown_s = movement
    camera = {"dist": 3.3, "aim_height_m": 1.0} if motion in OVERHEAD else {}
    if position in LYING:
        camera = LYING_CAMERA
    subject = values.get("subject", HELD_OUT)
    return {
        "motion": motion,
        "subject": HELD_OUT,
        "fps": RATE_HZ,
        "shown_s": shown_s,
        "position": position,
        "set": kind,
        "held_out": subject == HELD_OUT,
        **camera,
        **values,
    }


def list_exercises() -> Iterator[Job]:
    """Yield every exercise by the heavy body and by a body of other proportions."""
    for row, movement in enumerate(EXERCISES):
        motion = movement[0]
        skins = ("dark", "light", "medium")
        name = f"exercises__{motion}__{HELD_OUT}"
        yield describe("exercises", movement, name=name, skin=skins[row % 3])
        yield describe(
            "exercises",
            movement,
            name=f"{name}__longer__y+8",
            skin=skins[(row + 1) % 3],
            yaw=8,
            **{**LONGER, **({"dist": 3.1} if movement[1] in LYING else {})},
        )
    stance = ("single_leg_stance_r", "standing", 16.0)
    name = f"exercises__single_leg_stance_r__{HELD_OUT}"
    yield describe("exercises", stance, name=name, skin="medium")


def list_compensations() -> Iterator[Job]:
    """Yield every compensation by the heavy body and by an average one."""
    for movement in COMPENSATIONS:
        for subject, skin in ((HELD_OUT, "light"), ("f_avg", "dark")):
            name = f"compensations__{movement[0]}__{subject}"
            yield describe("compensations", movement, name=name, subject=subject, skin=skin)


SETS = {"exercises": list_exercises, "compensations": list_compensations}


def main() -> None:
    """Render what is missing."""
    parser = make_parser(__doc__)
    parser.add_argument("--set", dest="sets", nargs="+", choices=SETS, default=list(SETS))
    given = parser.parse_args()
    jobs = [job for kind in given.sets for job in SETS[kind]()]
    render_missing(jobs, given.out, given.python, given.generator)


if __name__ == "__main__":
    main()
