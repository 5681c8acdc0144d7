"""All that is measured of walking in a take: events, walks, numbers, and what is missing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from motion.gait.error_figures import GaitErrors
from motion.gait.numbers import Evidence
from motion.gait.points import FEET
from motion.gait.scale import make_rulers, say_no_scale, warn_of_scales
from motion.gait.settings import GaitSettings
from motion.gait.spatiotemporal import measure_spatiotemporal
from motion.gait.stretches import Stretch, doubt_off_side
from motion.gait.walks import StretchEvents, WalkFound, find_stretch_events, find_walks
from motion.model import Event, Gait, Measurement, NearSide, Scale, ScaleSource, Side, Stride

__all__ = ["Walking", "measure_walking"]

OUTSIDE: Final = "not on a straight walk seen from the side"
FAR_LEG: Final = "the far leg in every walk"
_WIDTH_OFF_DEG: Final = 10.0
"""From so far off the side the unknown width between the feet may make a left and a right step
differ by 3 cm or more that are equal: 5 cm more or less than usual, times the sine, times two."""

_FEWEST_FRAMES_HZ: Final = 12.0
"""At 15 frames/s made-up walks lose nothing against 60; at 5 a contact comes 28 ms late."""

_NO_WAY: Final = {
    False: "No walk was seen from the side: film from beside the walkway, the whole body in view",
    True: "No walk was found: heels and toes must be seen to go one way for a second or longer",
}
"""By whether the landmarks are of the room."""

_SLOPING_DEG: Final = 3.0
_BELT_SD: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Walking:
    """What was found of walking.

    Parameters
    ----------
    gait
        Walks, steps, strides, scale.
    events
        All of them, in order of time.
    measurements
        Times, lengths, shares and symmetry.
    warnings
        What could not be measured, and why.
    """

    gait: Gait
    events: tuple[Event, ...]
    measurements: tuple[Measurement, ...]
    warnings: tuple[str, ...]


def measure_walking(
    stretches: Sequence[Stretch],
    settings: GaitSettings,
    errors: GaitErrors,
    *,
    in_room: bool = False,
) -> Walking:
    """Find events, walks, steps and strides, and measure what the strides that count allow.

    Parameters
    ----------
    stretches
        The parts of the take between turns that were seen from the side.
    settings
        What is known: scale, treadmill, corrected events.
    errors
        Error figures of the parameters.
    in_room
        Whether the landmarks are of the room, of markers or several cameras: no camera's place
        is to blame then where there is no walk.
    """
    rulers, scale = make_rulers(stretches, settings)
    found = [find_stretch_events(each, settings.events) for each in stretches]
    walks: list[WalkFound] = []
    walked: list[Stretch] = []
    loose: list[Event] = []
    for each, ruler in zip(found, rulers, strict=True):
        new, unused = find_walks(each, ruler, settings, len(walks) + 1)
        walks += new
        walked += [each.stretch] if new else []
        loose += unused
    loose += _outside(settings, found)
    treadmill = _is_treadmill(walks, settings)
    scale = _with_belt(scale, walks, settings) if treadmill else scale
    steps = tuple(step for each in walks for step in each.steps)
    strides = tuple(stride for each in walks for stride in each.strides)
    evidence = Evidence(
        errors=errors,
        scale=scale,
        uncertain=_find_doubts(walks, walked),
        of_width=_doubt_width(walked),
        no_scale=say_no_scale(scale, settings),
    )
    events = [event for each in walks for event in each.events] + loose
    return Walking(
        gait=Gait(
            walks=tuple(each.walk for each in walks),
            steps=steps,
            strides=strides,
            scale=scale,
            treadmill=treadmill,
        ),
        events=tuple(sorted(events, key=lambda each: each.time_s)),
        measurements=measure_spatiotemporal(steps, strides, evidence),
        warnings=tuple(_warn(found, walks, scale, settings) if found else [_NO_WAY[in_room]]),
    )


def _outside(settings: GaitSettings, found: Sequence[StretchEvents]) -> list[Event]:
    """Return corrected events that lie on no stretch: they are kept, and count nowhere."""
    if settings.events is None:
        return []
    inside = {(e.time_s, e.side, e.event) for each in found for e in each.events}
    return [
        replace(each, walk=0, left_out=OUTSIDE)
        for each in settings.events
        if (each.time_s, each.side, each.event) not in inside
    ]


def _is_treadmill(walks: Sequence[WalkFound], settings: GaitSettings) -> bool:
    if settings.treadmill is not None:
        return settings.treadmill
    return bool(walks) and all(each.progress.treadmill is True for each in walks)


def _with_belt(scale: Scale, walks: Sequence[WalkFound], settings: GaitSettings) -> Scale:
    """Return the scale that a belt of known speed gives."""
    if not walks or not np.isfinite(settings.belt_m_s):
        return scale
    return Scale(
        m_per_unit=float(np.mean([each.ruler.m_per_unit for each in walks])),
        source=ScaleSource.BELT,
        relative_sd=_BELT_SD,
    )


def _find_doubts(walks: Sequence[WalkFound], stretches: Sequence[Stretch]) -> dict[Side, str]:
    """Return why the numbers of a side are less certain than others."""
    doubts: dict[Side, list[str]] = {Side.LEFT: [], Side.RIGHT: [], Side.BOTH: []}
    near = {each.walk.near_side for each in walks}
    for side in FEET:
        if near and NearSide.NONE not in near and NearSide(side.value) not in near:
            doubts[side].append(FAR_LEG)
    off_deg = max((each.off_plane_deg for each in stretches), default=0.0)
    rate_hz = min((1.0 / each.points.period_s for each in stretches), default=math.inf)
    for reasons in doubts.values():
        if off_side := doubt_off_side(off_deg):
            reasons.append(off_side)
        if rate_hz < _FEWEST_FRAMES_HZ:
            reasons.append(f"{rate_hz:.0f} frames/s are few to time a contact by")
    return {side: "; ".join(reasons) for side, reasons in doubts.items() if reasons}


def _doubt_width(stretches: Sequence[Stretch]) -> str:
    off_deg = max((each.off_plane_deg for each in stretches), default=0.0)
    if off_deg < _WIDTH_OFF_DEG:
        return ""
    return (
        f"seen {off_deg:.0f} degrees off the side: the width between the feet, taken as usual, "
        "mixes with left and right steps"
    )


def _warn(
    found: Sequence[StretchEvents],
    walks: Sequence[WalkFound],
    scale: Scale,
    settings: GaitSettings,
) -> list[str]:
    if not walks:
        reasons = {each.rhythm.why_not for each in found if each.rhythm.why_not}
        why = "; ".join(sorted(reasons)) or "fewer than two contacts were seen"
        return [f"No walking was found: {why}"]
    said = []
    strides = [stride for each in walks for stride in each.strides]
    if not any(not each.left_out for each in strides):
        said.append("No stride counts: " + _list_reasons(strides))
    if not scale.known:
        said.append(f"No lengths and no speed: {say_no_scale(scale, settings)}")
    if contradiction := warn_of_scales([each.stretch for each in found], settings):
        said.append(contradiction)
    said += _warn_of_surface(walks, settings)
    slopes = [each.floor_slope_deg for each in walks if np.isfinite(each.floor_slope_deg)]
    if slopes and abs(float(np.median(slopes))) > _SLOPING_DEG:
        said.append(
            f"The footprints lie on a line that leans {abs(float(np.median(slopes))):.0f} degrees "
            "in the picture: the camera is rolled, or looks along the walk; lengths allow for it"
        )
    return said


def _warn_of_surface(walks: Sequence[WalkFound], settings: GaitSettings) -> list[str]:
    """Return that a walk fits neither a floor nor a belt, or not the one that was said."""
    unfit = [each for each in walks if not np.isfinite(each.progress.find_belt(settings.treadmill))]
    if not unfit:
        return []
    if settings.treadmill is not None and any(e.progress.treadmill is not None for e in unfit):
        said, seen = ("a treadmill", "gets on through the picture")
        if not settings.treadmill:
            said, seen = ("the floor", "stays where it is in the picture")
        return [f"No lengths and no speed: it was said to be {said}, but the body {seen}"]
    return [
        "No lengths and no speed of a walk: it fits neither a floor nor a treadmill; was the "
        "camera moved?"
    ]


def _list_reasons(strides: Sequence[Stride]) -> str:
    return "; ".join(sorted({each.left_out for each in strides})) or "no foot landed twice in view"
