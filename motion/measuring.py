"""From a recording's landmarks to its numbers: the same steps for a file, a camera, a re-run."""

from dataclasses import replace
from datetime import datetime
from typing import Final

import numpy as np

from motion.errors import InputError
from motion.exercise import Movement
from motion.exercise.functional_left_out import doubt_left_out
from motion.gait import GaitSettings
from motion.kinematics import (
    ErrorFigures,
    FootZero,
    RangeEvidence,
    measure_ranges,
    state_bands,
)
from motion.kinematics.evidence import name_of_joint
from motion.kinematics.foreshortening import ANGLE_METHOD
from motion.kinematics.hand_numbers import strip_where_placed
from motion.library import (
    find_joint_centre_model,
    find_movement,
    load_band_model,
    load_confidence_model,
    load_error_figures,
)
from motion.looking import ROOM_CONFIDENCE, ROOM_METHOD, look_at_picture, look_into_room
from motion.measuring_repetitions import (
    FREE_MOVEMENT,
    NOT_COUNTED,
    count_movement,
    reported_sides,
)
from motion.measuring_sides import count_sides, suspect_mirror
from motion.measuring_test import measure_test
from motion.measuring_walk import NO_FIGURES, MeasuredWalk, measure_walk
from motion.model import (
    Analysis,
    AngleCurve,
    AngleTable,
    NearSide,
    PersonReport,
    PoseRecording,
    Position,
    Provenance,
    Side,
    SideCounts,
    View,
)
from motion.remarks import find_side_conflict, warn_about
from motion.settings import PLAIN_LANDMARKS, SAID_SETTINGS, AnalysisSettings, SettingValue

__all__ = ["find_side_conflict", "measure_again", "measure_recording"]


MARKER_CONFIDENCE: Final = "marker seen"
"""What stands for the confidence model's version where markers were stuck to the body."""

WALKING_MOVEMENT: Final = "walking"
"""The exercise that measures walking, where only the choices about a walk were given."""


def measure_recording(
    recording: PoseRecording,
    settings: AnalysisSettings,
    provenance: Provenance,
    started_at: datetime,
    person: PersonReport | None = None,
    sides_before: SideCounts | None = None,
) -> Analysis:
    """Put sides right, clean landmarks, decide the view, measure angles, repetitions, ranges.

    Parameters
    ----------
    recording
        Landmarks as the model gave them.
    settings
        What to measure.
    provenance
        Goes into the result with the names of the error figures and the versions of the models
        of confidence and joint centres; its measured rate is used.
    started_at
        When the recording began, timezone aware.
    person
        Who was measured, and who else was in view.
    sides_before
        What an earlier repair of these landmarks put back; repairing twice changes nothing.

    Raises
    ------
    InputError
        If there is no such movement.
    """
    movement, gait = _choose_movement(settings)
    rate_hz = provenance.input.rate_hz
    of_markers = provenance.model.of_markers
    several = recording.triangulated is not None
    fitted = settings.joint_centres and not several
    centres = find_joint_centre_model(provenance.model.name) if fitted else None
    looked = (
        look_into_room(recording, settings, rate_hz)
        if several
        else look_at_picture(recording, settings, rate_hz, centres, far_legs=gait is not None)
    )
    view, zeros = looked.view, looked.foot_zeros
    walk = None if gait is None else measure_walk(looked, gait, of_markers=of_markers)
    conditions = settings.conditions
    if conditions.near_side is NearSide.UNKNOWN:
        conditions = replace(conditions, near_side=_find_near_side(view, walk))
    withheld = frozenset(settings.withheld_joints)
    model, bands = load_confidence_model(), load_band_model()
    # The figures are of cameras: no error is known of a laboratory's markers.
    figures = ErrorFigures((), NO_FIGURES) if of_markers else load_error_figures()
    table, ratings = looked.rate(_only_wanted(looked.table, movement, withheld), model)
    if centres:
        table = state_bands(table, looked.passes, looked.position, bands)
    counted = (
        NOT_COUNTED if walk else count_movement(table, rate_hz, movement, settings, looked.near)
    )
    evidence = RangeEvidence(
        poses=looked.poses,
        view=view,
        position=looked.position,
        withheld=withheld,
        rate_hz=rate_hz,
        figures=figures,
        foot_zeros=zeros,
        repetitions=counted.repetitions,
        repetitions_said=settings.repetitions is not None,
        left_out=settings.left_out,
        ratings=ratings,
        passes=looked.passes,
        ambiguous=looked.ambiguous,
        bands=None if of_markers else bands,
        position_said=settings.conditions.position is not Position.UNKNOWN,
        far_legs=walk is not None,
    )
    sides = reported_sides(settings.measured_side)
    test = doubt_left_out(
        measure_test(movement.name, looked, settings.go_s), settings.left_out, counted.repetitions
    )
    analysis = Analysis(
        movement=movement.name,
        side=settings.measured_side or Side.BOTH,
        started_at=started_at,
        conditions=conditions,
        view=view,
        recording=looked.recording,
        angles=table,
        measurements=strip_where_placed(
            walk.measure(table, evidence, movement.angles, sides), looked.recording, legs_only=True
        )
        if walk
        else (
            *strip_where_placed(test.measurements, looked.recording, legs_only=False),
            *measure_ranges(table, evidence, movement.angles, sides),
        ),
        repetitions=counted.repetitions,
        provenance=_with_settings(
            provenance,
            confidence_model=_name_confidence(provenance, model.version, several=several),
            bands=bands.version if centres else "none",
            angle_method=ROOM_METHOD if several else ANGLE_METHOD,
            error_figures=figures.name,
            joint_centres=centres.version if centres else PLAIN_LANDMARKS,
            **(walk.made_with if walk else {}),
        ),
        events=walk.walking.events if walk else (),
        gait=walk.walking.gait if walk else None,
        counted_on=counted.curve.name if counted.curve else "",
        rest_deg=counted.rest_deg,
        incomplete_repetitions=counted.incomplete,
        neutral=_neutral(zeros),
        person=person or PersonReport(),
        sides=replace(
            count_sides(looked.repair, sides_before or SideCounts()),
            suspicion=""
            if settings.sides_said
            else suspect_mirror(looked.repair.recording, settings.measured_side, movement, view),
        ),
        passes=looked.passes,
    )
    said = walk.walking.warnings if walk else test.warnings
    return replace(analysis, warnings=(*warn_about(analysis, movement), *said))


def _find_near_side(view: View, walk: MeasuredWalk | None) -> NearSide:
    """Return which side was nearest the camera: of a walk there and back each in turn."""
    near = {each.near_side for each in walk.walking.gait.walks} if walk else set()
    return NearSide.BOTH if near >= {NearSide.LEFT, NearSide.RIGHT} else view.near_side


def _name_confidence(provenance: Provenance, version: str, *, several: bool) -> str:
    """Return what an angle's confidence means."""
    if provenance.model.of_markers:
        return MARKER_CONFIDENCE
    return ROOM_CONFIDENCE if several else version


def _choose_movement(settings: AnalysisSettings) -> tuple[Movement, GaitSettings | None]:
    """Return what is done, and the choices about a walk where it is walking."""
    name = settings.movement or (WALKING_MOVEMENT if settings.gait else "")
    movement = find_movement(name) if name else FREE_MOVEMENT
    if settings.gait and not movement.gait:
        msg = f"movement {name!r}: is no walking; leave it out, or choose {WALKING_MOVEMENT!r}"
        raise InputError(msg)
    if settings.target_deg is not None:
        movement = replace(movement, target_deg=settings.target_deg)
    return movement, (settings.gait or GaitSettings()) if movement.gait else None


def _with_settings(provenance: Provenance, **made_with: SettingValue) -> Provenance:
    settings = dict(provenance.settings) | made_with
    return replace(provenance, settings=tuple(settings.items()))


def _only_wanted(table: AngleTable, movement: Movement, withheld: frozenset[str]) -> AngleTable:
    """Leave empty what the movement does not measure, and what may never be measured."""
    return AngleTable(
        time_s=table.time_s,
        curves=tuple(
            curve
            if curve.angle in movement.angles and name_of_joint(curve) not in withheld
            else _emptied(curve)
            for curve in table.curves
        ),
    )


def _emptied(curve: AngleCurve) -> AngleCurve:
    nothing = np.full(len(curve.value_deg), np.nan)
    none_filled = np.zeros(len(nothing), dtype=bool)
    return replace(
        curve, value_deg=nothing, confidence=nothing, filled=none_filled, by_hand=none_filled
    )


def measure_again(analysis: Analysis, settings: AnalysisSettings) -> Analysis:
    """Measure the landmarks of an analysis with other settings; what was filled is filled anew.

    Filled landmarks carry no visibility, so they count as not seen and nothing is built on
    what was interpolated before.
    """
    before = analysis.provenance
    known = dict(before.settings)
    # The landmarks are those of the person who was chosen then: another needs another analysis.
    settings = replace(settings, person=str(known.get("person", settings.person)))
    said_no_more = known.keys() & set(SAID_SETTINGS)
    kept = {name: value for name, value in known.items() if name not in said_no_more}
    kept |= dict(settings.as_pairs())
    provenance = replace(before, settings=tuple(kept.items()))
    return measure_recording(
        analysis.recording,
        settings,
        provenance,
        analysis.started_at,
        analysis.person,
        analysis.sides,
    )


def _neutral(zeros: dict[Side, FootZero]) -> dict[str, float]:
    return {f"{side}_foot_slope_deg": zero.slope_deg for side, zero in zeros.items()}
