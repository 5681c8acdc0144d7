"""What stands before a live take: how it is done, safety, pain, which camera, and Start."""

from collections.abc import Callable
from datetime import date
from typing import Final

import streamlit as st

from dashboard import words
from dashboard.components.camera_gate import REFUSALS, ask_camera
from dashboard.components.exercise_picture import show_pictogram
from dashboard.components.live_choice import Choice, setting_of_pages
from dashboard.components.patient_notices import show_trouble
from dashboard.components.safety import show_safety
from dashboard.components.scales import ask_scale
from dashboard.components.source import is_this_computer
from dashboard.dose_words import dose_lines
from dashboard.live_request import LiveRequest
from dashboard.live_takes import start_take
from dashboard.patient_texts import describe_exercise, hand_text
from dashboard.subjects import may_be_minor
from motion.clinic import Patient
from motion.errors import MotionError
from motion.model import LiveSource, Setting
from motion.texts import Texts

__all__ = ["ask_start", "choose_camera", "show_exercise", "show_start"]

_PICTURE_PX: Final = 240
_REFUSED: Final = "live-refused"
_FAILED: Final = "live-failed"


def show_exercise(choice: Choice, texts: Texts) -> None:
    """Show the picture of an exercise, what is to be done of it, how, and when to take care."""
    said = describe_exercise(choice.exercise, texts)
    given = choice.prescription
    with st.container(horizontal=True, vertical_alignment="top"):
        show_pictogram(choice.exercise, _PICTURE_PX, title=said.title, side=given.side)
        with st.container(width="stretch", gap="small"):
            st.markdown(f"### {words.plain(said.title)}")
            lines = dose_lines(given, texts, measured=choice.exercise.measured)
            st.markdown("  \n".join(words.plain(line) for line in lines))
            st.markdown(words.plain(said.how))
            st.markdown(f"**{texts.say('page.care')}:** {words.plain(said.care)}")
            if choice.item is not None and choice.item.item.note:
                note = choice.item.item.note
                st.info(words.plain(texts.say("today.from_clinic", note=note)))


def ask_start(
    patient: Patient, choice: Choice, texts: Texts, on_take: Callable[[str], None]
) -> None:
    """Ask what must be known before, and start the take.

    Parameters
    ----------
    on_take
        Given the key of the take that began.
    """
    read = _confirm_safety(patient, choice, texts)
    st.subheader(texts.say("pain.title"))
    pain = ask_scale(texts.say("pain.before"), texts.say("pain.scale"), "live-pain-before")
    if pain is not None and pain > choice.prescription.pain_limit:
        # Above the plan's limit nothing is begun, as nothing is resumed (clinical_rules.md 19).
        st.warning(texts.say("pain.before_too_high"), icon=":material/front_hand:")
        return
    st.subheader(texts.say("page.camera"))
    source, camera = choose_camera(texts)
    checked = st.checkbox(texts.say("live.with_check"), value=True, key="live-with-check")
    if not checked:
        st.caption(texts.say("setup.skip_warning"))
    st.markdown(f"{texts.say('setup.place_camera')} {texts.say('setup.space')}")
    hand = hand_text(choice.exercise, choice.prescription.side, texts)
    if hand:
        st.markdown(hand)
    keep_video = _ask_to_keep(texts)
    _say_privacy(source, texts, keep_video=keep_video)

    def begin() -> None:
        request = LiveRequest(
            patient=patient.code,
            exercise=choice.exercise,
            prescription=choice.prescription,
            source=source,
            camera=camera,
            language=texts.language,
            setting=setting_of_pages(),
            item_id=choice.item.item.id if choice.item else None,
            withheld_joints=patient.withheld_joints,
            pain_before=pain,
            with_setup=checked,
            keep_video=keep_video,
        )
        on_take(start_take(request).id)

    missing = [
        texts.say(key)
        for key, there in (("live.read_first", read), ("live.pain_first", pain is not None))
        if not there
    ]
    for sentence in missing:
        st.caption(sentence)
    show_start(source, texts, begin, ready=not missing)


def _confirm_safety(patient: Patient, choice: Choice, texts: Texts) -> bool:
    show_safety(texts, minor=may_be_minor(patient, date.today()))
    if choice.exercise.standing:
        st.markdown(texts.say("safety.standing"))
    st.markdown(f"{texts.say('safety.pain_button')} {texts.say('safety.clothes')}")
    key = f"live-read-{choice.prescription.exercise}"
    return st.checkbox(texts.say("button.understood"), key=key)


def choose_camera(texts: Texts) -> tuple[LiveSource, str]:
    """Ask which camera: the visitor's browser's, or one of this computer, with its number."""
    if not is_this_computer():
        return LiveSource.BROWSER, ""
    kinds = {
        LiveSource.BROWSER: texts.say("live.camera_browser"),
        LiveSource.CAMERA: texts.say("live.camera_own"),
    }
    source = st.radio(
        texts.say("live.camera_where"), list(kinds), format_func=kinds.__getitem__,
        key="live-source",
    )  # fmt: skip
    if source is LiveSource.BROWSER:
        return source, ""
    number = st.number_input(texts.say("live.camera_number"), 0, 9, 0, key="live-camera")
    return source, str(number)


def _ask_to_keep(texts: Texts) -> bool:
    """Offer to keep the video, off at first; on a patient's own pages it never is kept."""
    if setting_of_pages() is Setting.HOME:
        return False
    return st.checkbox(texts.say("live.keep_video"), value=False, key="live-keep-video")


def _say_privacy(source: LiveSource, texts: Texts, *, keep_video: bool) -> None:
    local = source is LiveSource.CAMERA or is_this_computer()
    where = texts.say("privacy.local" if local else "privacy.server")
    kept = f"{where} {texts.say('privacy.kept')}"
    said = texts.say("privacy.with_video") if keep_video else kept
    st.caption(f":material/lock: {said}")


def show_start(
    source: LiveSource,
    texts: Texts,
    begin: Callable[[], None],
    *,
    ready: bool = True,
    focus: str = "",
) -> None:
    """Show the button that starts a take; of a browser it asks for the camera first.

    Parameters
    ----------
    begin
        Starts the take; an error of it is shown in the patient's words.
    ready
        Whether it may be pressed.
    focus
        As :func:`dashboard.components.camera_gate.ask_camera`.
    """

    def try_to_begin() -> None:
        try:
            begin()
        except MotionError as error:
            st.session_state[_FAILED] = error

    def answered(state: str) -> None:
        st.session_state[_REFUSED] = state
        if state == "ready":
            try_to_begin()

    label = texts.say("live.start")
    if not ready:
        st.button(label, type="primary", disabled=True, width="stretch")
    elif source is LiveSource.BROWSER:
        ask_camera(label, "live-gate", answered, focus=focus)
    elif st.button(label, type="primary", width="stretch"):
        try_to_begin()
        if _FAILED not in st.session_state:
            st.rerun()
    _show_troubles(source, texts, ready=ready)


def _show_troubles(source: LiveSource, texts: Texts, *, ready: bool) -> None:
    refused = st.session_state.get(_REFUSED)
    if ready and source is LiveSource.BROWSER and refused in REFUSALS:
        st.error(texts.say(REFUSALS[refused]), icon=":material/videocam_off:")
    failed = st.session_state.pop(_FAILED, None)
    if failed is not None:
        show_trouble(failed, "live.not_begun", texts)
