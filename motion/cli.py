"""The console command: parse, one library call, show. Heavy libraries load inside commands."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from motion import __version__
from motion.cli_import import import_
from motion.cli_live import live
from motion.cli_plans import home, plan_app, receive
from motion.cli_reports import export, report
from motion.cli_takes import analyse, gait
from motion.console import (
    commands_fail_in_one_line,
    quieten_native_logs,
    run_app,
    show_progress,
    warn,
)

__all__ = ["app", "main"]

app = typer.Typer(
    help="Joint angles, range of motion and repetitions from one camera.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
model_app = typer.Typer(help="The pose model.", no_args_is_help=True)
app.add_typer(model_app, name="model")
app.command()(analyse)
app.command()(gait)
app.command()(export)
app.command()(report)
app.add_typer(plan_app, name="plan")
app.command()(home)
app.command()(receive)
app.command()(live)
app.command(name="import")(import_)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"physio-motion {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    """Joint angles, range of motion and repetitions from one camera.

    Supports a qualified clinician's judgement; no automatic change to treatment.
    """


@app.command()
def balance(
    file: Annotated[
        Path,
        typer.Argument(help="A force plate's table (csv, tsv, txt), or a video from the front."),
    ],
    out: Annotated[Path, typer.Option(help="Folder for the results; made if missing.")],
    rate_hz: Annotated[
        float | None, typer.Option(help="The plate's rows per second, where it has no times.")
    ] = None,
    forward_axis: Annotated[
        str, typer.Option(help="The plate's axis that the person faces along: x or y.")
    ] = "",
    cutoff_hz: Annotated[
        float | None, typer.Option(help="Low-pass filter for the plate; none without it.")
    ] = None,
    origin_depth_mm: Annotated[
        float,
        typer.Option(
            help="How far the origin of the plate's moments lies under its surface; "
            "negative where the plate's z axis points down."
        ),
    ] = 0.0,
    height_cm: Annotated[
        float | None,
        typer.Option(help="The person's height: a video's sway in mm, not in body heights."),
    ] = None,
    person: Annotated[
        str, typer.Option(help="Who is measured of several, as in `motion analyse`.")
    ] = "largest",
    model: Annotated[Path | None, typer.Option(help="A pose model (.task) of your own.")] = None,
) -> None:
    """Measure quiet standing: sway of a force plate's centre of pressure or of the trunk."""
    with commands_fail_in_one_line():
        quieten_native_logs()
        from motion.commands.balance import run_balance
        from motion.commands.swaying import BalanceChoices

        chosen = BalanceChoices(
            rate_hz=rate_hz,
            forward_axis=forward_axis,
            cutoff_hz=cutoff_hz,
            origin_depth_mm=origin_depth_mm,
            height_cm=height_cm,
            person=person,
            model=model,
        )
        with show_progress() as report:
            run_balance(file, out, chosen, on_progress=report, on_warning=warn)


@app.command()
def calibrate(
    videos: Annotated[
        list[Path] | None,
        typer.Argument(metavar="VIDEO...", help="One recording of the board by each camera."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Calibration file to write (.toml).")] = None,
    board: Annotated[str, typer.Option(help="Squares of the board, across x down.")] = "5x7",
    square_mm: Annotated[float, typer.Option(help="Edge of a square as printed: measure it.")] = 40,
    marker_mm: Annotated[float, typer.Option(help="Edge of a marker in a square.")] = 30,
    dictionary: Annotated[str, typer.Option(help="Markers, as OpenCV calls them.")] = "5X5_100",
    board_on: Annotated[
        str,
        typer.Option(
            help="floor or wall: how the board stood when the first camera first saw it still "
            "together with another; it gives the vertical."
        ),
    ] = "floor",
    offset_s: Annotated[
        list[float] | None,
        typer.Option(help="How much later than the first each further recording began; 0 if none."),
    ] = None,
    print_board: Annotated[
        Path | None, typer.Option(help="Write the board to print (.pdf or .png) and stop.")
    ] = None,
) -> None:
    """Calibrate two or more cameras with a ChArUco board, or print the board."""
    with commands_fail_in_one_line():
        quieten_native_logs()
        from motion.commands import calibrate as command

        known = command.parse_board(board, square_mm, marker_mm, dictionary)
        if print_board is not None:
            command.print_board(known, print_board)
            typer.echo(f"{print_board}: print at 100 %, then measure a square and give --square-mm")
            return
        target = command.require_out(out)
        with show_progress() as report:
            found = command.run_calibration(
                videos or (), known, target, offset_s or (), board_on, report
            )
        for line in command.describe(found):
            typer.echo(line)


@app.command(name="validate")
def validate_(
    out: Annotated[Path, typer.Option(help="Folder for tables and figures; made if missing.")],
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[DIR]...",
            help="Folders of NAME.mp4, NAME.csv (true angles of each frame) and NAME.json.",
            show_default="MOTION_VALIDATION_DIR, ../shared/validation, or the samples",
        ),
    ] = None,
    landmarks: Annotated[
        Path | None, typer.Option(help="Folder that keeps the landmarks, for a quick repeat.")
    ] = None,
    write_docs: Annotated[
        Path | None, typer.Option(help="Also write the page of the results, as Markdown.")
    ] = None,
) -> None:
    """Hold the product against recordings whose true angles are known."""
    with commands_fail_in_one_line():
        quieten_native_logs()
        from motion.commands.validate import run_validation, show_validation

        with show_progress() as report:
            found = run_validation(folders or (), out, landmarks, write_docs, report)
        show_validation(found, out)
        for line in found.left_out:
            warn(f"left out: {line}")


@app.command()
def retest(
    out: Annotated[Path, typer.Option(help="Folder for the results; made if missing.")],
    file: Annotated[
        Path | None,
        typer.Argument(help="CSV: person,session,angle,side,view,value_deg (docs/retest.md)."),
    ] = None,
    from_record: Annotated[
        bool, typer.Option("--from-record", help="Take what is marked as a retest in the record.")
    ] = False,
    adopt: Annotated[
        bool,
        typer.Option("--adopt", help="Use the figures of enough people as the clinic's own."),
    ] = False,
) -> None:
    """Measure this clinic's own measurement error from repeated measurements."""
    with commands_fail_in_one_line():
        from motion.commands.retest import run_retest

        run_retest(file, out, from_record=from_record, adopt=adopt, say=typer.echo, on_warning=warn)


@app.command()
def patients() -> None:
    """List the patients' codes, one a line."""
    with commands_fail_in_one_line():
        from motion.clinic import list_patients, open_record

        with open_record() as record:
            for summary in list_patients(record):
                typer.echo(summary.patient.code)


@app.command("demo-data")
def demo_data(
    patients: Annotated[int, typer.Option(help="How many made-up patients.")] = 12,
    takes: Annotated[int, typer.Option(help="How many takes they have together.")] = 150,
    seed: Annotated[int, typer.Option(min=0, help="The same seed makes the same clinic.")] = 1,
    into_existing: Annotated[
        bool, typer.Option("--into-existing", help="Also where the record holds real patients.")
    ] = False,
) -> None:
    """Fill the record with made-up patients, labelled as such, to see every page full."""
    with commands_fail_in_one_line():
        from motion.commands.demo_data import make_demo_data

        with show_progress() as report:
            said = make_demo_data(
                patients, takes, seed, into_existing=into_existing, on_progress=report
            )
        typer.echo(said)


@app.command()
def dashboard(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 8501,
    address: Annotated[
        str, typer.Option(help="Address to listen on; anything else lets others in.")
    ] = "127.0.0.1",
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
    certificate: Annotated[
        Path | None, typer.Option(help="Certificate (PEM): the pages are served over HTTPS.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="The certificate's private key (PEM).")] = None,
    patients_only: Annotated[
        bool,
        typer.Option("--patients", help="Only patients' own pages, each by a personal link."),
    ] = False,
) -> None:
    """Open the dashboard on this machine."""
    with commands_fail_in_one_line():
        from motion.commands.certificate import check_certificate
        from motion.commands.dashboard import run_dashboard, warn_of_others
        from motion.commands.serving import PATIENTS_ONLY

        checked = check_certificate(certificate, key)
        for line in checked.warnings if checked else ():
            warn(line)
        warn_of_others(
            address, encrypted=checked is not None, patients_only=patients_only, on_warning=warn
        )
        told = {PATIENTS_ONLY: "1"} if patients_only else {}
        run_dashboard(port, address, open_browser=browser, certificate=checked, told=told)


@model_app.command("install")
def install(
    name: Annotated[str, typer.Argument(help="full, lite or heavy.")] = "full",
) -> None:
    """Download the pose model once and keep it in the user's cache folder."""
    with commands_fail_in_one_line():
        from motion.pose.assets import install_model

        with show_progress(unit="bytes") as report:
            path = install_model(
                name, on_progress=lambda done, total, stage: report(stage, done, total or 0)
            )
        typer.echo(str(path))


def main() -> None:
    """Run the console command."""
    # A closed pipe (as in `motion patients | head`) is the reader's choice, not our error.
    try:
        code = run_app(app, "motion")
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)
