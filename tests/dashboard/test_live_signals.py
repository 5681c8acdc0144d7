"""What the browser says and sounds: everything once, nothing twice."""

from live_page_makers import in_setup, make_coach, make_snapshot

from dashboard.live_signals import Signals
from motion.exercise.coach_state import CoachEvent
from motion.exercise.cues import Cue, CueKey
from motion.texts import load_texts


def listen(*snapshots, language="en"):
    signals = Signals(load_texts(language))
    for snapshot in snapshots:
        signals.listen(snapshot)
    return [(signal.kind, signal.text) for signal in signals.latest()]


def with_cue(key, *values):
    return make_snapshot(coach=make_coach(cue=Cue(key, values)))


def test_a_repetition_ticks_and_the_target_chimes():
    events = (CoachEvent.REPETITION, CoachEvent.TARGET, CoachEvent.FOUND)
    assert listen(make_snapshot(coach=make_coach(*events))) == [("tick", ""), ("chime", "")]


def test_a_cue_is_said_once_and_again_after_another():
    good, slow = with_cue(CueKey.GOOD), with_cue(CueKey.SLOWER)
    said = listen(good, good, slow, good)
    assert [text for _, text in said] == ["Well done.", "Nice and slow.", "Well done."]


def test_a_cue_that_was_silent_in_between_is_said_again():
    good, nothing = with_cue(CueKey.GOOD), make_snapshot()
    assert len(listen(good, nothing, good)) == 2


def test_seconds_that_run_down_are_said_as_numbers():
    holds = [with_cue(CueKey.HOLD, ("seconds", str(left))) for left in (3, 2, 1)]
    assert [text for _, text in listen(*holds)] == ["Hold. 3", "2", "1"]


def test_set_up_speaks_the_patients_language():
    [(kind, text)] = listen(in_setup(Cue(CueKey.STEP_BACK)), language="de")
    assert (kind, text) == ("say", "Gehen Sie einen Schritt zurück.")


def test_numbers_tell_what_is_new_and_the_oldest_are_forgotten():
    signals = Signals(load_texts("en"))
    for _ in range(100):
        signals.listen(make_snapshot(coach=make_coach(CoachEvent.REPETITION)))
    kept = [signal.number for signal in signals.latest()]
    assert kept == list(range(61, 101))
