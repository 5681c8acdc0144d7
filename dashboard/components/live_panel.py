"""What stands beside the live picture: the cue, the counts, the buttons, and what is heard."""

import base64
import math
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import cv2
import streamlit as st

from dashboard.dose_words import side_text
from dashboard.live_request import LiveRequest
from dashboard.live_takes import RunningTake
from dashboard.patient_texts import describe_exercise, hand_text
from motion.exercise.coach_state import Phase
from motion.live.snapshot import LiveSnapshot, LiveStage
from motion.report.strokes import Picture
from motion.texts import Texts

__all__ = ["panel_data", "show_panel"]

_HERE: Final = Path(__file__).parent
_QUALITY: Final = 70
_STANDSTILLS: Final = {Phase.PAUSED: "paused", Phase.PAIN: "pain"}
_LASTING: Final = {
    Phase.WAITING: "cue.start_position",
    Phase.PAUSED: "cue.paused",
    Phase.PAIN: "phase.pain",
    Phase.BETWEEN_SETS: "phase.between_sets",
    Phase.DONE: "cue.all_done",
    Phase.ENDED: "phase.ended",
}
"""What stands while nothing is said and the exercise stands still: the picture shows it too."""

Act = Callable[[str, int | None], None]


def show_panel(data: dict[str, Any], key: str, on_act: Act) -> None:
    """Show the panel.

    Parameters
    ----------
    data
        Of :func:`panel_data`.
    on_act
        Given what was pressed (``start``, ``pause``, ``resume``, ``stop``, ``pain``, ``score``)
        and, of ``score``, the answer.
    """

    def acted() -> None:
        action = st.session_state[key].get("action")
        if action is not None:
            score = action.get("score")
            on_act(str(action["kind"]), None if score is None else int(score))

    _component()(data=data, key=key, on_action_change=acted)


def panel_data(
    take: RunningTake, snapshot: LiveSnapshot, picture: Picture | None = None
) -> dict[str, Any]:
    """Return what the browser shows, says and sounds; until a picture comes the camera is begun.

    Parameters
    ----------
    picture
        Shown above; None where the video is shown elsewhere.
    """
    request, texts = take.request, take.texts
    return {
        "take": take.id,
        "language": texts.language,
        "name": _name(request, texts),
        "stage": _stage_of(snapshot),
        "caption": _caption(take, snapshot),
        "facts": _facts(snapshot, texts),
        "signals": [signal.to_data() for signal in take.signals.latest()],
        "camera": "" if take.has_pictures else texts.say("live.camera_on"),
        "picture": "" if picture is None else _pack(picture),
        "words": {
            "title": texts.say("live.panel"),
            "picture": texts.say("live.picture"),
            "start": texts.say("live.start_now"),
            "pause": texts.say("button.pause"),
            "resume": texts.say("button.resume"),
            "stop": texts.say("button.stop"),
            "pain": texts.say("button.pain"),
            "mute": texts.say("button.mute"),
            "unmute": texts.say("button.unmute"),
            "question": texts.say("pain.during"),
            "scale": texts.say("pain.scale"),
            "keys": _keys(request, texts),
        },
    }


def _name(request: LiveRequest, texts: Texts) -> str:
    if request.title:
        return request.title
    title = describe_exercise(request.exercise, texts).title
    side = side_text(request.prescription.side, texts)
    return f"{title} · {side}" if side else title


def _keys(request: LiveRequest, texts: Texts) -> str:
    if not request.coached:
        return texts.say("live.record_keys")
    hand = hand_text(request.exercise, request.prescription.side, texts)
    return f"{texts.say('live.keys')} {hand}".strip()


def _stage_of(snapshot: LiveSnapshot) -> str:
    if snapshot.stage is LiveStage.EXERCISE and snapshot.coach is not None:
        return _STANDSTILLS.get(snapshot.coach.phase, "exercise")
    if snapshot.stage is LiveStage.EXERCISE and snapshot.recording is not None:
        return "recording"
    return snapshot.stage.value


def _caption(take: RunningTake, snapshot: LiveSnapshot) -> str:
    texts = take.texts
    coach, setup = snapshot.coach, snapshot.setup
    if snapshot.stage is LiveStage.STARTING:
        return texts.say("live.loading" if take.has_pictures else "live.waiting")
    if coach is not None:
        if coach.phase is Phase.PAUSED and take.pain is not None:
            return texts.say("pain.go_on_gently" if take.pain else "pain.may_go_on")
        if coach.phase in _STANDSTILLS:  # at once, and not only with the coach's next cue
            return texts.say(_LASTING[coach.phase])
        cue = coach.cue or coach.light_cue
        if cue is None and coach.phase in _LASTING:
            return texts.say(_LASTING[coach.phase])
    else:
        leading = setup or snapshot.recording
        cue = leading.cue if leading is not None else None
    return texts.cue(cue) if cue is not None else ""


def _facts(snapshot: LiveSnapshot, texts: Texts) -> list[str]:
    coach, recording = snapshot.coach, snapshot.recording
    if recording is not None and math.isfinite(recording.left_s) and not recording.begins_in_s:
        return [texts.say("live.record_left", seconds=str(math.ceil(recording.left_s)))]
    if coach is None:
        return []
    facts = [_count("repetition", coach.repetition, coach.repetitions, texts)]
    if coach.sets > 1:
        facts.append(_count("set", coach.set_number, coach.sets, texts))
    return facts  # the number and how sure it is stand in the picture, and only there


def _count(what: str, number: int, wanted: int, texts: Texts) -> str:
    return texts.say(f"page.{what}", number=str(number), wanted=str(wanted))


def _pack(picture: Picture) -> str:
    packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1]
    return "data:image/jpeg;base64," + base64.b64encode(packed.tobytes()).decode()


@cache
def _component() -> Any:
    html, css, js = (
        (_HERE / f"live_panel.{end}").read_text("utf-8") for end in ("html", "css", "js")
    )
    return st.components.v2.component("motion_live_panel", html=html, css=css, js=js)
