"""A functional test that was done live is timed from set-up's "Go!"."""

from dataclasses import replace
from pathlib import Path

import pytest
from functional_makers import ChairPlan, film_chair
from journal_makers import make_header

from motion.live.finishing import finish_take
from motion.live.journal import Journal
from motion.live.plain import to_plain
from motion.model import (
    FUNCTIONAL,
    NOT_COMPARABLE,
    LiveEnd,
    LivePose,
    Measurement,
    ModelInfo,
    NeutralPose,
)
from motion.settings import AnalysisSettings

PLAN = ChairPlan(starts_s=(5.0, 7.4, 9.8, 12.2, 14.6), duration_s=18.0)
GO_S = 4.5
NEUTRAL = NeutralPose(
    start_s=2.0, end_s=4.0, thigh_px=84.0, shank_px=80.0, trunk_px=100.0, upper_arm_px=60.0,
    roll_deg=0.0, off_plane_deg=0.0,
)  # fmt: skip


def do_live(root: Path, movement: str, neutral: NeutralPose | None) -> list[Measurement]:
    header = replace(
        make_header(),
        settings=AnalysisSettings(movement=movement),
        prescription=None,
        size_px=(640, 480),
        model=ModelInfo(name="synthetic", sha256="1" * 64),
    )
    journal = Journal.create(root, header)
    begun_s = neutral.start_s if neutral else 2.0
    journal.note(
        "begun",
        {"begun_s": begun_s, "go_s": GO_S if neutral else None, "neutral": to_plain(neutral)},
    )
    filmed = film_chair(PLAN)
    for row, time_s in enumerate(filmed.time_s):
        names = ("image_px", "world_m", "visibility", "presence")
        parts = {name: getattr(filmed, name)[row] for name in names}
        journal.add(LivePose(time_s=float(time_s), **parts))
    journal.close(LiveEnd.FINISHED)
    analysis = finish_take(journal.folder).analysis
    return [m for m in analysis.measurements if m.joint == FUNCTIONAL]


def test_the_clock_starts_with_go(tmp_path: Path) -> None:
    (number,) = do_live(tmp_path, "five_sit_to_stand", NEUTRAL)

    assert number.value == pytest.approx(PLAN.seated_s(5) - GO_S, abs=0.1)
    assert NOT_COMPARABLE not in number.note


def test_without_set_up_nobody_said_go(tmp_path: Path) -> None:
    (number,) = do_live(tmp_path, "five_sit_to_stand", None)

    assert NOT_COMPARABLE in number.note


def test_what_is_no_test_has_no_clock(tmp_path: Path) -> None:
    assert do_live(tmp_path, "sit_to_stand", NEUTRAL) == []
