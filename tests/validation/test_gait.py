"""Walks with exact events: what the validation says of them is known beforehand."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from gait.walkers import LEFT, RIGHT, Walker
from validation.gait_makers import MODEL, make_walk_clip, see_walk, walk_some
from validation_makers import make_clip, make_truth, see

from motion.model import FOOT_OFF, INITIAL_CONTACT, LANDMARKS, Event, Side
from motion.validation.gait_figures import describe_events, find_figures, read_gait_goals
from motion.validation.gait_found import TABLES, GaitFound
from motion.validation.gait_matching import WITHIN_S, match_events
from motion.validation.gait_run import CAMERA, TRUE_POINTS, GaitRun
from motion.validation.gait_truth import TrueEvent, project_truth, walk_of_clip
from motion.validation.gait_variants import mirror_recording, subsample
from motion.validation.page_gait import write_gait


def true(time_s: float, side: Side = LEFT, *, wanted: bool = True) -> TrueEvent:
    return TrueEvent(time_s=time_s, side=side, event=INITIAL_CONTACT, wanted=wanted)


def found(time_s: float, side: Side = LEFT, event: str = INITIAL_CONTACT) -> Event:
    return Event(time_s=time_s, side=side, event=event, confidence=1.0)


# ---------------------------------------------------------------- matching


def test_each_found_event_is_the_nearest_true_one_of_its_foot_and_kind() -> None:
    matches = match_events(
        [true(1.0), true(2.0), true(1.5, RIGHT)],
        [found(1.02), found(1.99), found(1.7), found(1.51, RIGHT), found(1.3, LEFT, FOOT_OFF)],
    )

    said = [(each.side, each.event, each.outcome) for each in matches]
    assert said == [
        (LEFT, INITIAL_CONTACT, "found"),
        (LEFT, FOOT_OFF, "extra"),
        (RIGHT, INITIAL_CONTACT, "found"),
        (LEFT, INITIAL_CONTACT, "extra"),
        (LEFT, INITIAL_CONTACT, "found"),
    ]
    errors = [each.error_ms for each in matches if each.outcome == "found"]
    assert errors == pytest.approx([20.0, 10.0, -10.0])


def test_two_found_for_one_true_event_are_one_found_and_one_too_many() -> None:
    outcomes = [each.outcome for each in match_events([true(1.0)], [found(0.97), found(1.01)])]

    assert sorted(outcomes) == ["extra", "found"]


def test_an_event_too_far_off_is_missed_and_too_many() -> None:
    matches = match_events([true(1.0)], [found(1.0 + WITHIN_S + 0.001)])

    assert [each.outcome for each in matches] == ["missed", "extra"]
    assert all(math.isnan(each.error_ms) for each in matches)


def test_an_event_that_may_be_missing_is_neither_missed_nor_too_many() -> None:
    assert [e.outcome for e in match_events([true(1.0, wanted=False)], [])] == ["not wanted"]
    matches = match_events([true(1.0, wanted=False)], [found(1.01)])
    assert [each.outcome for each in matches] == ["not wanted"]


def test_the_figures_of_events_are_those_of_the_found_ones() -> None:
    matches = match_events(
        [true(1.0), true(2.0), true(3.0)], [found(1.03), found(1.99), found(5.0)]
    )
    rows = pd.DataFrame({"outcome": m.outcome, "error_ms": m.error_ms} for m in matches)

    figures = describe_events(rows)

    assert figures["n"] == 3
    assert (figures["found"], figures["missed"], figures["extra"]) == (2, 1, 1)
    assert figures["mean_ms"] == pytest.approx(10.0)
    assert figures["mae_ms"] == pytest.approx(20.0)
    assert figures["worst_ms"] == pytest.approx(30.0)
    assert figures["sd_ms"] == pytest.approx(np.std([30.0, -10.0], ddof=1))


# ---------------------------------------------------------------- what is true of a clip


def test_a_clip_says_the_events_lengths_and_means_of_its_walk() -> None:
    limping = Walker(left_time_share=0.55, left_length_share=0.54)
    known = walk_of_clip(make_walk_clip(walk_some(limping, 120.0)))

    assert known is not None
    assert known.parameters["step_time", LEFT] == pytest.approx(0.55 * 1.1)
    assert known.parameters["step_length", LEFT] == pytest.approx(0.54 * 1.2, abs=1e-6)
    assert known.parameters["step_length", RIGHT] == pytest.approx(0.46 * 1.2, abs=1e-6)
    assert known.parameters["stride_length", RIGHT] == pytest.approx(1.2, abs=1e-6)
    assert known.parameters["stance_percent", RIGHT] == pytest.approx(62.0)
    assert known.parameters["cadence", Side.BOTH] == pytest.approx(120.0 / 1.1)
    assert known.parameters["walking_speed", Side.BOTH] == pytest.approx(1.2 / 1.1)
    assert {each.limb for each in known.events if each.side is RIGHT} == {"near"}
    assert {each.limb for each in known.events if each.side is LEFT} == {"far"}


def test_events_at_the_ends_and_outside_the_picture_are_not_wanted() -> None:
    walked = walk_some()
    first = walked.events[0].time_s
    narrow = make_walk_clip(walked)
    narrow.about["camera"]["width"] = 1000
    known = walk_of_clip(narrow)

    assert known is not None
    assert any(each.wanted for each in known.events)
    late = [each for each in known.events if each.time_s > 5.0]
    assert late
    assert not any(each.wanted for each in late)
    early = replace(walked, time_s=walked.time_s + first - 0.05)
    again = walk_of_clip(make_walk_clip(early))
    assert again is not None
    assert not again.events[0].wanted


def test_a_clip_in_which_nobody_walks_knows_no_walk() -> None:
    assert walk_of_clip(make_clip(make_truth(left_knee_flexion=0.0))) is None


def test_true_points_are_where_the_camera_would_see_them() -> None:
    walked = walk_some()
    perfect = project_truth(make_walk_clip(walked)).image_px
    seen = see_walk(walked).recording.image_px

    own = [n for n, name in enumerate(LANDMARKS) if "hip" in name or "heel" in name]
    toes = [n for n, name in enumerate(LANDMARKS) if "foot_index" in name]
    assert perfect[:, own + toes] == pytest.approx(seen[:, own + toes], abs=0.01)


# ---------------------------------------------------------------- the same walk otherwise


def test_mirroring_twice_changes_nothing_and_once_exchanges_the_sides() -> None:
    recording = see_walk(walk_some()).recording
    once = mirror_recording(recording)

    heel, other = LANDMARKS.index("left_heel"), LANDMARKS.index("right_heel")
    expected = recording.width_px - recording.image_px[:, heel, 0]
    assert once.image_px[:, other, 0] == pytest.approx(expected)
    assert mirror_recording(once).image_px == pytest.approx(recording.image_px)


@pytest.mark.parametrize(("rate_hz", "kept"), [(30.0, 2.0), (15.0, 4.0), (24.0, 2.5)])
def test_fewer_frames_are_frames_of_the_recording_at_their_own_times(
    rate_hz: float, kept: float
) -> None:
    recording = see_walk(walk_some(rate_hz=60.0)).recording
    fewer = subsample(recording, rate_hz)

    assert len(fewer) == pytest.approx(len(recording) / kept, abs=1.0)
    assert set(fewer.time_s) <= set(recording.time_s)
    assert np.abs(np.diff(fewer.time_s) - 1.0 / rate_hz).max() <= 1.0 / 60.0 + 1e-9


# ---------------------------------------------------------------- a run


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    """Return what is found of a made-up walk filmed at 60 frames a second, and of a squat."""
    walked = walk_some(Walker(strides=8), 60.0)
    all_found = GaitFound()
    run = GaitRun(all_found)
    run.add_clip(make_walk_clip(walked), replace(see_walk(walked), model=MODEL))
    run.add_clip(make_clip(make_truth(left_knee_flexion=0.0)), see({"knee_flexion": 5.0}))
    return all_found.tables


def test_every_table_has_its_columns(tables: dict[str, pd.DataFrame]) -> None:
    for name, columns in TABLES.items():
        assert tuple(tables[name].columns) == columns
    filled = ("events", "parameters", "steps", "angles", "variants", "still")
    assert all(len(tables[name]) for name in filled)


def test_a_walk_without_error_is_measured_without_error(tables: dict[str, pd.DataFrame]) -> None:
    for source in (CAMERA, TRUE_POINTS):
        figures = find_figures(tables, source, "walks at one speed", "floor")
        assert figures["extra_n"] == 0
        assert figures["contacts_mae_ms"] < 25.0
        assert figures["offs_mae_ms"] < 25.0
        assert figures["step_length_mae_m"] < 0.02
        assert figures["speed_worst_m_s"] < 0.02
        assert figures["knee_near_mae_deg"] < 3.0


def test_the_mirrored_walk_is_the_same(tables: dict[str, pd.DataFrame]) -> None:
    variants = tables["variants"]
    mirrored = variants[variants["variant"] == "mirrored"]

    assert "events" in set(mirrored["measure"])
    assert mirrored["inside"].all()
    assert {"first half", "second half", "30 Hz", "24 Hz", "15 Hz"} < set(variants["variant"])


def test_where_nobody_walks_nothing_is_found_and_that_is_said(
    tables: dict[str, pd.DataFrame],
) -> None:
    (row,) = tables["still"].to_dict("records")

    assert (row["events_n"], row["numbers_n"]) == (0, 0)
    assert "walk" in row["said"].lower()


def test_a_parameter_that_is_not_given_is_no_small_error(tables: dict[str, pd.DataFrame]) -> None:
    parameters = tables["parameters"].copy()
    speed = parameters["measure"] == "walking_speed"
    parameters.loc[speed, ["found", "error", "error_percent"]] = math.nan
    changed = {**tables, "parameters": parameters}

    figures = find_figures(changed, CAMERA, "walks at one speed")

    assert math.isinf(figures["speed_worst_m_s"])
    goals = [goal for goal in read_gait_goals(changed) if "walking speed" in goal.measure]
    assert not any(goal.met for goal in goals)
    assert "not all given" in "\n".join(write_gait(changed))


def test_the_page_says_which_goals_are_met(tables: dict[str, pd.DataFrame]) -> None:
    text = "\n".join(write_gait(tables))

    assert "| camera: walks at one speed | events too many | 0 | 0 | met |" in text
    worse = tables["events"].assign(error_ms=tables["events"]["error_ms"] + 200.0)
    said = "\n".join(write_gait({**tables, "events": worse}))
    assert "| camera: walks at one speed | events, largest error | 50 ms | 2" in said
    assert said.count("**not met**") > text.count("**not met**")


def test_nothing_is_said_of_walking_where_nobody_walked() -> None:
    assert not list(write_gait(GaitFound().tables))
    assert not list(write_gait({}))


def test_every_event_of_a_real_walk_is_listed_with_what_was_seen() -> None:
    listed = pd.DataFrame(
        {
            "recording": "walk",
            "time_s": [1.0, 1.2],
            "side": ["left", "right"],
            "event": [INITIAL_CONTACT, FOOT_OFF],
            "step_time_s": [0.61, math.nan],
            "confidence": [0.9, 0.8],
            "left_out": ["", "a foot at the edge of the picture"],
            "by_eye": "Each was hers.",
        }
    )

    text = "\n".join(write_gait({**GaitFound().tables, "listed": listed}))

    assert "| 1.00 | left | initial contact | 0.61 | 0.90 |  |" in text
    assert "| 1.20 | right | foot off | - | 0.80 | a foot at the edge of the picture |" in text
    assert "Each was hers." in " ".join(text.split())
    unseen = write_gait({**GaitFound().tables, "listed": listed.assign(by_eye="")})
    assert "Nobody has yet held this against the video." in " ".join(" ".join(unseen).split())
