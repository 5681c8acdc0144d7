"""``motion analyse``: choices into settings, results into files and the record."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from motion.capture import KeptFrames
from motion.clinic import Patient, TakeKind
from motion.commands.gait import GaitChoices, read_moment
from motion.commands.storing import describe_subject, find_known_patient, store
from motion.commands.unused import say_unused_of_picture, say_unused_of_walk
from motion.errors import InputError, NoPersonError
from motion.exercise.functional import TIMED_FROM_GO
from motion.kinematics import CleaningSettings, Plane
from motion.library import find_movement, find_test
from motion.markers import MARKER_SUFFIXES
from motion.model import (
    Analysis,
    Mirrored,
    Mode,
    Position,
    Setting,
    Side,
    TakeConditions,
    WeightBearing,
)
from motion.pipeline import ProgressReport, analyse_video, write_annotated, write_results
from motion.pipeline_cameras import CameraChoices, analyse_cameras
from motion.pipeline_markers import analyse_markers, write_opensim
from motion.report import prepare_folder
from motion.settings import AnalysisSettings

__all__ = ["Choices", "run_analysis"]

T = TypeVar("T")


_SIDES = {"auto": None, "left": Side.LEFT, "right": Side.RIGHT, "both": Side.BOTH}
_VIEWS = {"auto": None, "sagittal": Plane.SAGITTAL, "frontal": Plane.FRONTAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What was typed."""

    movement: str
    side: str
    view: str
    person: str
    position: Position | None
    mode: Mode
    setting: Setting
    mirrored: Mirrored
    weight_bearing: WeightBearing
    aid: str
    footwear_orthosis: str
    model: Path | None
    raw: bool
    started_at: datetime | None
    write_video: bool
    patient: str
    keep_video: bool
    cameras: tuple[Path, ...] = ()
    calibration: Path | None = None
    offsets_s: tuple[float, ...] = ()
    up: str = "z"
    gait: GaitChoices = field(default_factory=GaitChoices)
    opensim: bool = False

    def to_cameras(self) -> CameraChoices | None:
        """Return the choices about several cameras; None where there is one.

        Raises
        ------
        InputError
            If what was said does not go together.
        """
        if not self.cameras:
            if self.calibration or self.offsets_s:
                msg = "--calibration and --offset-s are for several cameras; name them by --camera"
                raise InputError(msg)
            return None
        if self.calibration is None:
            msg = "--camera: needs --calibration FILE.toml; make one with `motion calibrate`"
            raise InputError(msg)
        if _VIEWS.get(self.view) is not None:
            msg = f"--view {self.view}: several cameras see every plane; leave it out"
            raise InputError(msg)
        return CameraChoices(
            others=self.cameras,
            calibration=self.calibration,
            offsets_s=self.offsets_s,
            up=self.up,
        )

    def to_settings(self, patient: Patient | None = None) -> AnalysisSettings:
        """Return the settings of the analysis.

        Parameters
        ----------
        patient
            Whose take it is, where the record knows them: what is never measured in them, and
            their height.

        Raises
        ------
        InputError
            If a word is not one of those that are known.
        """
        movement = find_movement(self.movement) if self.movement else None
        usual = Position(movement.position) if movement and movement.position else None
        return AnalysisSettings(
            movement=self.movement,
            side=_choose("side", self.side, _SIDES),
            view=_choose("view", self.view, _VIEWS),
            person=self.person,
            conditions=TakeConditions(
                position=self.position or usual or Position.UNKNOWN,
                mode=self.mode,
                setting=self.setting,
                weight_bearing=self.weight_bearing,
                aid=self.aid,
                footwear_orthosis=self.footwear_orthosis,
                mirrored=self.mirrored,
            ),
            cleaning=replace(CleaningSettings(), filtered=not self.raw),
            joint_centres=not self.raw,
            started_at=self.started_at.astimezone() if self.started_at else None,
            model_path=self.model,
            withheld_joints=patient.withheld_joints if patient else (),
            gait=self.gait.to_settings(patient.height_cm if patient else None)
            if movement and movement.gait
            else None,
            go_s=self._read_go(),
        )

    def _read_go(self) -> float | None:
        typed = self._from_go and self.gait.go_s is not None
        return read_moment(self.gait.go_s) if typed else None

    @property
    def _from_go(self) -> bool:
        """Whether the exercise is a test that is timed from GO."""
        return find_test(self.movement) in TIMED_FROM_GO

    def say_unused(self, *, of_markers: bool) -> tuple[str, ...]:
        """Return what was typed and not used, one line each.

        Parameters
        ----------
        of_markers
            Whether the recording is a marker file.
        """
        walks = bool(self.movement) and find_movement(self.movement).gait
        in_metres = of_markers or bool(self.cameras)
        of_picture = say_unused_of_picture(self.person, self.view, self.model) if of_markers else ()
        of_walk = say_unused_of_walk(
            self.gait,
            walks=walks,
            in_metres=in_metres,
            from_go=self._from_go,
        )
        return (*of_walk, *of_picture)


def _choose(name: str, word: str, known: dict[str, T]) -> T:
    if word not in known:
        msg = f"--{name}: expected one of {', '.join(known)}, got {word!r}"
        raise InputError(msg)
    return known[word]


def run_analysis(
    video: Path,
    out: Path,
    choices: Choices,
    *,
    on_progress: ProgressReport,
    on_warning: Callable[[str], None],
) -> None:
    """Measure a recording, write its files, and store it where a patient is named.

    Raises
    ------
    NoPersonError
        If nobody was found; the files are written and the take is stored all the same.
    InputError
        If another side moved than was planned: the files are written, nothing is stored.
    """
    of_markers = video.suffix.lower() in MARKER_SUFFIXES
    choices.to_settings(), choices.to_cameras()  # what was mistyped is said before all else
    if of_markers and choices.cameras:
        msg = f"--camera: {video.name} holds markers, which no camera adds to; leave it out"
        raise InputError(msg)
    prepare_folder(out)
    patient = find_known_patient(choices.patient) if choices.patient else None
    settings = choices.to_settings(patient)
    draws = choices.write_video and not of_markers
    kept = KeptFrames() if draws else None
    analysis = _analyse(video, choices, settings, kept, on_progress)
    annotated = out / "annotated.mp4"
    annotated.unlink(missing_ok=True)  # an earlier run's may show another person
    since_s = time.perf_counter()
    try:
        if draws:
            write_annotated(
                analysis, video, annotated, settings, kept=kept, on_progress=on_progress
            )
    finally:  # the numbers are not lost with a video that found no room on the disk
        spent_s = time.perf_counter() - since_s
        write_results(analysis, out, spent_s=spent_s, subject=describe_subject(patient, analysis))
    if choices.opensim:
        for line in write_opensim(analysis, out):
            on_warning(line)
    if choices.patient:
        kept_videos = (video, annotated if draws else None)
        source, drawn = kept_videos if choices.keep_video else (None, None)
        kind = TakeKind.MARKERS if of_markers else TakeKind.POSE
        store(analysis, choices.patient, source, drawn, on_warning, kind)
    if not analysis.person_found:
        msg = f"{video}: no person was found; film the whole body in good light, one person"
        raise NoPersonError(msg)
    for warning in (*choices.say_unused(of_markers=of_markers), *analysis.warnings):
        on_warning(warning)


def _analyse(
    path: Path,
    choices: Choices,
    settings: AnalysisSettings,
    kept: KeptFrames | None,
    on_progress: ProgressReport,
) -> Analysis:
    if path.suffix.lower() in MARKER_SUFFIXES:
        return analyse_markers(path, settings)
    cameras = choices.to_cameras()
    if cameras:
        return analyse_cameras(path, cameras, settings, on_progress=on_progress, kept=kept)
    return analyse_video(path, settings, on_progress=on_progress, kept=kept)
