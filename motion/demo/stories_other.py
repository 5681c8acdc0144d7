"""Stories of the made-up clinic without an operation: pain, walking, age, a first visit."""

from datetime import date

from motion.clinic import (
    AnnotationKind,
    PlanSettingsDetails,
)
from motion.demo.courses import Course
from motion.demo.stories_guided import list_walking_visits
from motion.demo.story import Pain, Story
from motion.demo.telling import OTHER, item, patient, target, walk
from motion.model import Setting, Side

__all__ = [
    "tell_ankle",
    "tell_back",
    "tell_first_visit",
    "tell_older_adult",
    "tell_seen_badly",
    "tell_shoulder",
    "tell_walking",
]


def tell_shoulder(side: Side, today: date) -> Story:
    """Better for months, then worse in two takes, with pain above the plan's limit."""
    return Story(
        name="shoulder that got worse",
        weight=1.6,
        begins_day=100,
        patient=patient(
            today, 52, f"stiff and painful {side.value} shoulder", affected_side=side
        ),
        courses=(
            Course(
                exercise="arm_raise_sideways", side=side, start=116, end=140, share=2, from_day=98,
                weeks=3, drop=56, until_day=1,
            ),
            Course(
                exercise="arm_raise_sideways", side=OTHER[side], start=164, end=164, share=0.7,
                from_day=98,
            ),
            Course(
                exercise="arm_raise_forward", side=side, start=80, end=140, share=2, from_day=60,
                until_day=2, setting=Setting.HOME, item=0,
            ),
        ),
        settings=PlanSettingsDetails(standing_at_home=True, pain_limit=4),
        items=(
            item("arm_raise_forward", side, today, 62, target_deg=150.0, max_allowed_deg=160.0),
            item("pendulum", side, today, 90, guided=True),
        ),
        diary_items=(1,),
        targets=(target("shoulder_abduction", side, 150.0),),
        pain=Pain(start=6, end=3, last=7),
        activities=("reaching the top shelf", "putting on a coat", "sleeping on that side"),
        events=(
            (45, AnnotationKind.INJECTION, "injection into the joint"),
            (26, AnnotationKind.INJURY, "fall on the outstretched arm"),
        ),
        signed=True,
    )  # fmt: skip


def tell_ankle(side: Side, today: date) -> Story:
    """Both sides and standing on one leg; a plan that nobody follows."""
    return Story(
        name="ankle sprain",
        begins_day=50,
        patient=patient(today, 29, f"sprained {side.value} ankle", affected_side=side),
        courses=(
            Course(
                exercise="ankle_lunge", side=side, start=8, end=34, share=2, from_day=46, weeks=2,
                spread=1.0, until_day=1,
            ),
            Course(
                exercise="ankle_lunge", side=OTHER[side], start=38, end=38, share=0.6, from_day=46,
                spread=1.0,
            ),
            Course(
                exercise="single_leg_stance", side=side, start=4, end=30, from_day=40, weeks=3,
                spread=1.0, step=1.0,
            ),
        ),
        settings=PlanSettingsDetails(standing_at_home=True),
        items=(item("ankle_pumps", side, today, 44),),
        missed_days=30,
        targets=(target("ankle_dorsiflexion", side, 40.0),),
        pain=Pain(start=6, end=0, weeks=2),
        activities=("running", "walking on grass", "jumping"),
        events=((50, AnnotationKind.INJURY, "ankle turned inwards"),),
    )  # fmt: skip


def tell_back(today: date) -> Story:
    """Trunk to the front and to both sides, with a diary."""
    return Story(
        name="low back",
        begins_day=70,
        patient=patient(today, 44, "low back pain"),
        courses=(
            Course(
                exercise="seated_forward_bend", side=Side.NONE, start=38, end=62, share=2,
                from_day=68, until_day=1,
            ),
            Course(
                exercise="side_bend", side=Side.NONE, start=14, end=24, share=2, from_day=68,
                spread=1.0,
            ),
        ),
        settings=PlanSettingsDetails(),
        items=(
            item("seated_forward_bend", Side.NONE, today, 60, target_deg=60.0),
            item("pelvic_tilt", Side.NONE, today, 60, guided=True),
        ),
        diary_items=(1,),
        targets=(target("trunk_flexion", Side.NONE, 65.0),),
        pain=Pain(start=6, end=2, weeks=4),
        activities=("sitting for an hour", "lifting a crate", "tying shoes"),
    )  # fmt: skip


def tell_walking(side: Side, today: date) -> Story:
    """Tell of walks over eight months, with a stick and without."""
    return Story(
        name="walking over months",
        weight=1.4,
        begins_day=250,
        patient=patient(
            today, 63, f"weakness of the {side.value} side", affected_side=side, aids="stick"
        ),
        courses=(
            walk(
                start=0.5, end=0.95, share=3, from_day=245,
                weeks=14, weak=0.35, aid="stick", until_day=1,
            ),
            walk(
                start=0.8, end=0.95, share=0.6, from_day=60,
                weak=0.2,
            ),
            Course(
                exercise="five_sit_to_stand", side=Side.BOTH, start=24, end=16, from_day=240,
                weeks=14, spread=0.5, step=0.5,
            ),
        ),
        activities=("crossing the street in time", "walking to the bus", "carrying a cup"),
        events=((130, AnnotationKind.ILLNESS, "two weeks in bed with influenza"),),
        signed=True,
        guided=list_walking_visits(),
    )  # fmt: skip


def tell_older_adult(today: date) -> Story:
    """Functional tests at a chair, on one leg and walking."""
    return Story(
        name="functional tests",
        begins_day=160,
        patient=patient(today, 81, "unsteady since the winter"),
        courses=(
            Course(
                exercise="five_sit_to_stand", side=Side.BOTH, start=21, end=14, from_day=150,
                weeks=10, spread=0.5, step=0.5, until_day=1,
            ),
            Course(
                exercise="thirty_second_sit_to_stand", side=Side.BOTH, start=6, end=11,
                from_day=150, weeks=10, spread=0.5, step=1.0,
            ),
            Course(
                exercise="single_leg_stance", side=Side.LEFT, start=2, end=8, from_day=150,
                spread=0.6, step=1.0,
            ),
            Course(
                exercise="single_leg_stance", side=Side.RIGHT, start=3, end=9, from_day=150,
                spread=0.6, step=1.0,
            ),
            walk(
                start=0.65, end=0.85, from_day=150, weeks=10,
            ),
        ),
        activities=("standing in the kitchen", "walking to church", "getting out of the bath"),
    )  # fmt: skip


def tell_seen_badly(side: Side, today: date) -> Story:
    """Home takes in which the camera loses the arm, and one that was left out."""
    return Story(
        name="seen badly at home",
        weight=0.8,
        begins_day=40,
        patient=patient(today, 47, f"{side.value} elbow after a fracture", affected_side=side),
        courses=(
            Course(
                exercise="elbow_curl", side=side, start=88, end=118, share=2, from_day=36,
                until_day=8, setting=Setting.HOME, item=0,
            ),
            Course(
                exercise="elbow_curl", side=side, start=118, end=120, from_day=6, until_day=1,
                lost_share=0.75, setting=Setting.HOME, item=0,
            ),
        ),
        settings=PlanSettingsDetails(standing_at_home=True),
        items=(item("elbow_curl", side, today, 38, target_deg=125.0),),
        pain=Pain(start=4, end=2),
        activities=("brushing hair", "opening jars", "carrying a bag"),
        excluded="somebody else walked through the picture",
    )  # fmt: skip


def tell_first_visit(side: Side, today: date) -> Story:
    """One take only."""
    return Story(
        name="one take",
        weight=0.1,
        most_takes=1,
        begins_day=2,
        patient=patient(today, 39, f"stiff {side.value} shoulder", affected_side=side),
        courses=(Course(exercise="arm_raise_forward", side=side, start=110, end=110, from_day=1),),
    )
