"""The console commands that measure a recording: ``motion analyse`` and ``motion gait``."""

from pathlib import Path
from typing import Annotated

import typer

from motion import options
from motion.console import commands_fail_in_one_line, quieten_native_logs, show_progress, warn
from motion.model.take import Mirrored, Mode, Position, Setting, WeightBearing

__all__ = ["analyse", "gait"]


def analyse(
    video: Annotated[Path, typer.Argument(help="Recording: mp4, mov, avi, webm or mkv.")],
    out: options.OutFolder,
    movement: Annotated[
        str, typer.Option(help="Angle or exercise, as knee_flexion or squat.")
    ] = "",
    side: Annotated[
        str, typer.Option(help="left, right, both, or auto: as the view shows.")
    ] = "auto",
    view: Annotated[str, typer.Option(help="auto, sagittal or frontal.")] = "auto",
    person: options.Person = "largest",
    position: options.Placed = None,
    mode: options.SaidMode = Mode.ACTIVE,
    setting: options.SaidSetting = Setting.CLINIC,
    mirrored: options.SaidMirrored = Mirrored.UNKNOWN,
    weight_bearing: options.Weight = WeightBearing.UNKNOWN,
    aid: options.Aid = "unknown",
    footwear_orthosis: options.Footwear = "unknown",
    model: options.ModelFile = None,
    video_out: options.VideoOut = True,
    raw: options.Raw = False,
    patient: options.Patient = "",
    started_at: options.RecordedAt = None,
    keep_video: options.KeepVideo = False,
    camera: Annotated[
        list[Path] | None,
        typer.Option(help="Recording of another camera of the same take; once for each."),
    ] = None,
    calibration: Annotated[
        Path | None,
        typer.Option(help="Calibration of the cameras (.toml, Pose2Sim's form)."),
    ] = None,
    offset_s: Annotated[
        list[float] | None,
        typer.Option(
            help="How much later than the first recording each --camera began, in their order.",
            show_default="found from the movement",
        ),
    ] = None,
    up: Annotated[str, typer.Option(help="The calibration's axis that points up.")] = "z",
    height_cm: options.HeightCm = None,
    go_s: Annotated[
        float | None,
        typer.Option(help="When GO of a timed test was said, in seconds of the recording."),
    ] = None,
    opensim: options.OpenSim = False,
) -> None:
    """Measure a recording: angles, range of motion, repetitions."""
    with commands_fail_in_one_line():
        quieten_native_logs()
        from motion.commands.analyse import Choices, run_analysis
        from motion.commands.gait import GaitChoices

        chosen = Choices(
            movement=movement,
            side=side,
            view=view,
            person=person,
            position=position,
            mode=mode,
            setting=setting,
            mirrored=mirrored,
            weight_bearing=weight_bearing,
            aid=aid,
            footwear_orthosis=footwear_orthosis,
            model=model,
            raw=raw,
            started_at=started_at,
            write_video=video_out,
            patient=patient,
            keep_video=keep_video,
            cameras=tuple(camera or ()),
            calibration=calibration,
            offsets_s=tuple(offset_s or ()),
            up=up,
            gait=GaitChoices(height_cm=height_cm, go_s=go_s),
            opensim=opensim,
        )
        with show_progress() as report:
            run_analysis(video, out, chosen, on_progress=report, on_warning=warn)


def gait(
    file: Annotated[Path, typer.Argument(help="Recording of a walk, or markers (c3d, trc).")],
    out: options.OutFolder,
    height_cm: options.HeightCm = None,
    scale_m: Annotated[
        float | None, typer.Option(help="A known distance on the floor, in the plane of the walk.")
    ] = None,
    scale_px: Annotated[
        str, typer.Option(help="The two ends of that distance in the picture: x1,y1,x2,y2.")
    ] = "",
    treadmill_speed_m_s: Annotated[
        float | None, typer.Option(help="Speed of the treadmill's belt.")
    ] = None,
    treadmill: Annotated[
        bool | None,
        typer.Option(
            "--treadmill/--overground",
            help="What the person walks on.",
            show_default="seen from the picture",
        ),
    ] = None,
    test: Annotated[
        str, typer.Option(help="Timed test: tug (3 m up and go), walk10 or walk4.")
    ] = "",
    go_s: Annotated[
        float | None, typer.Option(help="When GO was said, in seconds of the recording.")
    ] = None,
    person: options.Person = "largest",
    setting: options.SaidSetting = Setting.CLINIC,
    mirrored: options.SaidMirrored = Mirrored.UNKNOWN,
    weight_bearing: options.Weight = WeightBearing.UNKNOWN,
    aid: options.Aid = "unknown",
    footwear_orthosis: options.Footwear = "unknown",
    model: options.ModelFile = None,
    video_out: options.VideoOut = True,
    patient: options.Patient = "",
    started_at: options.RecordedAt = None,
    keep_video: options.KeepVideo = False,
    opensim: options.OpenSim = False,
) -> None:
    """Measure walking: contacts, steps, strides, angles over the cycle, timed tests."""
    with commands_fail_in_one_line():
        quieten_native_logs()
        from motion.commands.analyse import Choices, run_analysis
        from motion.commands.gait import GaitChoices

        chosen = Choices(
            movement="walking",
            side="auto",
            view="auto",
            person=person,
            position=Position.STANDING,
            mode=Mode.ACTIVE,
            setting=setting,
            mirrored=mirrored,
            weight_bearing=weight_bearing,
            aid=aid,
            footwear_orthosis=footwear_orthosis,
            model=model,
            raw=False,
            started_at=started_at,
            write_video=video_out,
            patient=patient,
            keep_video=keep_video,
            gait=GaitChoices(
                height_cm=height_cm,
                scale_m=scale_m,
                scale_px=scale_px,
                belt_m_s=treadmill_speed_m_s,
                treadmill=treadmill,
                test=test,
                go_s=go_s,
            ),
            opensim=opensim,
        )
        with show_progress() as report:
            run_analysis(file, out, chosen, on_progress=report, on_warning=warn)
