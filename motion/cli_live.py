"""The console command that measures a running camera: ``motion live``."""

from typing import Annotated

import typer

from motion import options
from motion.console import commands_fail_in_one_line, quieten_native_logs, warn
from motion.model.take import Setting

__all__ = ["live"]


def live(
    out: options.OutFolder,
    camera: Annotated[
        str,
        typer.Option(
            help="Number of a camera here, address of a network camera (rtsp, http), or a file, "
            "which is played at its own pace."
        ),
    ] = "0",
    exercise: Annotated[
        str, typer.Option(help="Exercise to coach; without it every angle is only measured.")
    ] = "",
    side: Annotated[
        str, typer.Option(help="left, right, both, none, or auto: as the exercise has it.")
    ] = "auto",
    patient: options.Patient = "",
    plan_item: Annotated[
        str, typer.Option(help="Line of the patient's plan that is done: its key.")
    ] = "",
    sets: Annotated[int | None, typer.Option(help="Sets.", show_default="the exercise's")] = None,
    repetitions: Annotated[
        int | None, typer.Option(help="Repetitions of a set.", show_default="the exercise's")
    ] = None,
    target_deg: Annotated[
        float | None, typer.Option(help="How far to go.", show_default="the exercise's")
    ] = None,
    max_allowed_deg: Annotated[
        float | None, typer.Option(help="Farther than this the joint may not go.")
    ] = None,
    hold_s: Annotated[
        float | None, typer.Option(help="How long to hold.", show_default="the exercise's")
    ] = None,
    setup: Annotated[
        bool, typer.Option("--setup/--no-setup", help="Guide into place before the exercise.")
    ] = True,
    seconds: Annotated[
        float | None, typer.Option(help="Stop after so many seconds of pictures.")
    ] = None,
    person: options.Person = "largest",
    setting: options.SaidSetting = Setting.CLINIC,
    model: options.ModelFile = None,
    video_out: options.VideoOut = True,
    keep_video: Annotated[
        bool,
        typer.Option(
            "--keep-video",
            help="Keep the camera's picture in annotated.mp4, and that in the patient's record; "
            "otherwise only the body is drawn.",
        ),
    ] = False,
    window: Annotated[
        bool, typer.Option("--window", help="Show the patient's picture in a window.")
    ] = False,
    unfinished: Annotated[
        bool,
        typer.Option(
            "--unfinished", help="Finish the oldest take that was broken off, without a camera."
        ),
    ] = False,
) -> None:
    """Measure and coach a running camera. Keys: space starts and pauses, p is pain, q stops."""
    with commands_fail_in_one_line():
        quieten_native_logs()
        from motion.commands.live import LiveChoices, run_live

        chosen = LiveChoices(
            camera=camera,
            exercise=exercise,
            side=side,
            patient=patient,
            plan_item=plan_item,
            sets=sets,
            repetitions=repetitions,
            target_deg=target_deg,
            max_allowed_deg=max_allowed_deg,
            hold_s=hold_s,
            setup=setup,
            seconds=seconds,
            person=person,
            setting=setting,
            model=model,
            write_video=video_out,
            keep_video=keep_video,
            window=window,
            unfinished=unfinished,
        )
        run_live(chosen, out, say=typer.echo, on_warning=warn)
