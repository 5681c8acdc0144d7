"""Several take files in one: what a patient saves with one click, and the clinic unpacks."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from motion.clinic import Record, Unsent
from motion.errors import InputError, SourceError
from motion.exchange.take_file import write_take_file
from motion.exchange.wire import shown
from motion.report.files import prepare_folder, replace_file

__all__ = ["PARCEL", "SUFFIX", "unpack_parcel", "write_parcel", "write_take_files"]

PARCEL: Final = ".motiontakes"
SUFFIX: Final = ".motiontake"
_WHAT: Final = "parcel of take files (*.motiontakes)"
_MOST_FILES: Final = 1000
_MOST_BYTES: Final = 256 << 20


def write_take_files(record: Record, unsent: Unsent, folder: Path) -> tuple[Path, ...]:
    """Write a file for each take that is to be sent, or one of the diary alone.

    Names hold the take's place in the row only: a folder that is sent names nobody.

    Raises
    ------
    OutputError
        If a file cannot be written.
    """
    prepare_folder(folder)
    if not unsent.count:
        return ()
    paths = []
    for take_id in unsent.take_ids or (None,):
        path = folder / f"{take_id or 'diary'}{SUFFIX}"
        write_take_file(record, take_id, path, patient_code=unsent.patient_code)
        paths.append(path)
    return tuple(paths)


def write_parcel(files: tuple[Path, ...], path: Path) -> None:
    """Write take files into one; they are sealed already and do not get smaller.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    with (
        replace_file(path) as partial,
        zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED) as parcel,
    ):
        for file in files:
            parcel.write(file, file.name)


def unpack_parcel(path: Path, folder: Path) -> Iterator[Path]:
    """Give the take files of a parcel one after another; each is gone when the next is asked for.

    Names in a parcel are not used: they may lead anywhere.

    Raises
    ------
    SourceError
        If it cannot be read.
    InputError
        If it is no parcel, damaged, or holds more or larger files than any parcel does.
    """
    try:
        with zipfile.ZipFile(path) as parcel:
            entries = parcel.infolist()
            if len(entries) > _MOST_FILES or any(e.file_size > _MOST_BYTES for e in entries):
                msg = f"{shown(path)}: larger than any {_WHAT}; choose another file"
                raise InputError(msg)
            for number, entry in enumerate(entries, 1):
                taken = folder / f"{number}{SUFFIX}"
                taken.write_bytes(parcel.read(entry))
                yield taken
                taken.unlink()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        msg = f"{shown(path)}: is no {_WHAT}, or damaged; ask for the file again"
        raise InputError(msg) from error
    except OSError as error:
        msg = f"{shown(path)}: cannot be read ({error.strerror}); choose a {_WHAT}"
        raise SourceError(msg) from error
