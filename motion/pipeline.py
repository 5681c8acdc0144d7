"""The one place that joins the rooms: a recording in, an analysis and its files out."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from motion import __version__, report
from motion.capture import KeptFrames, Video, VideoFrame, hash_file, prefetch, shrink, shrunk_size
from motion.capture.frames import Image
from motion.capture.started import read_start_time
from motion.capture.turning import mirror_picture, to_rgb
from motion.errors import SourceError
from motion.library import load_error_figures, load_gait_norms
from motion.measuring import measure_recording
from motion.model import (
    Analysis,
    InputFile,
    LiveFacts,
    Mirrored,
    ModelInfo,
    PersonReport,
    PoseRecording,
    Provenance,
)
from motion.norms import Subject
from motion.pose import (
    MediaPipeEstimator,
    PeopleRecorder,
    PeopleWatcher,
    PoseEstimator,
    parse_choice,
)
from motion.settings import AnalysisSettings

__all__ = [
    "ProgressReport",
    "Stopwatch",
    "Watched",
    "analyse_video",
    "describe_origin",
    "watch_video",
    "write_annotated",
    "write_results",
]

ProgressReport = Callable[[str, int, int], None]
"""Told the stage, the frames done, and the frames expected (0 where not known)."""


def _silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""


@dataclass(slots=True)
class Stopwatch:
    """Seconds spent per stage."""

    seconds: dict[str, float] = field(default_factory=dict)
    _start_s: float = field(default_factory=time.perf_counter)

    def add(self, stage: str, since_s: float) -> None:
        """Count the seconds since a moment to a stage."""
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - since_s

    def finish(self) -> dict[str, float]:
        """Return the seconds per stage, and in all."""
        return {**self.seconds, "total_s": time.perf_counter() - self._start_s}


def analyse_video(
    path: Path,
    settings: AnalysisSettings,
    *,
    estimator: PoseEstimator | None = None,
    on_progress: ProgressReport = _silent,
    name: str = "",
    kept: KeptFrames | None = None,
) -> Analysis:
    """Measure a video from its first to its last frame.

    Frames are read ahead in a second thread and never held all at once; the file's digest is
    made meanwhile.

    Parameters
    ----------
    path
        The recording.
    settings
        What to measure, and how.
    estimator
        Finds the body; MediaPipe with the installed model by default. It is closed here.
    on_progress
        Called after each frame.
    name
        The recording's own name, where ``path`` is only a copy of it.
    kept
        Keeps small copies of the frames for :func:`write_annotated`.

    Raises
    ------
    SourceError
        If the file cannot be read.
    ModelError
        If the pose model is not installed.
    """
    watch = Stopwatch()
    load_error_figures()  # a broken table of the clinic's is said before the long work
    seen = watch_video(
        path,
        settings,
        watch,
        estimator=estimator,
        on_progress=on_progress,
        name=name,
        kept=kept,
    )
    since_s = time.perf_counter()
    provenance, started_at = describe_origin(path, seen, settings)
    analysis = measure_recording(seen.recording, settings, provenance, started_at, seen.person)
    watch.add("measure_s", since_s)
    return replace(analysis, warnings=(*seen.warnings, *analysis.warnings), timings=watch.finish())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Watched:
    """What one camera's recording showed of the chosen person, before anything is measured."""

    recording: PoseRecording
    person: PersonReport
    file: InputFile
    model: ModelInfo
    warnings: tuple[str, ...]


def watch_video(
    path: Path,
    settings: AnalysisSettings,
    watch: Stopwatch,
    *,
    estimator: PoseEstimator | None = None,
    on_progress: ProgressReport = _silent,
    name: str = "",
    kept: KeptFrames | None = None,
) -> Watched:
    """Look for the chosen person in every frame of a video.

    The parameters and errors are those of :func:`analyse_video`; the time goes to ``watch``.
    """
    choice = parse_choice(settings.person)
    with Video(path) as video:
        digest = _Digest(path)
        finder = estimator or MediaPipeEstimator(settings.model_path)
        with closing(finder):
            frames = _timed(_unmirrored(video, settings), watch)
            recorder, watcher = _record_people(
                video, kept.keep(frames) if kept else frames, finder, watch, on_progress
            )
            model = finder.model
        recording, person = recorder.finish(
            choice, settings.person, video.size_px, watcher.unfollowed_n
        )
        return Watched(
            recording=recording,
            person=person,
            file=_describe_input(video, recording, name or path.name, digest.wait()),
            model=model,
            warnings=tuple(video.reading_warnings()),
        )


def describe_origin(
    path: Path, seen: Watched, settings: AnalysisSettings
) -> tuple[Provenance, datetime]:
    """Return where the numbers come from, and when the recording began."""
    started_at, clock = _find_start(path, settings)
    provenance = Provenance(
        input=seen.file,
        model=seen.model,
        software=f"physio-motion {__version__}",
        settings=(*settings.as_pairs(), ("started_at_clock", clock)),
    )
    return provenance, started_at


def _describe_input(video: Video, recording: PoseRecording, name: str, sha256: str) -> InputFile:
    return InputFile(
        name=name,
        extension=Path(name).suffix.lower().removeprefix("."),
        sha256=sha256,
        frames=len(recording),
        duration_s=float(recording.time_s[-1]),
        rate_hz=video.rate_hz,
        dropped=video.dropped,
        duplicated=video.duplicated,
        width_px=recording.width_px,
        height_px=recording.height_px,
    )


class _Digest:
    """A file's SHA-256, made while the frames are looked at."""

    def __init__(self, path: Path) -> None:
        self._found = ""
        self._path = path
        self._error: OSError | None = None

        def work() -> None:
            try:
                self._found = hash_file(path)
            except OSError as error:
                self._error = error

        self._thread = threading.Thread(target=work, name="digest", daemon=True)
        self._thread.start()

    def wait(self) -> str:
        self._thread.join()
        if self._error is not None:
            msg = f"{self._path}: cannot be read ({self._error.strerror}); copy it to this computer"
            raise SourceError(msg) from self._error
        return self._found


def _find_start(path: Path, settings: AnalysisSettings) -> tuple[datetime, str]:
    if settings.started_at is not None:
        return settings.started_at, "given"
    return read_start_time(path)


def _record_people(
    video: Video,
    frames: Iterable[VideoFrame],
    estimator: PoseEstimator,
    watch: Stopwatch,
    on_progress: ProgressReport,
) -> tuple[PeopleRecorder, PeopleWatcher]:
    recorder = PeopleRecorder()
    watcher = PeopleWatcher(estimator, looks_back=True)
    with closing(prefetch(_to_rgb(frames))) as ahead:
        for done, (time_s, image_rgb) in enumerate(ahead, start=1):
            since_s = time.perf_counter()
            for settled in watcher.watch(image_rgb, time_s):
                recorder.add(settled)
            watch.add("pose_s", since_s)
            on_progress("Finding the body", done, video.expected_frames)
    for settled in watcher.finish():
        recorder.add(settled)
    return recorder, watcher


def _to_rgb(frames: Iterable[VideoFrame]) -> Iterator[tuple[float, Image]]:
    for frame in frames:
        yield frame.time_s, to_rgb(frame.image_bgr)


def _timed(frames: Iterable[VideoFrame], watch: Stopwatch) -> Iterator[VideoFrame]:
    since_s = time.perf_counter()
    for frame in frames:
        watch.add("decode_s", since_s)
        yield frame
        since_s = time.perf_counter()


def _unmirrored(video: Video, settings: AnalysisSettings) -> Iterator[VideoFrame]:
    """Turn a mirrored recording back: analysis and storage always see the person as they are."""
    mirrored = settings.conditions.mirrored is Mirrored.YES
    for frame in video:
        if not mirrored:
            yield frame
            continue
        yield VideoFrame(frame.index, frame.time_s, mirror_picture(frame.image_bgr))


def write_results(
    analysis: Analysis,
    folder: Path,
    *,
    spent_s: float = 0.0,
    subject: Subject | None = None,
    live: LiveFacts | None = None,
) -> None:
    """Write the tables, the landmarks and, last, the summary of an analysis.

    Of a walk also its events, parameters and cycles.

    Parameters
    ----------
    spent_s
        Seconds already spent writing, as for the annotated video; the summary's ``write_s``
        counts them too.
    subject
        Who was measured, for what is published of the parameters and curves of a walk.
    live
        What a live take says of itself; None of a recording.

    Raises
    ------
    OutputError
        If the folder cannot be written.
    """
    since_s = time.perf_counter()
    report.prepare_folder(folder)
    report.write_csv(report.angles_table(analysis), folder / "angles.csv")
    report.write_csv(report.measurements_table(analysis, subject), folder / "measurements.csv")
    report.write_csv(report.repetitions_table(analysis), folder / "repetitions.csv")
    if analysis.gait is not None:
        parameters = report.gait_parameters_table(analysis, load_gait_norms(), subject)
        report.write_csv(report.gait_events_table(analysis), folder / "gait_events.csv")
        report.write_csv(parameters, folder / "gait_parameters.csv")
        report.write_csv(report.gait_cycles_table(analysis), folder / "gait_cycles.csv")
    report.write_landmarks(analysis.recording, folder / "landmarks.npz")
    write_s = spent_s + time.perf_counter() - since_s
    total_s = analysis.timings.get("total_s", 0.0) + write_s
    timings = {**analysis.timings, "write_s": write_s, "total_s": total_s}
    report.write_summary(replace(analysis, timings=timings), folder / "summary.json", live)


def write_annotated(
    analysis: Analysis,
    source: Path,
    target: Path,
    settings: AnalysisSettings,
    *,
    kept: KeptFrames | None = None,
    on_progress: ProgressReport = _silent,
) -> None:
    """Write the recording once more with the measurements drawn on it.

    The frames are looked at a second time, so that the video shows the finished numbers, the
    very ones of the tables. One thread reads, another draws and hands over to the encoder.

    Parameters
    ----------
    kept
        The small copies that :func:`analyse_video` kept; where they are not complete the
        source is read again.

    Raises
    ------
    OutputError
        If the video cannot be written.
    """
    file = analysis.provenance.input
    annotator = report.Annotator(analysis, shrunk_size(file.width_px, file.height_px))
    with (
        closing(prefetch(_second_look(source, settings, kept))) as frames,
        report.replace_file(target) as partial,
        report.VideoWriter(partial, file.rate_hz, annotator.size_px) as writer,
    ):
        for frame in frames:
            writer.write(annotator.draw(frame.image_bgr, frame.index), frame.time_s)
            on_progress("Drawing the video", frame.index + 1, len(analysis.recording))


def _second_look(
    source: Path, settings: AnalysisSettings, kept: KeptFrames | None
) -> Iterator[VideoFrame]:
    if kept is not None and kept.complete:
        yield from kept
        return
    with Video(source) as video:
        for frame in _unmirrored(video, settings):
            yield replace(frame, image_bgr=shrink(frame.image_bgr))
