"""What set-up and coach may say: keys of the patients' texts, never words."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Cue", "CueKey"]


class CueKey(StrEnum):
    """Keys under ``[cue]`` of every language's catalogue; compensation cues are theirs own.

    Placeholders that a text may use stand behind each.
    """

    # Set-up.
    COME_INTO_VIEW = "come_into_view"
    ONE_PERSON_ONLY = "one_person_only"
    STEP_BACK = "step_back"
    COME_CLOSER = "come_closer"
    SHOW_SEGMENT = "show_segment"  # {segment}
    TURN_SIDE = "turn_side"  # {side}
    FACE_CAMERA = "face_camera"
    TURN_A_LITTLE = "turn_a_little"
    LEVEL_CAMERA = "level_camera"
    LIGHT_BEHIND = "light_behind"
    TOO_DARK = "too_dark"
    LIFT_RIGHT_HAND = "lift_right_hand"
    OTHER_HAND = "other_hand"
    COUNTDOWN = "countdown"  # {seconds}
    HOLD_STILL = "hold_still"
    GO = "go"
    # Exercise.
    START_POSITION = "start_position"
    BEGIN = "begin"
    A_LITTLE_FURTHER = "a_little_further"  # {degrees}
    HOLD = "hold"  # {seconds}
    GOOD_HOLD = "good_hold"
    SLOWLY_BACK = "slowly_back"
    SLOWER = "slower"
    GOOD = "good"
    FAR_ENOUGH = "far_enough"
    CANNOT_SEE = "cannot_see"  # {segment}
    LESS_CERTAIN = "less_certain"
    REST = "rest"  # {seconds}
    NEXT_SET = "next_set"  # {set}
    ALL_DONE = "all_done"
    PAUSED = "paused"
    PAIN_STOP = "pain_stop"
    PAIN_TOO_HIGH = "pain_too_high"


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing to say: the key of a text and what goes into its places.

    ``values`` are pairs of placeholder and value; a number is given as text in whole units, a
    ``segment`` or ``side`` as the key of its own text (``segment.knee``, ``side.left``).
    """

    key: str
    values: tuple[tuple[str, str], ...] = ()
