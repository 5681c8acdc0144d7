"""Corrects which side is which, which side was planned, and what a take says about itself."""

from dataclasses import replace
from enum import StrEnum
from typing import Final, TypeVar

import streamlit as st

from dashboard import words
from dashboard.components.choices import ask_one_of
from dashboard.components.replay import show_moment
from dashboard.correction_draft import Item, add_item
from motion.clinic import StoredTake
from motion.correcting import SideSwap
from motion.model import Mirrored, Mode, Position, Setting, Side, TakeConditions, WeightBearing

T = TypeVar("T", bound=StrEnum)

__all__ = ["ask_circumstances", "ask_sides"]

_WHOLE: Final = "The whole take"
_PART: Final = "A part of it"
_SIDES: Final[dict[Side | None, str]] = {
    side: words.label(side) for side in (Side.LEFT, Side.RIGHT, Side.BOTH)
}
_MIRRORED: Final = {
    Mirrored.UNKNOWN: "Not known",
    Mirrored.NO: "No",
    Mirrored.YES: "Yes, turned back for measuring",
}


def ask_sides(take: StoredTake) -> None:
    """Ask when left and right were exchanged."""
    if take.analysis.recording.triangulated is not None:
        st.info(
            "Several cameras saw this take; left and right cannot be exchanged in one of them. "
            "Measure the recordings again, or leave the take out.",
            icon=":material/info:",
        )
        return
    st.markdown("Left and right of the body were taken for each other.")
    how = st.segmented_control(
        "In which part?", [_WHOLE, _PART], default=_WHOLE, required=True, key=f"swap-{take.id}"
    )
    swap = SideSwap()
    if how == _PART:
        end_s = round(float(take.analysis.recording.time_s[-1]), 2)
        start_s, stop_s = st.slider(
            "From and to, in seconds (s)", 0.0, max(end_s, 0.01), (0.0, end_s), 0.01,
            key=f"swap-times-{take.id}",
        )  # fmt: skip
        show_moment(take.analysis, start_s, key=f"swap-start-{take.id}")
        swap = SideSwap(start_s=start_s, end_s=stop_s)
    st.button(
        "Exchange left and right",
        icon=":material/swap_horiz:",
        on_click=add_item,
        args=(take, swap),
    )


def ask_circumstances(take: StoredTake) -> None:
    """Ask for the planned side and the conditions as they were."""
    before = take.analysis.conditions
    key = f"right-{take.id}-{take.analysis_id}"
    planned = str(dict(take.analysis.provenance.settings).get("side", "auto"))
    sides = _SIDES if planned in _SIDES else {None: "As the view shows", **_SIDES}
    side = ask_one_of("Planned side", sides, Side(planned) if planned in _SIDES else None, key)
    said = _ask_conditions(before, key)
    changed: list[Item] = [said] if said != before else []
    if side is not None and side != planned:
        changed.append(side)

    def put() -> None:
        for item in changed:
            add_item(take, item)

    st.button(
        "Put it on the list", icon=":material/playlist_add:", disabled=not changed, on_click=put
    )


def _ask_conditions(before: TakeConditions, key: str) -> TakeConditions:
    left, right = st.columns(2)
    with left:
        position = ask_one_of("Position", _titles(Position), before.position, key)
        mode = ask_one_of("Who moved the limb", _titles(Mode), before.mode, key)
        setting = ask_one_of("Recorded at", _titles(Setting), before.setting, key)
        mirrored = ask_one_of("Mirror image", _MIRRORED, before.mirrored, key)
    with right:
        weight = ask_one_of(
            "Weight on the measured leg", _titles(WeightBearing), before.weight_bearing, key
        )
        aid = st.text_input("Aid", value=before.aid, max_chars=80, key=f"aid-{key}")
        footwear = st.text_input(
            "Shoes, brace, orthosis", value=before.footwear_orthosis, max_chars=80,
            key=f"footwear-{key}",
        )  # fmt: skip
    return replace(
        before,
        position=position,
        mode=mode,
        setting=setting,
        weight_bearing=weight,
        aid=aid.strip() or "unknown",
        footwear_orthosis=footwear.strip() or "unknown",
        mirrored=mirrored,
    )


def _titles(kind: type[T]) -> dict[T, str]:
    return {each: words.label(each) for each in kind}
