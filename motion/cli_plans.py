"""The console commands of plans: out to the patient's own computer, and what comes back."""

from pathlib import Path
from typing import Annotated

import typer

from motion.cli_reports import handout
from motion.console import commands_fail_in_one_line, warn

__all__ = ["home", "plan_app", "receive"]

plan_app = typer.Typer(
    help="A patient's plan, and the files between clinic and home.", no_args_is_help=True
)


plan_app.command("handout")(handout)


@plan_app.command("list")
def list_plan(
    patient: Annotated[str, typer.Option(help="Code of the patient.")],
) -> None:
    """List what is prescribed to a patient, one exercise a line."""
    with commands_fail_in_one_line():
        from motion.clinic import open_record
        from motion.commands.plans import describe_plan

        with open_record() as record:
            for line in describe_plan(record, patient):
                typer.echo(line)


@plan_app.command("export")
def export_plan(
    patient: Annotated[str, typer.Option(help="Code of the patient.")],
    out: Annotated[Path, typer.Option(help="Plan file to write (.motionplan).")],
) -> None:
    """Write a patient's plan as a file for the patient's own computer."""
    with commands_fail_in_one_line():
        from motion.clinic import open_record
        from motion.commands.plans import export_plan_file

        with open_record() as record:
            export_plan_file(record, patient, out)
        typer.echo(f"{out}: give it to the patient only; who has it can send takes as {patient}")


@plan_app.command("send")
def send(
    out: Annotated[Path, typer.Option(help="Folder for the take files; made if missing.")],
    patient: Annotated[
        str, typer.Option(help="Code of the patient, where this computer has several plans.")
    ] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Those that were sent before, too.")
    ] = False,
) -> None:
    """Write what was done at home as encrypted files for the clinic (on the patient's computer)."""
    with commands_fail_in_one_line():
        from motion.clinic import open_record
        from motion.commands.plans import send_takes

        with open_record() as record:
            written = send_takes(record, out, patient, again=everything)
        for path in written:
            typer.echo(str(path))
        if not written:
            warn("nothing new to send")


@plan_app.command("link")
def link(
    patient: Annotated[str, typer.Option(help="Code of the patient.")],
    server: Annotated[
        str, typer.Option(help="Address of the patients' server, https://...")
    ] = "https://localhost:8501",
) -> None:
    """Make a patient's personal link to the patients' server; one that was there ends."""
    with commands_fail_in_one_line():
        from motion.clinic import make_link, open_record

        with open_record() as record:
            typer.echo(f"{server.rstrip('/')}/?key={make_link(record, patient)}")


def home(
    plan_file: Annotated[Path, typer.Argument(metavar="PLANFILE", help="The clinic's plan file.")],
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 8501,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
) -> None:
    """Do the exercises of a plan at home: opens the patient's own pages, without a network."""
    with commands_fail_in_one_line():
        from motion.clinic import open_record
        from motion.commands.dashboard import run_dashboard
        from motion.commands.plans import adopt_plan_file
        from motion.commands.serving import HOME_PATIENT

        with open_record() as record:
            code = adopt_plan_file(record, plan_file, on_warning=warn)
        run_dashboard(port, "127.0.0.1", open_browser=browser, told={HOME_PATIENT: code})


def receive(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Take files (.motiontake).")
    ],
) -> None:
    """Take what patients did at home into the clinic's record."""
    with commands_fail_in_one_line():
        from motion.clinic import open_record
        from motion.commands.plans import receive_takes

        with open_record() as record:
            receive_takes(record, files, say=typer.echo, on_warning=warn)
