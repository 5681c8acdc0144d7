"""Options that several console commands share, each said once."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from motion.model.take import Mirrored, Mode, Position, Setting, WeightBearing

__all__ = [
    "Aid",
    "Footwear",
    "HeightCm",
    "KeepVideo",
    "ModelFile",
    "OpenSim",
    "OutFolder",
    "Patient",
    "Person",
    "Placed",
    "Raw",
    "RecordedAt",
    "SaidMirrored",
    "SaidMode",
    "SaidSetting",
    "VideoOut",
    "Weight",
]

OutFolder = Annotated[Path, typer.Option("--out", help="Folder for the results; made if missing.")]
Person = Annotated[
    str,
    typer.Option(
        help="Who is measured of several: largest, centre, left, right, or X,Y[@SECONDS] in pixels."
    ),
]
Placed = Annotated[
    Position | None,
    typer.Option(help="How the person was placed.", show_default="the movement's own"),
]
SaidMode = Annotated[Mode, typer.Option(help="Who moved the limb.")]
SaidSetting = Annotated[Setting, typer.Option(help="Where it was recorded.")]
SaidMirrored = Annotated[Mirrored, typer.Option(help="Whether the recording shows a mirror image.")]
Weight = Annotated[WeightBearing, typer.Option()]
Aid = Annotated[str, typer.Option(help="Walking aid or other aid used.")]
Footwear = Annotated[str, typer.Option(help="Shoes, brace, orthosis.")]
ModelFile = Annotated[Path | None, typer.Option(help="A pose model (.task) of your own.")]
VideoOut = Annotated[bool, typer.Option("--video/--no-video", help="Write annotated.mp4 as well.")]
Raw = Annotated[
    bool,
    typer.Option(
        "--raw", help="Angles of the plain landmarks: unfiltered, not moved to joint centres."
    ),
]
Patient = Annotated[str, typer.Option(help="Code of the patient to store the take under.")]
RecordedAt = Annotated[
    datetime | None,
    typer.Option(help="When it was recorded; otherwise the file's own date is taken."),
]
KeepVideo = Annotated[
    bool, typer.Option("--keep-video", help="Keep the videos in the patient's record.")
]
HeightCm = Annotated[
    float | None,
    typer.Option(help="The person's height: it gives metres to a walk where no distance does."),
]
OpenSim = Annotated[
    bool, typer.Option("--opensim", help="Write landmarks.trc and angles.mot for OpenSim as well.")
]
