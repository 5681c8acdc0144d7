import math
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from clinic_makers import (
    STARTED_AT,
    make_analysis,
    make_gait_measurement,
    make_measurement,
    make_provenance,
    make_repetition,
    make_walk_provenance,
)

from motion.clinic import Record, TakeSummary, ensure_patient, list_takes, store_analysis
from motion.clinic.other_side import find_other_side
from motion.model import BY_HAND_SOURCE, MeasureVerdict, NearSide, Side, TakeConditions

SIDES = (Side.LEFT, Side.RIGHT)
WAYS = (NearSide.RIGHT, NearSide.LEFT)


@pytest.fixture
def take(record: Record) -> TakeSummary:
    ensure_patient(record, "P1")
    store_analysis(record, make_analysis(provenance=make_provenance("1" * 64)), "P1")
    return list_takes(record, "P1")[0]


def seen_from(take: TakeSummary, side: Side, value: float, days: float = 0) -> TakeSummary:
    near = NearSide(side.value)
    return replace(
        take,
        id=uuid4(),
        conditions=replace(take.conditions, near_side=near),
        started_at=STARTED_AT + timedelta(days=days),
        measurements=(make_measurement(value, side=side, mdc95=9.7),),
    )


def test_two_takes_each_with_its_side_nearest_are_compared_in_degrees(take: TakeSummary) -> None:
    left, right = seen_from(take, Side.LEFT, 100.0), seen_from(take, Side.RIGHT, 120.0, days=1)

    found = find_other_side([right, left], right, right.measurements[0])

    assert found is not None
    assert found.difference == pytest.approx(20.0)
    assert found.beyond_error
    assert found.take.id == left.id


def test_a_difference_within_the_error_is_not_beyond_it(take: TakeSummary) -> None:
    left, right = seen_from(take, Side.LEFT, 115.0), seen_from(take, Side.RIGHT, 120.0)
    found = find_other_side([left, right], right, right.measurements[0])

    assert found is not None
    assert not found.beyond_error


@pytest.mark.parametrize("placed", SIDES)
def test_no_figure_holds_for_a_number_that_rests_on_a_hand(take: TakeSummary, placed: Side) -> None:
    left, right = (
        replace(each, measurements=(replace(m, mdc95=math.nan, mdc_source=BY_HAND_SOURCE),))
        if m.side is placed
        else each
        for each in (seen_from(take, Side.LEFT, 60.0), seen_from(take, Side.RIGHT, 120.0))
        for m in each.measurements
    )

    found = find_other_side([left, right], right, right.measurements[0])

    assert found is not None
    assert not found.beyond_error


def test_the_last_one_before_counts_and_none_after(take: TakeSummary) -> None:
    right = seen_from(take, Side.RIGHT, 120.0, days=10)
    others = [seen_from(take, Side.LEFT, 100.0 + days, days) for days in (1, 5, 20)]
    found = find_other_side([right, *others], right, right.measurements[0])

    assert found is not None
    assert found.measurement.value == 105.0


@pytest.mark.parametrize(
    "changes",
    [
        {"excluded_reason": "another person"},
        {"movement": "squat"},
        {"conditions": TakeConditions(near_side=NearSide.LEFT, aid="two crutches")},
    ],
)
def test_what_is_not_comparable_is_left_out(take: TakeSummary, changes: dict[str, object]) -> None:
    right = seen_from(take, Side.RIGHT, 120.0, days=1)
    left = replace(seen_from(take, Side.LEFT, 100.0), **changes)

    assert find_other_side([right, left], right, right.measurements[0]) is None


def walked(take: TakeSummary, near: NearSide, days: float = 0) -> TakeSummary:
    knees = [make_measurement(60.0 + days, side=side, mdc95=9.7) for side in SIDES]
    return replace(
        take,
        id=uuid4(),
        conditions=replace(take.conditions, near_side=near),
        started_at=STARTED_AT + timedelta(days=days),
        measurements=(*knees, *(replace(knee, measure="rom_min", value=2.0) for knee in knees)),
        repetitions=(),
        settings=make_walk_provenance().settings,
    )


def test_the_far_leg_of_a_walk_is_no_other_side(take: TakeSummary) -> None:
    one_way, back = (walked(take, near, days) for days, near in enumerate(WAYS))
    left, right = one_way.measurements[:2]

    assert find_other_side([one_way], one_way, left) is None
    assert find_other_side([one_way], one_way, right) is None
    found = find_other_side([one_way, back], back, back.measurements[0])
    assert found is not None
    assert (found.take.id, found.difference) == (one_way.id, pytest.approx(1.0))


@pytest.mark.parametrize("near", [NearSide.BOTH, NearSide.NONE])
def test_legs_that_were_seen_alike_are_compared(take: TakeSummary, near: NearSide) -> None:
    walk = walked(take, near)

    found = find_other_side([walk], walk, walk.measurements[0])

    assert found is not None
    assert found.take.id == walk.id


def test_what_has_no_side_has_no_other(take: TakeSummary) -> None:
    trunk = replace(take, measurements=(make_measurement(10.0, side=Side.NONE),))

    assert find_other_side([trunk], trunk, trunk.measurements[0]) is None


def ends(side: Side, low: float, high: float):
    return (
        make_measurement(high, side=side),
        make_measurement(low, side=side, measure="rom_min"),
    )


def test_a_limb_that_hung_still_is_not_compared(take: TakeSummary) -> None:
    moved, still = ends(Side.RIGHT, 8.0, 150.0), ends(Side.LEFT, 8.0, 11.0)
    both = replace(take, measurements=(*moved, *still), repetitions=())

    assert find_other_side([both], both, moved[0]) is None
    assert find_other_side([both], both, still[0]) is None


def test_a_stiff_limb_that_was_exercised_is_compared(take: TakeSummary) -> None:
    moved, stiff = ends(Side.RIGHT, 8.0, 90.0), ends(Side.LEFT, 8.0, 18.0)
    exercised = make_repetition(peak_deg=18.0, side=Side.LEFT)
    both = replace(take, measurements=(*moved, *stiff), repetitions=(exercised,))

    found = find_other_side([both], both, moved[0])

    assert found is not None
    assert found.difference == pytest.approx(72.0)


def test_a_step_is_compared_with_the_other_foots_of_the_same_walk(take: TakeSummary) -> None:
    def steps(left_m: float, right_m: float, **changes: object) -> TakeSummary:
        both = ((Side.LEFT, left_m), (Side.RIGHT, right_m))
        numbers = [
            make_gait_measurement(length, "step_length", "m", side=side) for side, length in both
        ]
        settings = make_walk_provenance(**changes).settings
        return replace(take, id=uuid4(), measurements=tuple(numbers), settings=settings)

    walk, before = steps(0.6, 0.7), replace(steps(0.3, 0.4), started_at=STARTED_AT)
    walk = replace(walk, started_at=STARTED_AT + timedelta(days=1))

    found = find_other_side([before, walk], walk, walk.measurements[0])

    assert found is not None
    assert found.take.id == walk.id
    assert found.difference == pytest.approx(-0.1)
    left_only = replace(walk, measurements=walk.measurements[:1])
    other_metres = replace(steps(0.3, 0.4, gait_scale="floor_distance"), started_at=STARTED_AT)
    assert find_other_side([other_metres], left_only, left_only.measurements[0]) is None
    few = replace(walk.measurements[1], verdict=MeasureVerdict.FEW_STRIDES)
    limping = replace(walk, measurements=(walk.measurements[0], few))
    assert find_other_side([limping], limping, limping.measurements[0]) is None
