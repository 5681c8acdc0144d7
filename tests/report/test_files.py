"""Files are there whole or not at all, and what goes wrong is said in one line."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from motion.errors import OutputError
from motion.report import VideoWriter, prepare_folder, replace_file


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write_half(target: Path) -> None:
    with replace_file(target) as partial:
        partial.write_text("half")
        raise ZeroDivisionError


def write_text(target: Path) -> None:
    with replace_file(target) as partial:
        partial.write_text("one")


def test_replaced_only_when_all_went_well(tmp_path: Path) -> None:
    target = tmp_path / "table.csv"
    with replace_file(target) as partial:
        partial.write_text("one")
        assert not target.exists()
        assert partial.parent == tmp_path
    assert target.read_text() == "one"
    with pytest.raises(ZeroDivisionError):
        write_half(target)
    assert target.read_text() == "one"
    assert names_in(tmp_path) == ["table.csv"]


def test_two_at_once_do_not_share_a_partial_file(tmp_path: Path) -> None:
    target = tmp_path / "table.csv"
    with replace_file(target) as one:
        one.write_text("one")
        with replace_file(target) as other:
            other.write_text("other")
    assert target.read_text() == "one"


@pytest.mark.parametrize("below", ["file/out", "file"])
def test_folder_that_cannot_be_made(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match=r"cannot be written \(.*\); free some space or choose"):
        prepare_folder(tmp_path / below)
    assert names_in(tmp_path) == ["file"]


def test_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    assert prepare_folder(tmp_path / "a" / "b") == tmp_path / "a" / "b"
    assert names_in(tmp_path / "a" / "b") == []


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a name be any bytes")
def test_folder_with_a_name_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the name is not readable text; choose another folder"):
        prepare_folder(Path(os.fsdecode(bytes(tmp_path) + b"/\xff")))


def test_target_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "table.csv").mkdir()
    with pytest.raises(OutputError, match=r"table\.csv: cannot be written"):
        write_text(tmp_path / "table.csv")
    assert names_in(tmp_path) == ["table.csv"]


_LIMITED = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from motion.errors import OutputError
from motion.report import VideoWriter, replace_file, write_csv
import pandas as pd
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
folder, what = Path(sys.argv[1]), sys.argv[2]
try:
    if what == "csv":
        write_csv(pd.DataFrame({"v": range(20_000)}), folder / "t.csv")
    else:
        rng = np.random.default_rng(1)
        with replace_file(folder / "t.mp4") as part, VideoWriter(part, 30.0, (320, 240)) as writer:
            for k in range(int(what)):
                writer.write(rng.integers(0, 255, (240, 320, 3), dtype=np.uint8), k / 30)
except OutputError as error:
    print(error)
    sys.exit(2)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on a file's size there")
@pytest.mark.parametrize("what", ["csv", "1", "60"])
def test_file_size_limit(tmp_path: Path, what: str) -> None:
    (tmp_path / "t.csv").write_text("before")
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(tmp_path), what],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (2, "")
    assert "cannot be written (File too large); free some space or choose another" in done.stdout
    assert done.stdout.count("\n") == 1
    assert names_in(tmp_path) == ["t.csv"]
    assert (tmp_path / "t.csv").read_text() == "before"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of 300 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    command = [mount, "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("frames", [6, 60])
def test_full_disk(small_disk: Path, frames: int) -> None:
    rng = np.random.default_rng(1)

    def write() -> None:
        with (
            replace_file(small_disk / "t.mp4") as partial,
            VideoWriter(partial, 30.0, (320, 240)) as writer,
        ):
            for k in range(frames):
                writer.write(rng.integers(0, 255, (240, 320, 3), dtype=np.uint8), k / 30)

    with pytest.raises(OutputError, match=r"cannot be written \(No space left on device\)"):
        write()
    assert names_in(small_disk) == []
