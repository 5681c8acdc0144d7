"""Renders timed up and goes of two speeds, three bodies and two views.

    python benchmarks/render_timed.py OUT --python PYTHON [--generator FOLDER]

No constant of the product was chosen on these clips. The generator needs a Python with its own
requirements. A clip that is already in OUT is left alone.
"""

from collections.abc import Iterator
from typing import Any

from render_common import Job, make_parser, render_missing

SLOW = {"speed_m_s": 0.6, "rise_s": 2.5, "turn_s": 3.0, "chair_turn_s": 2.5, "lower_s": 2.5}

# Name, body and skin, where the camera stands, how it is done.
CLIPS: tuple[tuple[str, str, str, dict[str, Any], dict[str, Any]], ...] = (
    ("tug", "m_avg", "light", {}, {}),
    ("tug_slow", "f_avg", "medium", {}, SLOW),
    ("tug_yaw15", "m_heavy", "dark", {"yaw": 15, "fps": 15}, {"speed_m_s": 0.9}),
)


def list_clips() -> Iterator[Job]:
    """Yield every clip: what is done, by whom, and how it is filmed."""
    for name, subject, skin, camera, style in CLIPS:
        yield {
            "name": name,
            # The generator puts its camera by the name; the movement is that of the style.
            "motion": "walk_over",
            "subject": subject,
            "skin": skin,
            "fps": 30,
            "dist": 5.5,
            "res": (1280, 720),
            "up_and_go": style,
            **camera,
        }


def main() -> None:
    """Render what is missing."""
    given = make_parser(__doc__).parse_args()
    render_missing(list_clips(), given.out, given.python, given.generator)


if __name__ == "__main__":
    main()
