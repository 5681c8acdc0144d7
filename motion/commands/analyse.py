"""``motion analyse``: choices into settings, results into files and the record."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from motion.capture import KeptFrames
from motion.errors import InputError, NoPersonError
from motion.kinematics import CleaningSettings, Plane
from motion.library import find_movement
from motion.measuring import find_side_conflict
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
    position: Position | None
    mode: Mode
    setting: Setting
    mirrored: Mirrored
    weight_bearing: WeightBearing
    aid: str
    footwear_orthosis: str
    model: Path | None
    raw: bool
    write_video: bool
    patient: str
    keep_video: bool

    def to_settings(self) -> AnalysisSettings:
        """Return the settings of the analysis.

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
            conditions=TakeConditions(
                position=self.position or usual or Position.STANDING,
                mode=self.mode,
                setting=self.setting,
                weight_bearing=self.weight_bearing,
                aid=self.aid,
                footwear_orthosis=self.footwear_orthosis,
                mirrored=self.mirrored,
            ),
            cleaning=replace(CleaningSettings(), filtered=not self.raw),
            model_path=self.model,
        )


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
    settings = choices.to_settings()
    prepare_folder(out)
    kept = KeptFrames() if choices.write_video else None
    analysis = analyse_video(video, settings, on_progress=on_progress, kept=kept)
    since_s = time.perf_counter()
    try:
        if choices.write_video:
            target = out / "annotated.mp4"
            write_annotated(analysis, video, target, settings, kept=kept, on_progress=on_progress)
    finally:  # the numbers are not lost with a video that found no room on the disk
        write_results(analysis, out, spent_s=time.perf_counter() - since_s)
    for warning in analysis.warnings:
        on_warning(warning)
    if choices.patient:
        source = video if choices.keep_video else None
        _store(analysis, choices.patient, source, out, on_warning)
    if not analysis.person_found:
        msg = f"{video}: no person was found; film the whole body in good light, one person"
        raise NoPersonError(msg)


def _store(
    analysis: Analysis,
    code: str,
    source: Path | None,
    out: Path,
    on_warning: Callable[[str], None],
) -> None:
    from motion.clinic import ensure_patient, find_take, open_record, store_analysis

    conflict = find_side_conflict(analysis)
    if conflict:
        msg = f"not stored under {code}: {conflict}; record again or name the other side"
        raise InputError(msg)
    annotated = out / "annotated.mp4" if source is not None else None
    with open_record() as record:
        ensure_patient(record, code)
        digest = analysis.provenance.input.sha256
        if find_take(record, code, digest, analysis.movement, analysis.side):
            on_warning(f"This recording is stored under {code} already; it was not stored twice.")
            return
        if annotated is not None and not annotated.exists():
            annotated = None
        store_analysis(record, analysis, code, source=source, annotated=annotated)
