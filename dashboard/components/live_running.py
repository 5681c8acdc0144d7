"""A running take on its page: the mirrored video, the panel beside it, what is pressed."""

import math
from typing import Final

import streamlit as st
from streamlit_webrtc import RTCConfiguration, Translations, WebRtcMode, webrtc_streamer

from dashboard.components.live_panel import panel_data, show_panel
from dashboard.live_takes import RunningTake
from dashboard.visitor import is_clinic
from motion.live.snapshot import LiveStats
from motion.model import LiveSource
from motion.texts import Texts

__all__ = ["pace_text", "show_running"]

_ASK_S: Final = {LiveSource.BROWSER: 0.5, LiveSource.CAMERA: 0.1}
"""How often the page asks; of this computer's own camera it fetches the picture too."""

_NO_SERVERS: Final[RTCConfiguration] = {"iceServers": []}
"""Nobody on the internet is asked for the way: browser and server find each other directly."""

_VIDEO: Final = {
    "video": {
        "width": {"ideal": 640},
        "height": {"ideal": 480},
        "frameRate": {"ideal": 20},
        "facingMode": "user",
    },
    "audio": False,
}


def show_running(take: RunningTake) -> None:
    """Show a take until it ends; afterwards its place stays, and is empty.

    What a fragment still sends when the page has moved on needs a place to arrive at.
    """
    with st.container(key="live-over" if take.ended else "live-stage"):
        video, beside = st.columns([3, 1.35], vertical_alignment="top")
    if take.ended:
        return
    with video:
        if take.request.source is LiveSource.BROWSER:
            _show_video(take)
    with beside:
        st.fragment(_follow, run_every=_ASK_S[take.request.source])(take)


def _show_video(take: RunningTake) -> None:
    key = f"camera-{take.id}"
    known = st.session_state.get(key)
    playing = known is not None and known.state.playing
    webrtc_streamer(
        key=key,
        mode=WebRtcMode.SENDRECV,
        rtc_configuration=_NO_SERVERS,
        media_stream_constraints=_VIDEO,
        # Its own buttons go once it runs: what stops the exercise is beside the picture. Asked to
        # play from the start it would open several connections at once.
        desired_playing_state=True if playing else None,
        queued_video_frames_callback=take.frames.answer,
        media_toggle_controls=False,
        video_html_attrs={
            "autoPlay": True,
            "controls": False,
            "muted": True,
            "playsInline": True,
            "style": {"width": "100%", "borderRadius": "0.6rem"},
        },
        translations=_camera_words(take.texts),
    )


def _camera_words(texts: Texts) -> Translations:
    return {
        "start": texts.say("live.camera_on"),
        "stop": texts.say("live.camera_off"),
        "select_device": texts.say("live.camera_where"),
        "media_api_not_available": texts.say("live.insecure"),
        "device_ask_permission": texts.say("setup.camera_starts"),
        "device_not_available": texts.say("setup.no_camera"),
        "device_access_denied": texts.say("setup.no_permission"),
    }


def _follow(take: RunningTake) -> None:
    """Show the latest moment; the page goes on when the take has ended."""
    snapshot = take.look()
    if take.ended:
        st.rerun()
    picture = None
    if take.request.source is not LiveSource.BROWSER:
        picture = take.picture.draw(snapshot)
    data = panel_data(take, snapshot, picture)

    def act(kind: str, score: int | None) -> None:
        do = {
            "start": take.session.skip_setup_hand,
            "pause": take.session.pause,
            "resume": take.session.resume,
            "pain": take.session.press_pain,
            "stop": take.stop,
        }
        if kind == "score" and score is not None:
            take.answer_pain(score)
        elif kind in do:
            do[kind]()

    show_panel(data, f"panel-{take.id}", act)
    if is_clinic() and (said := pace_text(snapshot.stats)):
        st.caption(said)


def pace_text(stats: LiveStats) -> str:
    """Return in small print how well the computer keeps up; empty before it is known."""
    if not (math.isfinite(stats.rate_hz) and math.isfinite(stats.delay_p95_ms)):
        return ""
    skipped = f", {stats.dropped_n} skipped to keep up" if stats.dropped_n else ""
    return (
        f"This computer looks at {stats.rate_hz:.0f} pictures a second and shows them "
        f"{stats.delay_p95_ms / 1000:.1f} s late{skipped}."
    )
