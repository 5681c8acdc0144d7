"""The picture of one moment of a kept video, to place landmarks on."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.components.stills import image_data
from motion.capture import Video, read_still
from motion.clinic import StoredTake, open_record

__all__ = ["Picture", "picture_at"]

_NEAR_FRAMES: Final = 0.75
_KEPT_S: Final = 900.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a browser takes it; ``of_source`` where it is of the recording as it came."""

    image: str
    of_source: bool


def picture_at(take: StoredTake, time_s: float) -> Picture | None:
    """Return the picture of a frame; None where no video was kept, or it has none so near.

    Raises
    ------
    MotionError
        If the kept video is missing, damaged or cannot be read.
    """
    digest = take.source_digest or take.annotated_digest
    if digest is None:
        return None
    path = _find_video(digest)
    at_s, image = _read(str(path), digest, round(time_s, 4))
    rate_hz = take.analysis.provenance.input.rate_hz
    if rate_hz > 0 and abs(at_s - time_s) > _NEAR_FRAMES / rate_hz:
        return None
    return Picture(image=image, of_source=take.source_digest is not None)


@st.cache_data(max_entries=16, ttl=_KEPT_S, show_spinner=False)
def _find_video(digest: str) -> Path:
    with open_record() as record:
        return record.files.checked_path(digest)


@st.cache_data(max_entries=64, ttl=_KEPT_S, show_spinner=False)
def _read(path: str, digest: str, time_s: float) -> tuple[float, str]:
    with Video(Path(path)) as video:
        still = read_still(video, time_s)
    return still.time_s, image_data(still)
