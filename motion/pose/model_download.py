"""Fetches the landmark models that no wheel carries from MediaPipe's own storage."""

import http.client
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from urllib.parse import urlsplit

from motion.errors import ModelError
from motion.pose.model_parts import DIGESTS, Progress, check_part

__all__ = ["download_part"]

_STORAGE_URL = "https://storage.googleapis.com/mediapipe-assets/modules/pose_landmark"
_TIMEOUT_S = 30.0
_CHUNK_BYTES = 1 << 16


def download_part(part: str, report: Progress, digests: Mapping[str, str] = DIGESTS) -> bytes:
    """Download one landmark model and check it.

    ``MOTION_MODEL_BASE_URL`` names another server, such as a clinic's mirror; the digest that is
    expected stays the same.

    Raises
    ------
    ModelError
        The server cannot be reached, does not have the file, or sends other bytes.
    """
    base_url = os.environ.get("MOTION_MODEL_BASE_URL") or _STORAGE_URL
    if urlsplit(base_url).scheme not in {"https", "http"}:
        raise ModelError(
            f"MOTION_MODEL_BASE_URL: expected an address with https://, got '{base_url}';"
            " correct it or unset it"
        )
    url = f"{base_url.rstrip('/')}/{part}"
    try:
        content = _read(url, part, report)
    except urllib.error.HTTPError as error:
        error.close()
        raise _explain(url, f"the server answered {error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        raise _explain(url, str(error.reason)) from error
    except (OSError, http.client.HTTPException) as error:
        raise _explain(url, str(error) or type(error).__name__) from error
    return check_part(part, content, digests)


def _read(url: str, part: str, report: Progress) -> bytes:
    stage = f"downloading {part}"
    with urllib.request.urlopen(url, timeout=_TIMEOUT_S) as response:
        announced = response.headers.get("Content-Length", "")
        total = int(announced) if announced.isdecimal() else None
        content = bytearray()
        report(0, total, stage)
        while chunk := response.read(_CHUNK_BYTES):
            content += chunk
            report(len(content), total, stage)
    if total is not None and len(content) < total:
        raise http.client.HTTPException(f"the connection ended after {len(content)} of {total} B")
    return bytes(content)


def _explain(url: str, reason: str) -> ModelError:
    return ModelError(
        f"{url} could not be downloaded: {' '.join(reason.split())};"
        " check the network, then run `motion model install` again"
    )
