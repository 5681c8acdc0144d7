"""Renders people who walk slowly, fast, unevenly, there and back, on a belt: held out of all fits.

    python benchmarks/render_walks.py OUT --python PYTHON [--generator FOLDER]

No constant of the product was chosen on these clips: they stand beside the walks that come with
the generator, whose speed is always 1.05 m/s. Step length grows with the root of the speed, as
a constant walk ratio has it. The generator needs a Python with its own requirements. A clip that
is already in OUT is left alone.
"""

from collections.abc import Iterator
from typing import Any

from render_common import Job, make_parser, render_missing

OWN_SPEED_M_S = 1.05
"""The speed at which the generator's own step belongs to its walk."""

HD_PX = (1280, 720)

# Name, body and skin, how the camera stands, how the person walks.
WALKS: tuple[tuple[str, str, str, dict[str, Any], dict[str, Any]], ...] = (
    ("slow", "f_avg", "medium", {}, {"speed_m_s": 0.6, "path_m": 6.0, "stance_share": 0.66}),
    ("there_and_back", "m_heavy", "dark", {}, {"speed_m_s": 1.05, "path_m": 8.4, "passes": 2}),
    ("fast", "f_avg", "light", {"mirror": True}, {"speed_m_s": 1.4, "path_m": 8.5}),
    ("child", "f_avg", "light", {"body_scale": 0.62, "dist": 4.2, "mirror": True},
     {"speed_m_s": 0.8, "path_m": 5.5}),
    ("uneven", "m_avg", "medium", {}, {"speed_m_s": 0.85, "path_m": 7.0, "right_after": 0.45}),
    ("belt", "m_heavy", "medium", {}, {"speed_m_s": 0.85}),
    ("yaw", "m_heavy", "light", {"yaw": 15, "mirror": True}, {"speed_m_s": 0.85, "path_m": 6.5}),
    ("yaw_other", "f_avg", "medium", {"yaw": -15}, {"speed_m_s": 1.2, "path_m": 7.0}),
    ("belt_fast", "f_avg", "dark", {"fps": 60, "mirror": True},
     {"speed_m_s": 1.4, "stance_share": 0.59}),
    ("fast_60hz", "m_avg", "light", {"fps": 60}, {"speed_m_s": 1.4, "path_m": 8.0}),
    ("belt_slow_yaw", "m_avg", "dark", {"yaw": 15}, {"speed_m_s": 0.6, "stance_share": 0.66}),
)  # fmt: skip


def list_clips() -> Iterator[Job]:
    """Yield every clip: what is walked, by whom, and how it is filmed."""
    for name, subject, skin, camera, style in WALKS:
        over = "path_m" in style
        # Small bodies keep their shape: at the same share of the leg a slower step is as long.
        own_m_s = OWN_SPEED_M_S * camera.get("body_scale", 1.0) ** 0.5
        share = round((style["speed_m_s"] / own_m_s) ** 0.5, 3)
        yield {
            "name": f"walk_{name}__{subject}__{skin}",
            "motion": "walk_over" if over else "walk_treadmill",
            "subject": subject,
            "skin": skin,
            "fps": 30,
            **({"dist": 5.5, "res": HD_PX} if over else {"shown_s": 8.0}),
            **camera,
            "walk": {"step_share": share, **style},
        }


def main() -> None:
    """Render what is missing."""
    given = make_parser(__doc__).parse_args()
    render_missing(list_clips(), given.out, given.python, given.generator)


if __name__ == "__main__":
    main()
