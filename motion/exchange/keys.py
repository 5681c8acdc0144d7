"""The clinic's key pair: takes are sealed for its public half, and only this folder opens them."""

import os
import secrets
from pathlib import Path
from typing import Final

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

from motion.clinic import Record
from motion.errors import InputError, OutputError

__all__ = ["ensure_clinic_key", "find_clinic_key", "key_path"]

_FOLDER: Final = "keys"
_NAME: Final = "clinic.key"


def key_path(record: Record) -> Path:
    """Return where the clinic's secret key lies: beside the record's files."""
    return record.files.folder.parent / _FOLDER / _NAME


def ensure_clinic_key(record: Record) -> PrivateKey:
    """Return the clinic's key pair, making it the first time, readable for its owner only.

    Raises
    ------
    InputError
        If the file is there and holds no key.
    OutputError
        If it cannot be written.
    """
    found = find_clinic_key(record)
    if found is not None:
        return found
    path = key_path(record)
    partial = path.with_name(f".{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(bytes(PrivateKey.generate()).hex())
                file.flush()
                os.fsync(file.fileno())
            _name_first(partial, path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        msg = f"{path}: the clinic's key cannot be written ({error.strerror}); allow it"
        raise OutputError(msg) from error
    made = find_clinic_key(record)
    assert made is not None
    return made


def find_clinic_key(record: Record) -> PrivateKey | None:
    """Return the clinic's key pair; None where this computer has none.

    Raises
    ------
    InputError
        If the file holds no key, or cannot be read.
    """
    path = key_path(record)
    try:
        text = path.read_text(encoding="ascii").strip()
        return PrivateKey(bytes.fromhex(text))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, CryptoError) as error:
        msg = f"{path}: holds no key of this product; put it back from a backup"
        raise InputError(msg) from error


def _name_first(partial: Path, path: Path) -> None:
    """Give a file its name, unless another program has given it to its own a moment before."""
    try:
        os.link(partial, path)
    except FileExistsError:
        return
