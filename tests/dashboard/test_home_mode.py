"""At home and on the patients' server nothing of another patient can be reached."""

import urllib.request
from pathlib import Path

import pytest
from page_actions import button, texts
from plan_makers import GUIDED, MEASURED, at_home, make_plan, only_item
from running_command import free_port, served

from dashboard import pages
from motion.clinic import end_links, ensure_patient, list_diary, make_link, open_record
from motion.commands.serving import HOME_PATIENT, PATIENTS_ONLY
from motion.exchange import write_plan_file
from motion.texts import load_texts

EN = load_texts("en")
CLINICS = sorted(
    Path(value).stem
    for value in vars(pages).values()
    if str(value).startswith("app_pages/") and value not in (pages.TODAY, pages.LIVE)
)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def two_plans():
    with open_record() as record:
        make_plan(record, MEASURED, code="P-1")
        make_plan(record, GUIDED, code="P-2")


@pytest.fixture
def home(two_plans, monkeypatch):
    monkeypatch.setenv(HOME_PATIENT, "P-1")


@pytest.fixture
def patients_server(two_plans, monkeypatch) -> dict[str, str]:
    monkeypatch.setenv(PATIENTS_ONLY, "1")
    with open_record() as record:
        return {code: make_link(record, code) for code in ("P-1", "P-2")}


def shown_titles() -> tuple[str, str]:
    from dashboard.patient_texts import describe_exercise
    from motion.library import find_exercise

    return tuple(describe_exercise(find_exercise(n), EN).title for n in (MEASURED, GUIDED))


def test_home_opens_with_the_patients_own_day(home, open_page):
    own, others = shown_titles()
    at = open_page()
    assert at.title[0].value == EN.say("today.title")
    assert own in texts(at)
    assert others not in texts(at)


def test_another_patients_address_shows_ones_own_day_only(home, open_page):
    own, others = shown_titles()
    said = texts(open_page(patient="P-2"))
    assert own in said
    assert others not in said
    assert "P-2" not in said


@pytest.mark.parametrize("page", CLINICS)
def test_at_home_the_clinics_pages_are_not_there(home, open_page, page):
    at = open_page(page, patient="P-2")
    assert at.title[0].value == EN.say("today.title")
    assert "P-2" not in texts(at)


def test_the_live_page_takes_no_item_of_another_patient(home, open_page):
    with open_record() as record:
        foreign = only_item(record, GUIDED, "P-2")
    at = open_page("live", patient="P-2", item=str(foreign.id))
    assert shown_titles()[1] not in texts(at)
    assert not [b for b in at.button if b.label == EN.say("button.save")]


def test_at_home_nothing_is_done_live_that_the_plan_does_not_hold(home, open_page):
    at = open_page("live")
    assert EN.say("live.ended_item") in texts(at)
    assert not at.selectbox
    at = button(at, EN.say("today.title")).click().run()
    assert shown_titles()[0] in texts(at)


def test_a_personal_link_opens_ones_own_day_and_nothing_else(patients_server, open_page):
    own, others = shown_titles()
    said = texts(open_page(key=patients_server["P-1"]))
    assert own in said
    assert others not in said
    said = texts(open_page(key=patients_server["P-1"], patient="P-2"))
    assert others not in said


@pytest.mark.parametrize("page", ["", *CLINICS, "live", "today"])
def test_without_a_link_there_is_nothing(patients_server, open_page, page):
    at = open_page(page, patient="P-1")
    assert [t.value for t in at.title] == ["Ihr eigener Link", "Your own link"]
    assert not at.button


def test_a_wrong_key_and_a_digest_open_nothing(patients_server, open_page):
    import hashlib

    secret = patients_server["P-1"]
    for key in ("nonsense", secret[:-1], hashlib.sha256(secret.encode()).hexdigest()):
        assert EN.say("link.unknown") in texts(open_page(key=key))


def test_a_link_that_ended_opens_nothing_even_where_it_was_open(patients_server, open_page):
    at = open_page(key=patients_server["P-1"])
    assert at.title[0].value == EN.say("today.title")
    with open_record() as record:
        end_links(record, "P-1")
    at.run()
    assert EN.say("link.unknown") in texts(at)


def test_another_link_in_the_same_window_shows_the_other_patient_only(patients_server, open_page):
    own, others = shown_titles()
    at = open_page(key=patients_server["P-1"])
    at.session_state["take-file"] = b"of the first"
    at.query_params["key"] = patients_server["P-2"]
    at.run()
    assert others in texts(at)
    assert own not in texts(at)
    assert "take-file" not in at.session_state


def test_a_link_is_made_and_ended_on_the_plans_page(two_plans, open_page):
    at = open_page("plan", patient="P-1")
    at = button(at, "Make a link").click().run()
    (shown,) = [code.value for code in at.code]
    assert shown.startswith("/?key=")
    at = button(at, "End the link").click().run()
    assert not at.code
    assert not [b for b in at.button if b.label == "End the link"]


@pytest.mark.browser
def test_a_patient_does_a_day_at_home_and_reaches_nobody_else(visit, tmp_path: Path):
    clinic, home, plan_file = tmp_path / "clinic", tmp_path / "home", tmp_path / "p.motionplan"
    with open_record(folder=clinic) as record:
        make_plan(record, GUIDED)
    with at_home(home, clinic, plan_file) as record:
        ensure_patient(record, "P-OTHER")
    port = free_port()
    with served(home, port, "home", plan_file, "--port", port, "--no-browser"):
        url = f"http://127.0.0.1:{port}"
        there = visit(viewport=PHONE)
        page = there.page
        there.open(url)
        page.get_by_role("heading", name=EN.say("today.title")).wait_for()
        assert there.overflow_px() <= 0
        small = page.evaluate(
            "[...document.querySelectorAll('.st-key-patient button')].filter(b => b.offsetParent)"
            ".map(b => b.getBoundingClientRect()).filter(r => r.height < 43.5 || r.width < 43.5)"
            ".length"
        )
        assert small == 0

        page.get_by_text(EN.say("today.did_it")).click()
        page.get_by_role("button", name=EN.say("button.save")).click()
        page.get_by_role("button", name=EN.say("send.make")).click()
        with page.expect_download() as download:
            page.get_by_role("button", name=EN.say("send.save")).click()
        assert download.value.suggested_filename.endswith(".motiontakes")
        assert Path(download.value.path()).read_bytes()[:2] == b"PK"

        for name in CLINICS:
            there.open(f"{url}/{name}?patient=P-OTHER")
            page.get_by_role("heading", name=EN.say("today.title")).wait_for()
            assert page.get_by_text("P-OTHER").count() == 0
        with urllib.request.urlopen(f"{url}/patients", timeout=5) as answer:
            assert b"P-OTHER" not in answer.read()
    with open_record(folder=home) as record:
        assert [entry.done for entry in list_diary(record, "P-1")] == [True]


def test_a_plan_file_that_is_newer_takes_the_place_of_the_one_before(tmp_path: Path):
    clinic, home, plan_file = tmp_path / "clinic", tmp_path / "home", tmp_path / "p.motionplan"
    with open_record(folder=clinic) as record:
        make_plan(record, GUIDED)
    with at_home(home, clinic, plan_file) as record:
        assert only_item(record, GUIDED)
    with open_record(folder=clinic) as record:
        make_plan(record, MEASURED)
        write_plan_file(record, "P-1", plan_file)
    with at_home(home, clinic, plan_file) as record:
        assert only_item(record, MEASURED)
