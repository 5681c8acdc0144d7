"""Renders the clips for views.py: the movements seen from -45 to +60 degrees off their plane.

    python benchmarks/render_views.py OUT --python PYTHON [--generator FOLDER]

The generator of the rendered clips (default ../shared/synth) needs a Python with its own
requirements (requirements.txt there), which is named by ``--python`` and called as a separate
program. A clip that is already in OUT is left alone; nothing is written into the generator.
"""

from collections.abc import Iterator

from render_common import Job, make_parser, render_missing

RATE_HZ = 15

# Movements, body, skin and yaws off the movement's own plane.
SERIES = (
    (("squat", "shoulder_abd_r"), "m_avg", "light", (-45, -30, -10, 5, 10, 20, 45, 60)),
    (("squat", "shoulder_abd_r"), "m_heavy", "medium", (-30, 0, 20)),
    (("squat", "shoulder_abd_r"), "m_heavy", "dark", (10,)),
    (("squat", "shoulder_abd_r"), "f_avg", "medium", (-20, 0, 15, 35)),
    (("elbow_flex_l", "hip_abd_r"), "m_avg", "light", (-30, -10, 10, 20, 45)),
    (("knee_flex_r", "shoulder_flex_l"), "f_avg", "light", (-20, 0, 5, 20)),
    (("elbow_flex_l", "hip_abd_r"), "m_heavy", "light", (-45, -10, 5, 45)),
    (("knee_ext_seated_r", "trunk_lean"), "m_heavy", "dark", (-30, 0, 20)),
    (("sit_to_stand", "knee_ext_seated_r"), "f_avg", "dark", (-15, 0, 25)),
)


def list_clips() -> Iterator[Job]:
    """Yield name, movement, body, skin and yaw of every clip."""
    for motions, subject, skin, yaws_deg in SERIES:
        for yaw_deg in yaws_deg:
            for motion in motions:
                yield {
                    "name": f"{motion}__{subject}__{skin}__y{yaw_deg:+d}",
                    "motion": motion,
                    "subject": subject,
                    "skin": skin,
                    "yaw": yaw_deg,
                    "fps": RATE_HZ,
                }


def main() -> None:
    """Render what is missing."""
    given = make_parser(__doc__).parse_args()
    render_missing(list_clips(), given.out, given.python, given.generator)


if __name__ == "__main__":
    main()
