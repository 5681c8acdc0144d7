"""Repetitions moved, added and removed on the angle's curve."""

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import streamlit as st

from dashboard import words
from dashboard.components.notices import show_error
from dashboard.components.take_curves import choose_curve
from dashboard.correction_draft import add_item, draft_of
from motion.clinic import StoredTake
from motion.errors import MotionError
from motion.exercise.repetition_edits import RepetitionEdit, apply_repetition_edits
from motion.library import find_test
from motion.model import AngleCurve, AngleTable, RemovedAs, Repetition

__all__ = ["ask_repetitions", "curve_data"]

_HERE: Final = Path(__file__).parent
_POINTS_N: Final = 1200
_STEP_S: Final = 0.01
_MOVE: Final = "Move"
_ADD: Final = "Add"
_REMOVE: Final = "Remove"
_WHAT: Final = {
    _MOVE: "A repetition started, topped out or ended at another time.",
    _ADD: "A repetition is missing.",
    _REMOVE: "A repetition was none, or is not to be counted.",
}
_REMOVED_AS: Final = {
    RemovedAs.MISTRACKED: "Tracked wrongly: the body was not where the lines are",
    RemovedAs.OTHER_MOVEMENT: "Another movement, or somebody helped",
    RemovedAs.NOT_COUNTED: "The joint did move so, it is only not to be counted",
}
_KEPT: Final = "Its angles still count for the largest, the smallest and the range."
_TAKEN_OUT: Final = (
    "No largest, smallest or range of any angle is read from its time any more; where no "
    "repetition is left, none is given. The curve stays to be seen."
)
_TEST_STAYS: Final = (
    "The test counts and times by its own rules: its result stays as it is. Where that is wrong, "
    "leave the number out."
)
_TEST_DOUBTED: Final = (
    "Nothing can be cut out of a test: its result becomes uncertain, and none is given where no "
    "repetition is left in its time."
)
_PROBLEM: Final = "repetition-problem"
_TIMES: Final = ("start", "peak", "end")


def ask_repetitions(take: StoredTake) -> None:
    """Ask which repetition is wrong, and how it was."""
    curve = choose_curve(take.analysis)
    if curve is None:
        st.caption("No angle was measured, so there is nothing to count on.")
        return
    everything = _repetitions_now(take)
    own = [r for r in everything if (r.joint, r.motion, r.side) == _key_of(curve)]
    what = st.segmented_control(
        "What is wrong?", list(_WHAT), default=_MOVE if own else _ADD, required=True,
        key=f"repetition-what-{take.id}",
    )  # fmt: skip
    st.caption(_WHAT[what])
    if what != _ADD and not own:
        st.markdown("No repetition of this angle is left to correct.")
        return
    edit = _ask_edit(take, curve, own, what)
    st.button(
        "Put it on the list",
        icon=":material/playlist_add:",
        disabled=edit is None,
        on_click=_keep,
        args=(take, everything, edit),
    )
    if (problem := st.session_state.pop(_PROBLEM, None)) is not None:
        show_error(problem)


def _repetitions_now(take: StoredTake) -> tuple[Repetition, ...]:
    """Return the repetitions as the list has them so far."""
    edits = [each for each in draft_of(take) if isinstance(each, RepetitionEdit)]
    return apply_repetition_edits(take.analysis.repetitions, edits, end_s=_end_s(take))


def _end_s(take: StoredTake) -> float:
    return float(take.analysis.recording.time_s[-1])


def _key_of(curve: AngleCurve) -> tuple[object, ...]:
    return curve.joint, curve.motion, curve.side


def _ask_edit(
    take: StoredTake, curve: AngleCurve, own: Sequence[Repetition], what: str
) -> RepetitionEdit | None:
    if what == _ADD:
        return _ask_added(take, curve, own)
    number = st.selectbox(
        "Repetition", range(len(own)), format_func=lambda n: _title(n, own[n]),
        key=f"repetition-{take.id}-{curve.name}-{what}",
    )  # fmt: skip
    chosen = own[number]
    if what == _REMOVE:
        return _ask_removed(take, chosen)
    key = f"{chosen.start_s:.3f}"
    found = {"start": chosen.start_s, "peak": _peak_of(chosen), "end": chosen.end_s}
    others = [r for r in own if r is not chosen]
    times = _ask_times(take, curve, others, found, key)
    if all(abs(times[name] - found[name]) < _STEP_S / 2 for name in _TIMES):
        return None
    return RepetitionEdit.move(chosen, times["start"], times["end"], times["peak"])


def _ask_removed(take: StoredTake, chosen: Repetition) -> RepetitionEdit | None:
    """Ask what was there instead: it decides whether its angles still count for the range."""
    why = st.radio(
        "What was it?", list(_REMOVED_AS), index=None, format_func=_REMOVED_AS.__getitem__,
        key=f"repetition-removed-as-{take.id}",
    )  # fmt: skip
    if why is None:
        st.caption("Choose what it was, then put it on the list.")
        return None
    st.caption(_KEPT if why.counts_for_range else _TAKEN_OUT)
    if find_test(take.analysis.movement):
        st.caption(_TEST_STAYS if why.counts_for_range else _TEST_DOUBTED)
    return RepetitionEdit.remove(chosen, why)


def _ask_added(
    take: StoredTake, curve: AngleCurve, own: Sequence[Repetition]
) -> RepetitionEdit | None:
    auto = st.checkbox(
        "Take the farthest moment between start and end as its peak",
        value=True,
        key=f"repetition-auto-{take.id}",
    )
    start_s, stop_s = _find_room(own, _end_s(take))
    found = {"start": start_s, "peak": (start_s + stop_s) / 2.0, "end": stop_s}
    times = _ask_times(take, curve, own, found, "add", auto=auto)
    return RepetitionEdit.add(curve, times["start"], times["end"], times["peak"])


def _find_room(own: Sequence[Repetition], end_s: float) -> tuple[float, float]:
    """Return the longest time in which no repetition is: where one is most likely missing."""
    starts = [*(r.start_s for r in own), end_s]
    ends = [0.0, *(r.end_s for r in own)]
    return max(zip(ends, starts, strict=True), key=lambda free: free[1] - free[0])


def _peak_of(repetition: Repetition) -> float:
    middle_s = (repetition.start_s + repetition.end_s) / 2.0
    return middle_s if math.isnan(repetition.peak_s) else repetition.peak_s


def _ask_times(
    take: StoredTake,
    curve: AngleCurve,
    others: Sequence[Repetition],
    found: dict[str, float],
    key: str,
    *,
    auto: bool = False,
) -> dict[str, float]:
    """Ask by numbers, or by handles on the curve, which go with the numbers."""
    end_s = _end_s(take)
    stem = f"repetition-time-{take.analysis_id}-{curve.name}-{key}"
    columns = st.columns(len(_TIMES))
    times = {}
    for name, column in zip(_TIMES, columns, strict=True):
        # Before the field is made, because dragging a handle sets it too.
        st.session_state.setdefault(f"{stem}-{name}", round(min(found[name], end_s), 2))
        with column:
            times[name] = float(
                st.number_input(
                    f"{name.capitalize()}, in seconds (s)",
                    min_value=0.0,
                    max_value=end_s,
                    step=_STEP_S,
                    format="%.2f",
                    key=f"{stem}-{name}",
                    disabled=auto and name == "peak",
                )
            )
    if auto:
        times["peak"] = math.nan
    # What was typed in is rounded: untouched it is what was found.
    near = {n: found[n] if abs(times[n] - found[n]) < _STEP_S / 2 else times[n] for n in times}
    _show_handles(take, curve, others, near, stem)
    return near


def _show_handles(
    take: StoredTake,
    curve: AngleCurve,
    others: Sequence[Repetition],
    times: dict[str, float],
    stem: str,
) -> None:
    end_s, key = _end_s(take), f"{stem}-handles"

    def dragged() -> None:
        given = st.session_state[key].get("times")
        for name in _TIMES if given else ():
            if given[name] is not None:
                st.session_state[f"{stem}-{name}"] = round(min(float(given[name]), end_s), 2)

    _component()(
        key=key,
        data=curve_data(take.analysis.angles, curve, others, times),
        on_times_change=dragged,
    )


def curve_data(
    table: AngleTable,
    curve: AngleCurve,
    others: Sequence[Repetition],
    times: dict[str, float],
) -> dict[str, Any]:
    """Return what the browser draws: the curve, the other repetitions, and the three times."""
    rows = slice(None, None, -(-len(table.time_s) // _POINTS_N))
    value = curve.value_deg[rows]
    title = words.angle_title(curve.joint, curve.motion, curve.side)
    return {
        "title": f"{title} over time, in degrees",
        "axis": f"{title} (degrees)",
        "time_s": table.time_s[rows].tolist(),
        "deg": [float(v) if np.isfinite(v) else None for v in value],
        "from_s": 0.0,
        "to_s": float(table.time_s[-1]),
        "step_s": _STEP_S,
        "others": [[r.start_s, r.end_s] for r in others],
        "times": {name: None if math.isnan(at_s) else at_s for name, at_s in times.items()},
    }


def _title(place: int, repetition: Repetition) -> str:
    return f"{place + 1}: {repetition.start_s:.2f} to {repetition.end_s:.2f} s"


def _keep(take: StoredTake, now: Sequence[Repetition], edit: RepetitionEdit | None) -> None:
    if edit is None:
        return
    try:  # said at once, not only when all are stored
        apply_repetition_edits(now, [edit], end_s=_end_s(take))
    except MotionError as error:
        st.session_state[_PROBLEM] = error
        return
    add_item(take, edit)


@cache
def _component() -> Any:
    html, css, js = (
        (_HERE / f"correction_curve.{end}").read_text("utf-8") for end in ("html", "css", "js")
    )
    return st.components.v2.component("motion_correction_curve", html=html, css=css, js=js)
