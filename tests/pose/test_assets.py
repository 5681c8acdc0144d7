import os
import signal
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from pose_makers import (
    HEAVY_LANDMARKS,
    LITE_LANDMARKS,
    FakeIndex,
    make_digests,
    make_parts,
    make_tflite,
    make_wheel,
    run_python,
    serve,
    start_install,
)

from motion.errors import ModelError, MotionError, OutputError
from motion.pose.assets import find_model, install_model, read_model_info
from motion.pose.model_cache import read_sha256
from motion.pose.model_wheel import download_wheel

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals and limits")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTION_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return tmp_path / "cache" / "models"


def install(name: str = "full", index: FakeIndex | None = None) -> Path:
    return install_model(name, fetch_wheel=index or FakeIndex(), digests=make_digests())


def one_line(error: pytest.ExceptionInfo[MotionError]) -> str:
    message = str(error.value)

    assert "\n" not in message
    assert len(message) < 400

    return message


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".install.lock")


WHOLE = ["pose_detection.tflite", "pose_landmarker_full.task", "pose_landmarker_full.task.sha256"]


def test_installed_model_is_found_and_named_in_results(cache: Path) -> None:
    installed = install()

    assert find_model() == find_model("full") == installed
    assert visible(cache) == WHOLE

    info = read_model_info(installed)

    assert info.name == "pose_landmarker_full"
    assert info.sha256 == read_sha256(installed)


def test_second_install_asks_nobody(cache: Path) -> None:
    index = FakeIndex()

    assert install(index=index) == install(index=index)
    assert index.asked == 1


def test_stages_are_told(cache: Path) -> None:
    told: list[str] = []
    install_model(
        on_progress=lambda done, total, stage: told.append(stage),
        fetch_wheel=FakeIndex(),
        digests=make_digests(),
    )

    assert told == ["made up a wheel", "building the bundle"]


@pytest.mark.parametrize("damaged", WHOLE[1:])
def test_damaged_cache_is_noticed_and_rebuilt(cache: Path, damaged: str) -> None:
    whole = install().read_bytes()
    (cache / damaged).write_bytes(whole[:-1])

    with pytest.raises(ModelError, match=r"is damaged.*run `motion model install`"):
        find_model()

    assert install().read_bytes() == whole
    assert find_model().read_bytes() == whole


def test_other_bytes_than_the_published_are_refused(cache: Path) -> None:
    index = FakeIndex(pose_landmark_full=make_tflite("somebody else's"))

    with pytest.raises(ModelError, match=r"pose_landmark_full.tflite: expected SHA-256") as error:
        install(index=index)

    one_line(error)

    assert visible(cache) == []


def test_wheel_that_is_no_archive_is_refused(cache: Path) -> None:
    def fetch(folder: Path, report: object) -> Path:
        (folder / "a.whl").write_text("sign in to the guest network", encoding="utf-8")
        return folder / "a.whl"

    with pytest.raises(ModelError, match="expected a wheel with MediaPipe's pose models") as error:
        install_model(fetch_wheel=fetch, digests=make_digests())

    one_line(error)

    assert visible(cache) == []


@posix
def test_killed_install_leaves_nothing_half_written(cache: Path) -> None:
    with start_install(delay_s=60) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "started\n"

        running.send_signal(signal.SIGKILL)
        running.communicate()

    (left,) = visible(cache)

    assert left.startswith(".install-")

    install()

    assert visible(cache) == WHOLE


@posix
def test_download_killed_in_the_middle_leaves_nothing_half_written(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(make_parts(), stall_after=8) as url:
        monkeypatch.setenv("MOTION_MODEL_BASE_URL", url)
        with start_install("lite") as running:
            assert running.stdout is not None
            assert running.stdout.readline() == "started\n"

            running.send_signal(signal.SIGKILL)
            running.communicate()

    assert not list(cache.glob("*.task*"))

    with serve(make_parts()) as url:
        monkeypatch.setenv("MOTION_MODEL_BASE_URL", url)
        install("lite")

    assert find_model("lite")
    assert not list(cache.glob(".install-*"))


def test_two_installs_at_once_download_once(cache: Path) -> None:
    with start_install(delay_s=1) as first, start_install(delay_s=1) as second:
        said = [process.communicate(timeout=60) for process in (first, second)]

    assert [first.returncode, second.returncode] == [0, 0], said
    assert sum("asked 1" in out for out, _ in said) == 1
    assert visible(cache) == WHOLE
    assert find_model()


def test_cache_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MOTION_CACHE_DIR", str(tmp_path / "file"))

    with pytest.raises(OutputError, match=r"expected a folder .* MOTION_CACHE_DIR") as error:
        install()

    assert str(tmp_path / "file") in one_line(error)


@posix
def test_full_disk_is_an_output_error_and_leaves_nothing(cache: Path) -> None:
    script = """
import resource
from motion.errors import OutputError
from motion.pose.assets import install_model
from pose_makers import FakeIndex, make_digests

index, digests = FakeIndex(), make_digests()
def limited(folder, report):
    wheel = index(folder, report)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    return wheel
try:
    install_model(fetch_wheel=limited, digests=digests)
except OutputError as error:
    sys.exit(str(error))
"""
    with run_python(script) as running:
        _, said = running.communicate(timeout=60)

    assert running.returncode == 1
    assert "expected a folder that the pose model can be written to, got 'File too large'" in said
    assert said.count("\n") == 1
    assert not list(cache.glob("*.task"))
    assert not list(cache.glob(".install-*"))


@pytest.mark.parametrize("name", ["lite", "heavy"])
def test_other_models_come_from_the_storage(
    cache: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    index = FakeIndex()
    with serve(make_parts()) as url:
        monkeypatch.setenv("MOTION_MODEL_BASE_URL", f"{url}/")
        installed = install(name, index)

        assert installed != install("full", index)
        assert find_model(name) == installed

    with zipfile.ZipFile(installed) as bundle:
        assert f"pose_landmark_{name}".encode() in bundle.read("pose_landmarks_detector.tflite")


def test_detector_of_an_installed_model_is_used_again(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = FakeIndex()
    install("full", index)
    with serve(make_parts()) as url:
        monkeypatch.setenv("MOTION_MODEL_BASE_URL", url)
        install("lite", index)

        assert index.asked == 1

        (cache / "pose_detection.tflite").write_bytes(b"damaged")
        install("heavy", index)

    assert index.asked == 2


def test_storage_problems_are_told_in_one_line(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve({HEAVY_LANDMARKS: make_tflite("somebody else's")}) as url:
        monkeypatch.setenv("MOTION_MODEL_BASE_URL", url)
        with pytest.raises(ModelError, match=f"{LITE_LANDMARKS}.*answered 404") as missing:
            install("lite")
        with pytest.raises(ModelError, match=f"{HEAVY_LANDMARKS}: expected SHA-256") as other:
            install("heavy")
    with pytest.raises(ModelError, match=r"could not be downloaded: \[Errno") as closed:
        install("lite")
    monkeypatch.setenv("MOTION_MODEL_BASE_URL", "file:///etc")
    with pytest.raises(ModelError, match="expected an address with https://, got 'file:") as scheme:
        install("lite")

    for error in (missing, other, closed, scheme):
        one_line(error)
    assert visible(cache) == []


def test_connection_that_ends_early_is_named(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(make_parts(), stall_after=8) as url:
        monkeypatch.setenv("MOTION_MODEL_BASE_URL", url)
        monkeypatch.setattr("motion.pose.model_download._TIMEOUT_S", 0.2)
        with pytest.raises(ModelError, match=r"could not be downloaded: .*timed out") as error:
            install("lite")

    one_line(error)


@pytest.fixture
def only_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave pip an index that cannot be reached, whatever the machine's settings are."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")


@pytest.mark.usefixtures("only_index")
def test_no_network_is_one_line(cache: Path) -> None:
    with pytest.raises(ModelError, match="could not be downloaded: pip says 'No matching") as error:
        install_model()

    assert "check the network" in one_line(error)
    assert visible(cache) == []


@pytest.mark.usefixtures("only_index")
def test_wheel_comes_from_wherever_pip_is_told(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_wheel(tmp_path, make_parts())
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))

    assert install_model(digests=make_digests()) == find_model()
    assert visible(cache) == WHOLE


def test_python_without_pip_is_told_how_to_get_it(tmp_path: Path) -> None:
    venv.create(tmp_path / "bare", with_pip=False, symlinks=sys.platform != "win32")
    folder = "Scripts" if sys.platform == "win32" else "bin"
    bare = str(tmp_path / "bare" / folder / "python")
    for python in (bare, str(tmp_path / "nowhere"), ""):
        work = tmp_path / f"work{len(python)}"
        work.mkdir()
        with pytest.raises(ModelError, match=r"has none; run `.* -m ensurepip`") as error:
            download_wheel(work, lambda done, total, stage: None, python=python)
        one_line(error)


def test_missing_model_says_what_to_run(cache: Path) -> None:
    with pytest.raises(ModelError, match=r"not installed.*run `motion model install`$"):
        find_model()
    with pytest.raises(ModelError, match=r"not installed.*run `motion model install lite`$"):
        find_model("lite")
    with pytest.raises(ModelError, match="expected one of full, lite, heavy, got 'huge'"):
        install("huge")
