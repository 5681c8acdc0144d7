"""What is to be seen of a take: its annotated video if it was kept, else its skeleton."""

import streamlit as st

from dashboard.components.replay import show_replay
from motion.clinic import StoredTake, open_record
from motion.model import AngleCurve

__all__ = ["show_picture"]


def show_picture(take: StoredTake, curve: AngleCurve | None) -> None:
    """Show the video or the skeleton replay."""
    if take.annotated_digest is None:
        show_replay(take.analysis, curve)
        return
    with open_record() as record:
        video = record.files.checked_path(take.annotated_digest)
    st.video(video.read_bytes(), format="video/mp4", alt="The recording with the measurements")
    with st.expander("Skeleton replay"):
        show_replay(take.analysis, curve)
