"""Stories of the made-up clinic after an operation, a cast or an amputation."""

from datetime import date, timedelta
from typing import Any

from motion.clinic import (
    AnnotationKind,
    Dimension,
    PlanSettingsDetails,
    ProgressionRule,
)
from motion.demo.courses import Course
from motion.demo.stories_guided import list_knee_visits
from motion.demo.story import Pain, Story
from motion.demo.telling import OTHER, item, patient, target, walk
from motion.model import Mode, Setting, Side

__all__ = [
    "tell_child",
    "tell_hip_replacement",
    "tell_knee_replacement",
    "tell_prosthesis",
    "tell_two_baselines",
]


def tell_knee_replacement(side: Side, today: date) -> Story:
    """Fast at first, then slower; exercises at home, of which the last were missed."""
    more_repetitions = ProgressionRule(
        after_sessions=3, raise_what=Dimension.REPETITIONS, raise_by=2.0, raise_up_to=12.0
    )
    home: dict[str, Any] = {"setting": Setting.HOME, "item": 0}
    return Story(
        name="knee replacement",
        weight=3.0,
        patient=patient(
            today,
            67,
            f"{side.value} knee replacement",
            affected_side=side,
            operation_date=today - timedelta(days=119),
            aids="stick outdoors until week 8",
        ),
        courses=(
            Course(
                exercise="heel_slide", side=side, start=66, end=117, share=3, from_day=112,
                until_day=1,
            ),
            Course(exercise="heel_slide", side=OTHER[side], start=136, end=136, share=0.6),
            Course(
                exercise="heel_slide", side=side, start=118, end=118, once=True, from_day=20,
                mode=Mode.PASSIVE,
            ),
            Course(exercise="knee_extension", side=side, start=14, end=4, spread=1.0),
            Course(
                exercise="seated_knee_extension", side=side, start=34, end=10, share=3,
                from_day=70, until_day=13, **home,
            ),
            walk(
                start=0.7, end=1.15, share=0.9, weak=0.2,
                weeks=7,
            ),
            Course(
                exercise="five_sit_to_stand", side=Side.BOTH, start=20, end=12, share=0.5,
                spread=0.4, step=0.5, weeks=6,
            ),
        ),
        settings=PlanSettingsDetails(note="Little and often. Ice after the exercises if it helps."),
        items=(
            item(
                "seated_knee_extension", side, today, 72, target_deg=10.0, rule=more_repetitions
            ),
            item("quad_set", side, today, 110, guided=True),
        ),
        diary_items=(1,),
        missed_days=12,
        targets=(
            target("knee_flexion", side, 120.0),
            target("knee_flexion", side, 0.0, "rom_min"),
        ),
        pain=Pain(start=7, end=1),
        activities=("walking to the shops", "stairs down", "getting out of the car"),
        questionnaire=("lefs", 24.0, 61.0),
        events=(
            (119, AnnotationKind.SURGERY, f"{side.value} knee replacement"),
            (70, AnnotationKind.PLAN_CHANGE, "straightening at home added"),
        ),
        corrected=True,
        signed=True,
        by_hand=("rom_max", "knee", "flexion"),
        guided=list_knee_visits(side),
    )  # fmt: skip


def tell_hip_replacement(side: Side, today: date) -> Story:
    """Two crutches at first, later none: walks that must not stand on one line."""
    return Story(
        name="hip replacement",
        weight=1.4,
        begins_day=95,
        patient=patient(
            today,
            71,
            f"{side.value} hip replacement",
            affected_side=side,
            operation_date=today - timedelta(days=92),
            precautions="no crossing of the legs",
        ),
        courses=(
            Course(
                exercise="leg_raise_sideways", side=side, start=10, end=28, share=2, from_day=84,
                spread=1.2, until_day=1,
            ),
            Course(
                exercise="leg_raise_sideways", side=OTHER[side], start=33, end=33, share=0.7,
                from_day=84, spread=1.2,
            ),
            walk(
                start=0.6, end=0.8, share=0.6, from_day=84,
                until_day=52, aid="two crutches", weak=0.3,
            ),
            walk(
                start=0.85, end=1.1, share=0.8, from_day=45,
                weak=0.1,
            ),
            Course(
                exercise="thirty_second_sit_to_stand", side=Side.BOTH, start=7, end=13, share=0.6,
                from_day=80, spread=0.5, step=1.0, weeks=6,
            ),
        ),
        targets=(target("hip_abduction", side, 35.0),),
        pain=Pain(start=5, end=1),
        activities=("putting on socks", "walking for half an hour", "getting up from a low chair"),
        events=((92, AnnotationKind.SURGERY, f"{side.value} hip replacement"),),
        signed=True,
    )  # fmt: skip


def tell_two_baselines(side: Side, today: date) -> Story:
    """Measured before and after an operation, and from several places of the camera."""
    return Story(
        name="two baselines and mixed views",
        begins_day=200,
        patient=patient(
            today,
            35,
            f"reconstruction of the {side.value} cruciate ligament",
            affected_side=side,
            operation_date=today - timedelta(days=120),
        ),
        courses=(
            Course(
                exercise="heel_slide", side=side, start=112, end=116, share=0.8, from_day=195,
                until_day=130,
            ),
            Course(
                exercise="heel_slide", side=side, start=55, end=128, share=2, from_day=112, weeks=5
            ),
            Course(
                exercise="heel_slide", side=side, start=92, end=110, share=0.7, from_day=80,
                until_day=30, turned_deg=38.0,
            ),
            Course(exercise="heel_curl", side=side, start=85, end=118, share=0.8, from_day=70),
            Course(
                exercise="squat", side=Side.BOTH, start=55, end=92, share=0.8, from_day=60, weeks=3
            ),
        ),
        targets=(target("knee_flexion", side, 135.0),),
        pain=Pain(start=5, end=1),
        activities=("running", "pivoting", "stairs"),
        events=(
            (120, AnnotationKind.SURGERY, "reconstruction of the cruciate ligament"),
            (60, AnnotationKind.PLAN_CHANGE, "full weight on the leg"),
        ),
        corrected=True,
        by_hand=("rom_max", "knee", "flexion"),
    )  # fmt: skip


def tell_prosthesis(side: Side, today: date) -> Story:
    """Tell of a knee and an ankle that are never measured."""
    return Story(
        name="withheld joints",
        weight=0.8,
        begins_day=90,
        patient=patient(
            today,
            58,
            f"prosthesis of the {side.value} lower leg",
            affected_side=side,
            prosthesis_or_absent_limb=f"{side.value} lower leg",
            withheld_joints=(f"{side.value}_knee", f"{side.value}_ankle"),
        ),
        courses=(
            Course(
                exercise="leg_raise_sideways", side=side, start=12, end=26, share=2, from_day=86,
                spread=1.2, until_day=1,
            ),
            Course(
                exercise="heel_curl", side=OTHER[side], start=104, end=122, from_day=86
            ),
            Course(exercise="heel_curl", side=side, start=60, end=70, once=True, from_day=80),
        ),
        activities=("putting the prosthesis on", "walking outside", "standing at work"),
    )  # fmt: skip


def tell_child(side: Side, today: date) -> Story:
    """Tell of a guardian's consent and of no norms of adults."""
    return Story(
        name="child",
        weight=0.8,
        begins_day=60,
        patient=patient(
            today, 10, f"{side.value} knee after a cast", affected_side=side, height_cm=138.0
        ),
        courses=(
            Course(
                exercise="heel_curl", side=side, start=62, end=122, share=2, from_day=56, weeks=2,
                until_day=1,
            ),
            Course(
                exercise="heel_curl", side=OTHER[side], start=128, end=128, share=0.8, from_day=56
            ),
        ),
        settings=PlanSettingsDetails(
            guardian_consent_on=today - timedelta(days=58), standing_at_home=True
        ),
        items=(item("quad_set", side, today, 50, guided=True),),
        diary_items=(0,),
        targets=(target("knee_flexion", side, 130.0),),
        pain=Pain(start=3, end=0, weeks=2),
        activities=("football", "kneeling", "cycling"),
    )  # fmt: skip
