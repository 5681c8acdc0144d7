"""An error figure grows with how far the camera is off its plane, and never shrinks."""

from dataclasses import replace

import numpy as np
import pytest
from makers import make_view

from motion.kinematics import ErrorFigure, ErrorFigures
from motion.kinematics.joints import JOINTS, JointAngle
from motion.kinematics.view_error import extra_error, widen_for_view
from motion.library import load_error_figures
from motion.model import View, ViewName

FIGURES = ErrorFigures(
    [
        {"angle": "knee_flexion", "view": "sagittal", "sem_deg": "3.0", "mdc95_deg": "8.3",
         "extra_at_45_deg": "8.0", "source": "provisional"},
        {"angle": "knee_flexion", "view": "oblique", "sem_deg": "9.0", "mdc95_deg": "24.9",
         "extra_at_45_deg": "", "source": "provisional"},
    ]
)  # fmt: skip


def seen_from(off_deg: float, sd_deg: float = 0.0) -> View:
    return replace(make_view(ViewName.SAGITTAL, 90.0 - off_deg), azimuth_sd_deg=sd_deg)


def test_a_square_view_has_the_figure_of_the_table() -> None:
    figure = widen_for_view(FIGURES, "knee_flexion", seen_from(0.0))

    assert (figure.sem_deg, figure.mdc95_deg, figure.source) == (3.0, 8.3, "provisional")


def test_a_view_a_little_off_adds_its_own_error() -> None:
    figure = widen_for_view(FIGURES, "knee_flexion", seen_from(15.0))

    assert figure.sem_deg == pytest.approx(np.hypot(3.0, 8.0 * np.tan(np.radians(15.0))))
    assert figure.mdc95_deg / figure.sem_deg == pytest.approx(8.3 / 3.0)
    assert figure.source == "provisional, widened for a view 15 degrees off"


def own(view: ViewName, sem_deg: float, extra_deg: float) -> tuple[str, ViewName, ErrorFigure]:
    figure = ErrorFigure(
        sem_deg=sem_deg,
        mdc95_deg=2.77 * sem_deg,
        source="clinic retest",
        extra_at_45_deg=extra_deg,
    )
    return "knee_flexion", view, figure


def test_the_clinics_own_figure_says_so_until_the_products_oblique_one_is_larger() -> None:
    figures = FIGURES.replaced([own(ViewName.SAGITTAL, 3.0, 8.0)], "own")

    near = widen_for_view(figures, "knee_flexion", seen_from(10.0))
    far = widen_for_view(figures, "knee_flexion", seen_from(25.0))

    assert near.source == "clinic retest, widened for a view 10 degrees off"
    assert far.source == "provisional, widened for a view 25 degrees off"
    assert far.sem_deg == 9.0


def test_a_clinics_figure_widened_by_the_products_extra_is_provisional() -> None:
    figures = FIGURES.replaced([own(ViewName.SAGITTAL, 1.5, float("nan"))], "own")

    straight = widen_for_view(figures, "knee_flexion", seen_from(0.0))
    off = widen_for_view(figures, "knee_flexion", seen_from(18.0))

    assert straight.source == "clinic retest"
    assert off.sem_deg == pytest.approx(np.hypot(1.5, 8.0 * np.tan(np.radians(18.0))))
    assert off.source == (
        "provisional extra of the view on clinic retest, widened for a view 18 degrees off"
    )


@pytest.mark.parametrize("sem_deg", [2.0, 5.0, 12.0])
def test_the_clinics_own_oblique_figure_stands_in_an_oblique_view(sem_deg: float) -> None:
    figures = FIGURES.replaced([own(ViewName.OBLIQUE, sem_deg, float("nan"))], "own")

    assert widen_for_view(figures, "knee_flexion", seen_from(19.0)).source.startswith("provisional")
    for off_deg in (20.0, 45.0):
        figure = widen_for_view(figures, "knee_flexion", seen_from(off_deg))
        assert (figure.sem_deg, figure.source) == (sem_deg, "clinic retest")


def test_an_uncertain_azimuth_counts_as_farther_off() -> None:
    sure = widen_for_view(FIGURES, "knee_flexion", seen_from(15.0))
    unsure = widen_for_view(FIGURES, "knee_flexion", seen_from(15.0, 4.0))
    farther = widen_for_view(FIGURES, "knee_flexion", seen_from(19.0))

    assert unsure.sem_deg > sure.sem_deg
    assert unsure.sem_deg == pytest.approx(farther.sem_deg)
    assert extra_error(8.0, 15.0, float("nan")) == pytest.approx(extra_error(8.0, 15.0, 0.0))


def test_an_oblique_view_is_never_better_than_the_oblique_figure() -> None:
    assert widen_for_view(FIGURES, "knee_flexion", seen_from(30.0)).sem_deg == 9.0
    assert widen_for_view(FIGURES, "knee_flexion", seen_from(58.0)).sem_deg == pytest.approx(
        np.hypot(3.0, 8.0 * np.tan(np.radians(58.0)))
    )


def test_without_a_figure_there_is_none_to_widen() -> None:
    figure = widen_for_view(FIGURES, "elbow_flexion", seen_from(30.0))

    assert np.isnan(figure.sem_deg)
    assert figure.source == "none"


@pytest.mark.parametrize("joint", JOINTS, ids=lambda joint: joint.name)
def test_every_angle_s_error_grows_with_every_degree_off(joint: JointAngle) -> None:
    square_deg = 90.0 if joint.plane.view is ViewName.SAGITTAL else 0.0
    sems = [
        widen_for_view(
            load_error_figures(), joint.name, make_view(ViewName.OBLIQUE, square_deg + off)
        ).sem_deg
        for off in range(60)
    ]

    assert np.all(np.diff(sems) >= 0)
    assert sems[20] >= load_error_figures().find(joint.name, ViewName.OBLIQUE).sem_deg
