"""What the review of a take is drawn from, and the page around it."""

import base64
import json
import math
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from clinic_makers import STARTED_AT, make_nobody, make_provenance, make_repetition
from page_actions import button, texts
from streamlit import runtime
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from dashboard import pages
from dashboard.components import review_video
from dashboard.components.review_data import review_data
from dashboard.components.take_other import order_others
from dashboard.components.take_tabs import read_moment
from dashboard.reference_lines import ReferenceLine
from motion.capture import hash_file
from motion.clinic import (
    ensure_patient,
    exclude_take,
    list_takes,
    open_record,
    store_analysis,
)
from motion.errors import InputError
from motion.model import (
    LANDMARKS,
    AngleCurve,
    AngleTable,
    Mirrored,
    Side,
    TakeConditions,
    landmark_index,
)
from motion.report import rate_frames

KNEE = "left_knee_flexion"
TARGET = ReferenceLine(value=120.0, label="Target", source="set by AB", dash="solid")
RANGE = ReferenceLine(
    value=math.nan, label="Published", source="a book", dash="dot", low=100.0, high=140.0
)


def unpack(text, kind):
    return np.frombuffer(base64.b64decode(text), dtype=kind)


@pytest.fixture
def two_angles(made):
    """The knee after a hip of which nothing was counted."""
    knee = made.angles[KNEE]
    hip = AngleCurve(
        joint="hip",
        motion="flexion",
        side=Side.LEFT,
        value_deg=knee.value_deg / 2.0,
        confidence=knee.confidence,
        filled=knee.filled,
    )
    return replace(
        made,
        angles=AngleTable(time_s=made.angles.time_s, curves=(hip, knee)),
        counted_on=KNEE,
    )


def test_each_angle_comes_with_its_frames_lights_and_repetitions(two_angles):
    data = review_data(two_angles)
    hip, knee = data["curves"]

    assert (data["first"], hip["name"], knee["name"]) == (1, "left_hip_flexion", KNEE)
    assert hip["repetitions"] == []
    angle_deg = unpack(knee["angle_deg"], "<f4")
    np.testing.assert_allclose(angle_deg, two_angles.angles[KNEE].value_deg, rtol=1e-6)
    assert np.isnan(angle_deg[100:110]).all(), "a gap stays a gap"
    assert unpack(knee["unsure"], "u1")[31:36].all()
    np.testing.assert_array_equal(
        unpack(knee["light"], "u1"), rate_frames(two_angles, two_angles.angles[KNEE])
    )
    measured = {LANDMARKS[index] for index in knee["measured"]}
    assert measured == {"left_hip", "left_knee", "left_ankle"}


def test_repetitions_say_what_they_were(made):
    full, partial, _ = review_data(made)["curves"][0]["repetitions"]

    assert full == {
        "number": 1,
        "label": "1",
        "text": "Repetition 1, full: peak 80° at 1.0 s",
        "full": True,
        "start_s": 0.2,
        "peak_s": 1.0,
        "end_s": 1.8,
        "peak_deg": 80.0,
        "peak_text": "80°",
        "up": True,
    }
    assert (partial["label"], partial["full"]) == ("2 partial", False)
    assert partial["text"] == "Repetition 2, partial: peak 50° at 3.0 s"


def test_what_is_not_known_is_none_so_that_a_browser_can_read_it(made):
    lost = make_repetition(1, math.nan, start_s=0.2, peak_s=1.0, end_s=1.8)
    data = review_data(replace(made, repetitions=(lost,)), {KNEE: (TARGET, RANGE)})
    curve = data["curves"][0]

    json.dumps(data, allow_nan=False)
    assert curve["repetitions"][0]["peak_deg"] is None
    assert "no peak" in curve["repetitions"][0]["text"]
    target, published = curve["references"]
    assert (target["value"], target["low"], target["source"]) == (120.0, None, "set by AB")
    assert (published["value"], published["low"], published["high"]) == (None, 100.0, 140.0)


def test_the_body_lies_where_it_is_in_the_picture(made):
    data = review_data(made)
    points = unpack(data["points"], "<f4").reshape(len(made.recording), 33, 2)
    knee = landmark_index("left_knee")

    np.testing.assert_allclose(
        points[0, knee] + data["corner"], made.recording.image_px[0, knee], atol=1e-3
    )
    assert data["picture_px"] == [made.recording.width_px, made.recording.height_px]


def test_a_take_of_nobody_has_one_curve_without_a_name():
    (curve,) = review_data(make_nobody())["curves"]
    assert (curve["title"], curve["name"], curve["repetitions"]) == ("", "", [])


# The kept video


@pytest.fixture
def served(monkeypatch):
    """The files that a browser could fetch."""
    storage = MemoryMediaFileStorage("/media")
    manager = MediaFileManager(storage)
    running = type("Running", (), {"media_file_mgr": manager})
    monkeypatch.setattr(runtime, "get_instance", lambda: running)
    return storage


@pytest.fixture
def keep(made, tmp_path):
    def put(*, mirrored=Mirrored.NO, **kept: bytes):
        files = {}
        for name, content in kept.items():
            files[name] = tmp_path / f"{name}.mp4"
            files[name].write_bytes(content)
        digest = hash_file(files["source"]) if "source" in files else "a" * 64
        analysis = replace(
            made,
            conditions=replace(made.conditions, mirrored=mirrored),
            provenance=make_provenance(digest),
        )
        with open_record() as record:
            ensure_patient(record, "P-1")
            return store_analysis(record, analysis, "P-1", **files)

    return put


def content_of(storage, video):
    return storage.get_file(Path(video["url"]).name).content


def test_a_take_without_a_kept_video_has_none(keep, served):
    assert review_video.serve_video(keep()) is None


def test_the_annotated_video_goes_before_the_recording(keep, served):
    take = keep(mirrored=Mirrored.YES, source=b"as recorded", annotated=b"with numbers")
    video = review_video.serve_video(take)
    assert content_of(served, video) == b"with numbers"
    assert not video["flipped"], "it was drawn on the unmirrored picture"


@pytest.mark.parametrize(("mirrored", "flipped"), [(Mirrored.YES, True), (Mirrored.NO, False)])
def test_a_mirrored_recording_is_turned_back(keep, served, mirrored, flipped):
    video = review_video.serve_video(keep(mirrored=mirrored, source=b"as recorded"))
    assert content_of(served, video) == b"as recorded"
    assert video["flipped"] is flipped


# The page


def data_on(at, name="motion_review"):
    (found,) = [
        each.proto for each in at.get("bidi_component") if each.proto.component_name == name
    ]
    return json.loads(found.json)


def test_a_take_opens_in_its_review_at_the_moment_that_the_address_names(open_page, store):
    take = store()
    at = open_page("take", take=str(take.id), t="3.25")

    assert [tab.label for tab in at.tabs] == [
        "Review",
        "Numbers",
        "Corrections",
        "Audit trail",
        "About this take",
    ]
    data = data_on(at)
    assert (data["at_s"], data["take"]) == (3.25, str(take.analysis_id))
    assert data["video"] is None
    assert "P-1" not in data["file"]
    assert "Range of motion" not in texts(at), "only the open tab is made"


def test_a_kept_video_is_named_to_the_browser(open_page, keep):
    take = keep(annotated=b"with numbers")
    data = data_on(open_page("take", take=str(take.id)))
    assert data["video"]["url"].endswith(".mp4")
    assert data["at_s"] is None


@pytest.mark.parametrize("text", ["soon", "nan", "inf", "3,4"])
def test_a_moment_that_is_no_number_is_said(text, open_page, store):
    with pytest.raises(InputError, match="not a number of seconds"):
        read_moment(text)
    at = open_page("take", take=str(store().id), t=text)
    assert len(at.error) == 1


def test_no_moment_is_no_moment():
    assert read_moment("") is None
    assert read_moment("0") == 0.0


@pytest.fixture
def other_takes(store):
    """A squat, and after it another movement, two squats, one left out, and nobody."""
    days = iter(range(1, 10))

    def put(**changes):
        day = next(days)
        changes = {"movement": "squat", **changes}
        when = STARTED_AT + timedelta(days=day)
        return store(started_at=when, provenance=make_provenance(f"{day:064x}"), **changes)

    first = put()
    found = [put(movement="heel_raise"), put(), put(conditions=TakeConditions(near_side="left"))]
    gone = put()
    with open_record() as record:
        exclude_take(record, gone.id, "blurred")
    return first, found


def test_comparable_takes_come_first_then_those_of_the_same_movement(other_takes):
    first, (heels, second, third) = other_takes
    with open_record() as record:
        takes = list_takes(record, "P-1")
    own = next(take for take in takes if take.id == first.id)
    assert [take.id for take in order_others(takes, own)] == [second.id, third.id, heels.id]


def test_a_take_leads_to_another_one_beside_it(other_takes, open_page):
    first, (_, second, _) = other_takes
    at = open_page("take", take=str(first.id))
    (asked,) = [box for box in at.selectbox if box.label == "Compare with another take"]
    assert "not comparable" not in asked.options[0]
    assert "not comparable: " in asked.options[1]
    at = button(at, "Side by side").click().run()
    assert at.title[0].value == "Two takes side by side"
    assert [take["take"] for take in data_on(at, "motion_compare")["takes"]] == [
        str(first.analysis_id),
        str(second.analysis_id),
    ]


def test_a_take_without_another_one_asks_for_none(open_page, store):
    at = open_page("take", take=str(store().id))
    assert "Side by side" not in [b.label for b in at.button]


def test_the_moment_of_a_repetition_is_in_the_address(store, monkeypatch):
    went = []
    monkeypatch.setattr(
        pages.st, "switch_page", lambda page, query_params: went.append(query_params)
    )
    take = store()
    pages.open_take(take.id, 2.2)
    pages.open_take(take.id)
    assert went == [{"take": str(take.id), "t": "2.200"}, {"take": str(take.id)}]
