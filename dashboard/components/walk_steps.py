"""The steps of a walk: the moving skeleton with its events, and the foot-fall diagram."""

from typing import Final

import streamlit as st

from dashboard import gait_words, words
from dashboard.components.replay import show_moment
from dashboard.components.styling import text_colour
from dashboard.components.take_curves import CHART_CONFIG
from dashboard.gait_footfall import Stretch, footfall_figure, stretches_of
from motion.clinic import StoredTake, open_record
from motion.model import Analysis, Gait

__all__ = ["show_steps"]

_LINES_N: Final = 6
_KEY: Final = (
    "Bar: the foot is on the floor. ▼ initial contact, △ foot off. Hatched and pale: left out of "
    "the means; the pointer shows why."
)


def show_steps(take: StoredTake, gait: Gait) -> None:
    """Show the replay and when each foot was on the floor."""
    first_s = gait.walks[0].start_s if gait.walks else 0.0
    show_moment(take.analysis, first_s, key=f"walk-replay-{take.id}")
    if take.annotated_digest is not None:
        with st.expander("Recording with the measurements drawn on it"), open_record() as record:
            video = record.files.checked_path(take.annotated_digest)
            st.video(video.read_bytes(), format="video/mp4", alt="The recording of the walk")
    st.subheader("When each foot was on the floor")
    if not gait.walks:
        st.markdown("No walking was found in this recording.")
        return
    lines = _choose_lines(stretches_of(gait.walks))
    st.caption(_KEY)
    st.plotly_chart(
        footfall_figure(lines, take.analysis.events, ink=text_colour()),
        config=CHART_CONFIG,
        alt=f"Foot-fall diagram of {len(gait.walks)} walks",
    )
    _list_left_out(take.analysis)


def _choose_lines(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Return as many lines of the diagram as fit; of a long take a part is asked for."""
    pages = [stretches[n : n + _LINES_N] for n in range(0, len(stretches), _LINES_N)]
    if len(pages) == 1:
        return pages[0]
    titles = [f"{page[0].start_s:.0f} to {page[-1].end_s:.0f} s" for page in pages]
    chosen = st.selectbox(
        "Part of the recording", range(len(pages)), format_func=titles.__getitem__
    )
    return pages[chosen]


def _list_left_out(analysis: Analysis) -> None:
    reasons = gait_words.count_reasons(e.left_out for e in analysis.events)
    if reasons:
        listed = "; ".join(reasons)
        st.caption(f"Events that are left out of the means: {words.plain(listed)}.")
