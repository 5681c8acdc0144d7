"""``motion live``: a running camera into the files of a take, and into the record."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from uuid import UUID

from motion.capture import FrameQueue, LiveFeed, open_source, shrunk_size
from motion.clinic import Patient
from motion.commands.live_asked import Asked, LiveChoices
from motion.commands.live_screen import describe_safety
from motion.commands.live_watching import watch
from motion.commands.storing import describe_subject, find_known_patient
from motion.errors import InputError, MotionError, NoPersonError, RecordError
from motion.live.finishing import LiveTake, finish_take
from motion.live.journal import Journal
from motion.live.journal_header import JournalHeader
from motion.live.journal_reading import claim, discard, list_unfinished, read_journal
from motion.live.picture import PICTURE, PictureKeeper, write_kept_video
from motion.live.session import LiveSession
from motion.live.storing import store_once
from motion.model import LiveFacts, Setting
from motion.paths import live_dir
from motion.pipeline import write_results
from motion.pose import MediaPipeEstimator, parse_choice
from motion.remarks import find_side_conflict
from motion.report import prepare_folder, replace_file, write_skeleton_video
from motion.report.summary import plain
from motion.texts import load_texts

__all__ = ["LiveChoices", "run_live"]

Say = Callable[[str], None]


def run_live(choices: LiveChoices, out: Path, *, say: Say, on_warning: Say) -> None:
    """Measure a running camera, write the files of a take, and store it for a patient.

    Whatever ends it, a stop, a lost camera or Ctrl+C, what was measured until then is written.

    Parameters
    ----------
    say
        Told the result in one line.
    on_warning
        Told what was amiss.

    Raises
    ------
    InputError
        If what was typed cannot be meant, the camera cannot be used, or another side moved than
        was planned: then the files are written and nothing is stored.
    NoPersonError
        If nobody was found, or the exercise did not begin.
    """
    choices.require_sense()
    if choices.unfinished:
        _finish_oldest(choices, out, say, on_warning)
        return
    left = len(list_unfinished(live_dir()))
    if left:
        takes = "1 unfinished live take lies" if left == 1 else f"{left} unfinished live takes lie"
        on_warning(f"{takes} in {live_dir()}; see `motion live --unfinished`")
    patient = find_known_patient(choices.patient) if choices.patient else None
    asked = Asked.find(choices, patient)
    prepare_folder(out)
    if choices.setting is Setting.HOME:
        for words in describe_safety(load_texts(patient.language if patient else "")):
            say(words)
    session = _record(choices, asked, patient, on_warning)
    ended = session.snapshot()
    if ended.message:
        on_warning(ended.message)
    _finish(session.journal.folder, choices, out, say, on_warning)
    if session.error is not None:  # a bug, told as one, after what it could not spoil
        raise session.error


def _record(
    choices: LiveChoices, asked: Asked, patient: Patient | None, on_warning: Say
) -> LiveSession:
    choice = parse_choice(choices.person)
    texts = load_texts(patient.language if patient else "")
    with ExitStack() as running:
        source = open_source(choices.camera)
        running.callback(source.close)
        estimator = MediaPipeEstimator(choices.model)
        started_at = datetime.now().astimezone()
        header = asked.to_header(choices, patient, source.kind, started_at)
        journal = Journal.create(live_dir(), header)
        keeper = None
        if choices.keep_video:
            keeper = running.enter_context(PictureKeeper(journal.folder / PICTURE))
        queue = FrameQueue()
        session = LiveSession(
            asked.prescription,
            asked.exercise,
            queue=queue,
            journal=journal,
            estimator=estimator,
            with_setup=choices.setup,
            choice=choice,
            on_snapshot=keeper.keep if keeper else None,
        )
        feed = LiveFeed(source, queue)
        running.callback(session.wait)
        running.callback(feed.stop)
        feed.start()
        session.start()
        watch(session, asked, texts, choices, on_warning)
    if keeper is not None and keeper.error is not None:
        on_warning(str(keeper.error))
    return session


def _finish_oldest(choices: LiveChoices, out: Path, say: Say, on_warning: Say) -> None:
    """Finish the oldest take of those that can be: one that cannot holds up none behind it."""
    refused: MotionError = InputError("--unfinished: no unfinished live take lies here")
    for number, folder in enumerate(list_unfinished(live_dir())):
        if number:
            on_warning(str(refused))
        try:
            _finish(folder, choices, out, say, on_warning)
        except (InputError, RecordError) as error:
            refused = error
        else:
            return
    raise refused


def _finish(folder: Path, choices: LiveChoices, out: Path, say: Say, on_warning: Say) -> None:
    """Measure a take from its journal, write its files and store it; then the journal goes."""
    prepare_folder(out)
    try:
        with claim(folder):
            take = _measure(folder, choices, out)
    except NoPersonError:
        discard(folder)
        raise
    discard(folder)
    analysis, facts = take.analysis, take.facts
    if not analysis.person_found:
        msg = f"{choices.camera}: no person was found; show the whole body in good light"
        raise NoPersonError(msg)
    say(_describe(take))
    for warning in (*analysis.warnings, *_remarks(facts)):
        on_warning(warning)


def _measure(folder: Path, choices: LiveChoices, out: Path) -> LiveTake:
    """Measure a take, write its files and store it.

    Raises
    ------
    NoPersonError
        If there is nothing in it to be measured.
    """
    journal = read_journal(folder)
    if not len(journal.recording):
        msg = f"{choices.camera}: no picture came; check the camera and start again"
        raise NoPersonError(msg)
    take = finish_take(folder)
    header = journal.header
    picture = folder / PICTURE
    kept = picture if picture.is_file() and not choices.unfinished else None
    _write_files(take, header, out, kept, draws=choices.write_video)
    if header.patient_code:
        _store(take, header, out / "annotated.mp4" if kept else None)
    return take


def _remarks(facts: LiveFacts) -> tuple[str, ...]:
    """Return what a live take has to say besides what every take has."""
    broken_off = "The take was broken off; what was measured until then was kept."
    said = (broken_off if facts.end.interrupted else "", facts.difference)
    return tuple(each for each in said if each)


def _write_files(
    take: LiveTake, header: JournalHeader, out: Path, kept: Path | None, *, draws: bool
) -> None:
    analysis = take.analysis
    patient = find_known_patient(header.patient_code) if header.patient_code else None
    annotated = out / "annotated.mp4"
    annotated.unlink(missing_ok=True)  # an earlier take's may show another person
    try:
        if kept is not None:
            write_kept_video(analysis, kept, annotated, recorded_at=header.started_at)
        elif draws:
            file = analysis.provenance.input
            size_px = shrunk_size(file.width_px, file.height_px)
            write_skeleton_video(analysis, annotated, size_px=size_px)
    finally:  # the numbers are not lost with a video that found no room on the disk
        write_results(analysis, out, subject=describe_subject(patient, analysis), live=take.facts)
        _write_facts(take.facts, out / "live.json")


def _write_facts(facts: LiveFacts, path: Path) -> None:
    text = json.dumps(plain(asdict(facts)), indent=2, ensure_ascii=False, allow_nan=False)
    with replace_file(path) as partial:
        partial.write_text(text + "\n", encoding="utf-8")


def _store(take: LiveTake, header: JournalHeader, annotated: Path | None) -> None:
    """Store a take under its patient; where another side moved, saving stops and asks."""
    conflict = find_side_conflict(take.analysis)
    if conflict:
        msg = (
            f"not stored under {header.patient_code}: {conflict}; record again, or decide in the "
            "dashboard"
        )
        raise InputError(msg)
    item_id = UUID(header.item_id) if header.item_id else None
    store_once(take, header.patient_code, item_id=item_id, annotated=annotated)


def _describe(take: LiveTake) -> str:
    facts, file = take.facts, take.analysis.provenance.input
    counted = f"{len(take.analysis.repetitions)} repetitions"
    if facts.exercise:
        counted += f" (coach: {len(facts.repetitions)})"
    return (
        f"{counted}, {file.duration_s:.1f} s, {facts.rate_hz:.1f} pictures/s, "
        f"{facts.dropped_frames} dropped, delay {facts.delay_p95_ms:.0f} ms (95th percentile)"
    )
