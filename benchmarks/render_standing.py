"""Renders people who stand quietly and sway by a known amount, for sway.py.

    python benchmarks/render_standing.py OUT --python PYTHON [--generator FOLDER]

The feet stay; the legs tilt and carry the pelvis sideways and forwards, and the trunk tilts a
little on it. The sway is a sum of sines of random phase below 1 Hz whose size falls with the
frequency, as a standing person's does. A clip of 0 mm shows a body that does not move at all:
what the camera gives there is its own unrest. The generator needs a Python with its own
requirements (requirements.txt there). A clip that is already in OUT is left alone.
"""

import json
import subprocess
from pathlib import Path

from render_common import Job, make_parser

DURATION_S = 32.0

# Body, skin, light, frame rate, and how far mid-hip sways sideways (root mean square, mm).
CLIPS = (
    ("m_avg", "light", "normal", 15, (0.0, 2.0, 5.0, 10.0)),
    ("f_avg", "medium", "normal", 15, (0.0, 3.0, 7.0)),
    ("m_heavy", "dark", "normal", 15, (0.0, 5.0)),
    ("m_avg", "light", "low", 15, (0.0,)),
    ("m_avg", "light", "normal", 30, (5.0,)),
)

# Runs inside the generator's own folder and Python.
RENDER = """
import json, sys, zlib
import numpy as np
import gen, motions

LEG_MM = 850.0

class Standing(motions.Motion):
    dur = 0.0
    sway_mm = 0.0
    seed = 0

    def __init__(self, fk):
        super().__init__(fk)
        rng = np.random.default_rng(self.seed)
        self.hz = np.arange(0.05, 1.0, 0.05) + rng.uniform(-0.01, 0.01, 19)
        self.phase = rng.uniform(0, 2 * np.pi, (3, len(self.hz)))
        size = 1.0 / self.hz
        self.size = size / np.sqrt(np.sum(size**2) / 2.0)

    def signal(self, row, t):
        return float(np.sum(self.size * np.sin(2 * np.pi * self.hz * t + self.phase[row])))

    def cmd(self, t):
        c = self.fk.stand()
        side, fore, trunk = (self.sway_mm * self.signal(row, t) for row in range(3))
        tilt = np.degrees(side / LEG_MM)
        lean = np.degrees(1.3 * fore / LEG_MM)
        for q, sign in (("L", 1), ("R", -1)):
            c[f"thighR.{q}"] = motions.Rz(3 * sign - tilt) @ motions.Rx(lean)
            c[f"shankR.{q}"] = c[f"thighR.{q}"]
        c["thorax"] = motions.Rz(np.degrees(0.5 * trunk / 500.0))
        return c

for job in json.load(sys.stdin):
    about = {"dur": job["duration_s"], "sway_mm": job["sway_mm"],
             "seed": zlib.crc32(job["name"].encode())}
    motions.MOTIONS["standing"] = type("Standing", (Standing,), about)
    gen.CLIPS[job["name"]] = gen.clip(
        "standing", job["subject"], job["skin"], light=job["light"], fps=job["fps"]
    )
    gen.render_clip(job["name"], out=job["out"])
"""


def list_clips() -> list[Job]:
    """Return name, body, skin, light and sway of every clip."""
    return [
        {
            "name": f"standing__{subject}__{skin}__{light}__{sway_mm:g}mm{_say(rate_hz)}",
            "subject": subject,
            "skin": skin,
            "light": light,
            "sway_mm": sway_mm,
            "fps": rate_hz,
            "duration_s": DURATION_S,
        }
        for subject, skin, light, rate_hz, sways_mm in CLIPS
        for sway_mm in sways_mm
    ]


def _say(rate_hz: int) -> str:
    """Return what a name says of the rate: nothing of the usual one."""
    return "" if rate_hz == 15 else f"__{rate_hz}hz"


def render(job: Job, out: Path, python: str, generator: Path) -> None:
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
    for extension in ("mp4", "csv", "json"):
        (partial / f"{job['name']}.{extension}").replace(out / f"{job['name']}.{extension}")


def main() -> None:
    """Render what is missing."""
    given = make_parser(__doc__).parse_args()
    jobs = [job for job in list_clips() if not (given.out / f"{job['name']}.json").is_file()]
    for count, job in enumerate(jobs, start=1):
        print(f"{count} of {len(jobs)}: {job['name']}", flush=True)
        render(job, given.out, given.python, given.generator)


if __name__ == "__main__":
    main()
