"""Renders functional tests of known times: chair stands and standing on one leg, for functional.py.

    python benchmarks/render_functional.py OUT --python PYTHON [--generator FOLDER]

The chair stands are the generator's own, put one after the other at the times below, with the
hands held at the shoulders, or put down on the lap for one of them. Who stands on one leg shifts
the trunk over it, lifts the other foot and puts it down again. The generator needs a Python with
its own requirements (requirements.txt there). A clip that is already in OUT is left alone. No
constant of the product was chosen on these clips.
"""

import json
import subprocess
from itertools import accumulate
from pathlib import Path

from render_common import Job, make_parser

# Runs inside the generator's own folder and Python.
RENDER = """
import json, sys
import numpy as np
import gen, motions
from motions import Rx, Rz, mj, sway

def share_done(t_s, up_s, hold_s, down_s):
    if not 0.0 <= t_s < up_s + hold_s + down_s:
        return 0.0
    return min(mj(t_s / up_s), 1 - mj((t_s - up_s - hold_s) / down_s))

def part_of(t, parts):
    for start_s, end_s in parts:
        if start_s <= t < end_s:
            return (t - start_s) / (end_s - start_s)
    return None

class Stands(motions.SitToStand):
    stands, hands_down = (), ()

    def k(self, t):
        return max(share_done(t - start_s, *parts) for start_s, *parts in self.stands)

    def cmd(self, t):
        c = super().cmd(t)
        done = part_of(t, self.hands_down)
        down = 0.0 if done is None else np.sin(np.pi * done)
        for q in "LR":
            c[f"sh_flex.{q}"] = 25.0 * (1 - down) + 15.0 * down
            c[f"elbow.{q}"] = 140.0 * (1 - down) + 45.0 * down
        return c

class OneLeg(motions.Motion):
    az, lifts = 0, ()

    def cmd(self, t):
        c = self.fk.stand()
        done = max(share_done(t - start_s, *parts) for start_s, *parts in self.lifts)
        lift = mj((done - 0.3) / 0.7)
        tilt = -3.0 + 7.0 * mj(done / 0.5) + 0.5 * sway(t)
        c["thighR.R"] = c["shankR.R"] = Rz(tilt)
        c["hip_flex.L"], c["knee.L"] = 40.0 * lift, 75.0 * lift
        if lift > 0.0:
            c["footR.L"] = None
        c["anchor"] = c["anchor"][1:]
        c["thorax"] = Rz(0.6 * sway(t + 2.0)) @ Rx(0.3 * sway(t))
        for q in "LR":
            c[f"sh_flex.{q}"], c[f"elbow.{q}"] = 25.0, 140.0
        return c

KINDS = {"stands": Stands, "one_leg": OneLeg}
for job in json.load(sys.stdin):
    kind = KINDS[job["kind"]]
    about = {"dur": job["duration_s"], **job["style"]}
    # The generator puts the camera by the movement's name; that of the chair is sit_to_stand.
    name = "sit_to_stand" if job["kind"] == "stands" else "one_leg"
    motions.MOTIONS[name] = type(name, (kind,), about)
    gen.CLIPS[job["name"]] = gen.clip(
        name, job["subject"], job["skin"], yaw=job["yaw"], fps=job["fps"]
    )
    gen.render_clip(job["name"], out=job["out"])
"""

GO_S = 1.5
"""When the tests' GO is, in every clip of chair stands."""


def _stands(first_s: float, pace: list[tuple[float, float, float, float]]) -> list[list[float]]:
    """Return start, rise, hold and lowering of each stand; the pace ends with the time seated."""
    starts_s = accumulate((sum(each) for each in pace), initial=first_s)
    return [[start_s, *each[:3]] for start_s, each in zip(starts_s, pace, strict=False)]


FIVE = _stands(
    1.9,
    [(1.0, 0.3, 1.0, 0.3), (1.1, 0.2, 1.0, 0.2), (1.0, 0.4, 1.2, 0.4)] + [(1.2, 0.3, 1.1, 0.3)] * 2,
)
SLOW = _stands(2.2, [(1.6, 0.5, 1.6, 0.5)] * 5)
THIRTY = _stands(2.0, [(1.0, 0.3, 1.0, 0.3)] * 12)

HANDS_DOWN = [[FIVE[2][0] - 0.4, FIVE[2][0] + 1.2]]
LIFT, LIFTS = [[2.0, 1.2, 9.0, 0.9]], [[2.0, 1.0, 2.5, 0.8], [8.0, 1.0, 1.5, 0.7]]

# Name, what is done, body, skin, yaw of the camera, frame rate, length, and how it is done.
CLIPS = (
    ("five_stands", "stands", "m_avg", "light", 0, 30, 18.0, {"stands": FIVE}),
    ("five_stands_slow", "stands", "f_avg", "medium", 10, 15, 26.0, {"stands": SLOW}),
    (
        "five_stands_hands", "stands", "m_heavy", "dark", 0, 15, 18.0,
        {"stands": FIVE, "hands_down": HANDS_DOWN},
    ),
    ("thirty_seconds", "stands", "m_avg", "medium", 0, 15, 34.0, {"stands": THIRTY}),
    ("one_leg", "one_leg", "f_avg", "light", 0, 30, 16.0, {"lifts": LIFT}),
    ("one_leg_short", "one_leg", "m_heavy", "dark", 0, 15, 12.0, {"lifts": LIFTS}),
)  # fmt: skip


def list_clips() -> list[Job]:
    """Return every clip: what is done, by whom, and how it is filmed."""
    names = ("name", "kind", "subject", "skin", "yaw", "fps", "duration_s", "style")
    return [dict(zip(names, clip, strict=True)) for clip in CLIPS]


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
