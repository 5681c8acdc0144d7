"""Exercise files for the tests, whole and broken."""

import copy
from pathlib import Path
from typing import Any

from motion.exercise.compensation_signals import SIGNALS
from motion.exercise.exercise_file import parse_exercise
from motion.exercise.exercise_parts import KnownNames
from motion.exercise.exercises import Exercise
from motion.exercise_library import own_exercises_dir
from motion.kinematics import JOINTS

KNOWN = KnownNames(
    angles=tuple(joint.name for joint in JOINTS),
    signals=SIGNALS,
    cues=frozenset({"stay_tall", "heels_down"}),
    motions=("squat",),
)

WHOLE: dict[str, Any] = {
    "title": "Deep squat",
    "region": "knee",
    "evidence": "validated",
    "validated_by": ["squat"],
    "position": "standing",
    "sides": "both",
    "contraindication": "Not where the leg may not bear full weight.",
    "angles": ["knee_flexion", "trunk_flexion"],
    "view": "sagittal",
    "rest": "low",
    "bilateral": True,
    "note": "To the box.",
    "start_deg": 5,
    "target_deg": 100,
    "tolerance_deg": 8,
    "needs": ["shoulder", "hip", "knee", "ankle"],
    "dose": {"sets": 2, "repetitions": 8, "hold_s": 1.5, "rest_s": 30, "raise_s": 2},
    "compensation": [
        {"signal": "trunk_flexion", "limit": 45, "direction": "more", "cue": "stay_tall"}
    ],
    "pictogram": {"view": "side", "prop": "chair", "start": {}, "end": {"left_knee": 100}},
}

GUIDED: dict[str, Any] = {
    "title": "Clamshell",
    "region": "hip",
    "evidence": "guide",
    "position": "side_lying",
    "sides": "one",
    "contraindication": "None known.",
}

_OWN = """
title = "Toe touch"
region = "trunk"
evidence = "guide"
position = "standing"
sides = "none"
contraindication = "Not with dizziness."
{more}
[patient.en]
title = "Touch your toes"
how = "Stand tall. Bend down to your toes."
care = "Stop if you feel dizzy."
"""
_GERMAN = """
[patient.de]
title = "Zehen berühren"
how = "Stehen Sie groß. Gehen Sie mit den Händen zu den Zehen."
care = "Hören Sie auf, wenn Ihnen schwindlig wird."
"""


def parse(table: dict[str, Any], **changes: Any) -> Exercise:
    """Parse a table with some entries changed; None takes an entry away."""
    changed = copy.deepcopy(table) | changes
    left = {key: value for key, value in changed.items() if value is not None}
    return parse_exercise("deep_squat", left, KNOWN)


def write_own_exercise(name: str, *, german: bool = True, more: str = "") -> Path:
    """Write a file of the clinic's own beside the record, and return its path."""
    own_exercises_dir().mkdir(parents=True, exist_ok=True)
    path = own_exercises_dir() / f"{name}.toml"
    content = _OWN.format(more=more) + (_GERMAN if german else "")
    path.write_text(content, encoding="utf-8")
    return path
