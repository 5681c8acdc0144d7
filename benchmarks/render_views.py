"""Renders the clips for views.py: the movements seen from -45 to +60 degrees off their plane.

    python benchmarks/render_views.py OUT --python PYTHON [--generator FOLDER]

The generator of the rendered clips (default ../shared/synth) needs a Python with its own
requirements (requirements.txt there), which is named by ``--python`` and called as a separate
program. A clip that is already in OUT is left alone; nothing is written into the generator.
"""

import argparse
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

GENERATOR = Path(__file__).resolve().parents[2] / "shared" / "synth"
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

# Runs inside the generator's own folder and Python.
RENDER = """
import json, sys
import gen
for job in json.load(sys.stdin):
    gen.CLIPS[job["name"]] = gen.clip(
        job["motion"], job["subject"], job["skin"], yaw=job["yaw"], fps=job["fps"]
    )
    gen.render_clip(job["name"], out=job["out"])
"""


def list_clips() -> Iterator[dict[str, str | int]]:
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


def render(job: dict[str, str | int], out: Path, python: str, generator: Path) -> None:
    """Render one clip into a folder beside OUT, and move it there whole."""
    partial = out / "partial"
    partial.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [python, "-c", RENDER],
        input=json.dumps([{**job, "out": str(partial.resolve())}]),
        text=True,
        check=True,
        cwd=generator,
    )
    # The answers come last: a clip counts as rendered once they are there.
    for extension in ("mp4", "csv", "json"):
        (partial / f"{job['name']}.{extension}").replace(out / f"{job['name']}.{extension}")


def main() -> None:
    """Render what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--python", required=True, help="a Python with the generator's needs")
    parser.add_argument("--generator", type=Path, default=GENERATOR)
    given = parser.parse_args()
    jobs = [job for job in list_clips() if not (given.out / f"{job['name']}.json").is_file()]
    for count, job in enumerate(jobs, start=1):
        print(f"{count} of {len(jobs)}: {job['name']}", flush=True)
        render(job, given.out, given.python, given.generator)


if __name__ == "__main__":
    main()
