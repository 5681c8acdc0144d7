"""The annotated video of a take whose pictures were not kept: the body alone, on a plain ground."""

from pathlib import Path
from typing import Final

import numpy as np

from motion.model import Analysis
from motion.report.annotate import Annotator
from motion.report.files import replace_file
from motion.report.strokes import Bgr, Picture
from motion.report.video import VideoWriter

__all__ = ["write_skeleton_video"]

_GROUND_BGR: Final[Bgr] = (48, 40, 36)


def write_skeleton_video(
    analysis: Analysis, target: Path, *, size_px: tuple[int, int] | None = None
) -> None:
    """Write what was measured without the person: no picture of a camera is read for it.

    Every frame of the recording is drawn at its own time, as :class:`Annotator` draws it on the
    camera's picture; what was not seen is not drawn.

    Parameters
    ----------
    size_px
        Width and height of the video; the camera's by default.

    Raises
    ------
    OutputError
        If the video cannot be written.
    """
    recording = analysis.recording
    annotator = Annotator(analysis, size_px or (recording.width_px, recording.height_px))
    width, height = annotator.size_px
    ground: Picture = np.full((height, width, 3), _GROUND_BGR, dtype=np.uint8)
    rate_hz = analysis.provenance.input.rate_hz
    with replace_file(target) as partial, VideoWriter(partial, rate_hz, (width, height)) as writer:
        for row, time_s in enumerate(recording.time_s):
            writer.write(annotator.draw(ground.copy(), row), float(time_s))
