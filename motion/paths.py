"""Where things lie: the user's data, the cached pose model, the reference data of the product."""

import os
from pathlib import Path

__all__ = ["cache_dir", "data_dir", "live_dir", "reference_dir"]

_APP = "physio-motion"


def data_dir() -> Path:
    """Return the folder of the patient record: ``MOTION_DATA_DIR`` or the user's data folder."""
    named = os.environ.get("MOTION_DATA_DIR")
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def live_dir() -> Path:
    """Return the folder of the journals of live takes, beside the record they will go to."""
    return data_dir() / "live"


def cache_dir() -> Path:
    """Return the folder of the pose model: ``MOTION_CACHE_DIR`` or the user's cache folder."""
    named = os.environ.get("MOTION_CACHE_DIR")
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def reference_dir() -> Path:
    """Return ``data/``: error figures, exercises and samples, in a checkout or installed."""
    here = Path(__file__).resolve().parent
    installed = here / "data"
    return installed if installed.is_dir() else here.parent / "data"
