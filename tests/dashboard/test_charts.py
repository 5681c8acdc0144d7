import base64
from dataclasses import replace

import numpy as np
import pytest
from clinic_makers import make_nobody

from dashboard.charts import angle_figure, uncertain_frames
from dashboard.components.replay import replay_data
from motion.report import GOOD, LIGHTS, LOST, rate_frames


def draw(made):
    curve = made.angles["left_knee_flexion"]
    rated = rate_frames(made, curve)
    return angle_figure(made.angles, curve, made.repetitions, rated, ink="#000")


def named(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


def test_gaps_stay_gaps_and_doubtful_parts_are_thin_and_dashed(made):
    figure = draw(made)
    sure = named(figure, "Measured")
    unsure = named(figure, "Less certain (thin, dashed)")
    assert np.all(np.isnan(sure.y[100:110]))
    assert np.all(np.isnan(unsure.y[101:109]))
    assert np.all(np.isnan(sure.y[31:36]))
    assert np.all(np.isfinite(unsure.y[30:37]))
    assert (unsure.line.dash, unsure.line.width < sure.line.width) == ("dash", True)
    assert not sure.connectgaps


def test_axes_carry_their_units_and_the_zero(made):
    layout = draw(made).layout
    assert "(°)" in layout.yaxis.title.text
    assert "(s)" in layout.xaxis.title.text
    assert layout.yaxis.zeroline
    assert layout.yaxis.range[0] < 0 < layout.yaxis.range[1]


def test_repetitions_are_numbered_and_a_partial_one_says_so(made):
    figure = draw(made)
    assert [a.text for a in figure.layout.annotations] == ["1", "2 partial", "3"]
    bands = [t for t in figure.data if t.type == "scatter"]
    hatched = [t for t in bands if t.fillpattern and t.fillpattern.shape == "/"]
    assert len(hatched) == 1
    assert named(figure, "Peak of a repetition").text == ("80°", "50°", "80°")


def test_a_strip_of_lights_runs_along_the_time_axis(made):
    figure = draw(made)
    bars = {trace.name: trace for trace in figure.data if trace.type == "bar"}
    assert {"Fair", "Not measured", "Person not in view"} <= set(bars)
    assert {bar.marker.color for bar in bars.values()} <= {light.css for light in LIGHTS}
    lengths_s = sum(np.sum(bar.width) for bar in bars.values())
    time_s = made.angles.time_s
    assert lengths_s == pytest.approx(time_s[-1] - time_s[0])
    empty = bars["Not measured"]
    assert empty.customdata[0] == pytest.approx((time_s[99:101].mean(), time_s[109:111].mean()))
    heights = {name: bar.y[0] for name, bar in bars.items()}
    assert heights["Fair"] > heights["Not measured"]
    assert figure.layout.xaxis.anchor == bars["Fair"].yaxis == "y2"


def test_a_curve_without_doubts_has_one_line(made):
    curve = made.angles["left_knee_flexion"]
    n = len(curve.value_deg)
    clear = replace(curve, confidence=np.full(n, 0.9), filled=np.zeros(n, dtype=bool))
    good = np.full(n, LIGHTS.index(GOOD), dtype=np.uint8)
    names = [t.name for t in angle_figure(made.angles, clear, (), good, ink="#000").data]
    assert names == ["Measured", "Good"]
    assert not uncertain_frames(clear).any()


def unpack(text, kind):
    return np.frombuffer(base64.b64decode(text), dtype=kind)


def test_the_replay_holds_each_frame_and_marks_what_was_seen(made):
    data = replay_data(made, made.angles["left_knee_flexion"])
    frames = len(made.recording)
    state = unpack(data["state"], "u1").reshape(frames, 33)
    assert not state[2].any()  # nobody was seen in that frame
    assert set(np.unique(state)) == {0, 1, 2, 3}
    assert len(unpack(data["points"], "<f4")) == frames * 33 * 2
    assert np.all(np.isfinite(unpack(data["points"], "<f4")))
    light = unpack(data["light"], "u1")
    np.testing.assert_array_equal(light, rate_frames(made, made.angles["left_knee_flexion"]))
    assert [LIGHTS[light[k]].word for k in (2, 32, 105)] == [
        "Person not in view",
        "Fair",
        "Not measured",
    ]
    unsure = unpack(data["unsure"], "u1")
    assert (unsure[0], unsure[32], unsure[105]) == (0, 1, 0)
    assert data["ends_s"] == [1.8, 5.8]  # the partial one does not count
    assert any(measured for *_, measured in data["bones"])


def test_a_replay_of_nobody_can_be_drawn():
    data = replay_data(make_nobody(), None)
    assert (data["title"], data["width"], data["anchor"]) == ("", 1.0, -1)
    assert set(unpack(data["light"], "u1")) == {LIGHTS.index(LOST)}


def test_a_long_take_is_replayed_with_fewer_frames(made, monkeypatch):
    monkeypatch.setattr("dashboard.components.replay_body._FRAMES", 50)
    data = replay_data(made, made.angles["left_knee_flexion"])
    assert len(unpack(data["time_s"], "<f4")) <= 50
