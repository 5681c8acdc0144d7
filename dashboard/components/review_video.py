"""The kept video of a take, served to the browser as Streamlit serves its own videos."""

from typing import Any

from streamlit import runtime

from motion.clinic import StoredTake, open_record
from motion.model import Mirrored

__all__ = ["serve_video"]


def serve_video(take: StoredTake) -> dict[str, Any] | None:
    """Return where a take's video is to be fetched; None where none was kept.

    The annotated video is taken before the recording itself: it surely plays in a browser. It is
    unmirrored; a mirrored recording is turned back as it is shown. The address is Streamlit's
    own, which answers requests for parts of a file, so that any moment is reached at once.

    Raises
    ------
    RecordError
        If the kept file is missing or damaged.
    """
    digest = take.annotated_digest or take.source_digest
    if digest is None:
        return None
    with open_record() as record:
        path = record.files.checked_path(digest)
    url = runtime.get_instance().media_file_mgr.add(str(path), "video/mp4", f"review-{take.id}")
    mirrored = take.analysis.conditions.mirrored is Mirrored.YES
    return {"url": url, "flipped": take.annotated_digest is None and mirrored}
