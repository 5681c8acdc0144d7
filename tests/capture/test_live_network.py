"""A network camera, played by a server on this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
from video_makers import numbered_picture, numbered_video, read_number

from motion.capture import FrameQueue, LiveFeed, open_source
from motion.capture.frames import Image
from motion.capture.live_network import NetworkCamera
from motion.capture.opencv import cv2
from motion.errors import SourceError
from motion.model import LiveEnd, LiveSource

PICTURES_N = 12
LONG_S = 60.0


class _Camera(BaseHTTPRequestHandler):
    """Sends some pictures as MJPEG and hangs up; a recording at /clip.mp4."""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        served: list[str] = self.server.served  # type: ignore[attr-defined]
        served.append(self.path)
        if self.path == "/refused":
            self.send_error(401)
            return
        self.send_response(200)
        if self.path == "/clip.mp4":
            self.end_headers()
            self.wfile.write(self.server.clip)  # type: ignore[attr-defined]
            return
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        if served.count(self.path) > 2:
            return  # does not come back a second time
        for number in range(PICTURES_N):
            picture = np.ascontiguousarray(numbered_picture(number)[..., ::-1])
            jpeg = cv2.imencode(".jpg", picture)[1].tobytes()
            self.wfile.write(
                b"--frame\r\nContent-Type: image/jpeg\r\n"
                + f"Content-Length: {len(jpeg)}\r\n\r\n".encode()
                + jpeg
                + b"\r\n"
            )


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Camera)
    clip = numbered_video(tmp_path_factory.mktemp("clip") / "clip.mp4", 5)
    server.served, server.clip = [], clip.read_bytes()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def address(server: ThreadingHTTPServer, path: str, login: str = "") -> str:
    return f"http://{login}127.0.0.1:{server.server_port}{path}"


def test_it_is_reached_once_more_and_then_given_up(server: ThreadingHTTPServer) -> None:
    camera = NetworkCamera(address(server, "/live"))
    seen: list[tuple[Image, float]] = []
    with pytest.raises(SourceError, match="stopped sending, and did not come back"):
        seen.extend(camera.stream(threading.Event()))
    camera.close()

    numbers, times_s = [read_number(image[..., ::-1]) for image, _ in seen], [t for _, t in seen]
    assert numbers == 2 * list(range(PICTURES_N))
    assert times_s == sorted(times_s)
    assert server.served == ["/live"] * 3  # type: ignore[attr-defined]


def test_a_lost_network_camera_ends_the_take(server: ThreadingHTTPServer) -> None:
    queue = FrameQueue(depth_n=50)
    source = open_source(address(server, "/live"))
    came = 0
    with LiveFeed(source, queue):
        while not queue.closed:
            came += queue.take(LONG_S) is not None

    assert source.kind is LiveSource.NETWORK
    assert came >= PICTURES_N
    assert queue.end is LiveEnd.SOURCE_LOST
    assert "did not come back" in queue.message


def test_name_and_password_stay_out_of_sight(server: ThreadingHTTPServer) -> None:
    with pytest.raises(SourceError, match="no answer from a camera") as refused:
        open_source(address(server, "/refused", login="anna:secret@"))
    assert "secret" not in str(refused.value)
    assert "anna" not in str(refused.value)


def test_a_recording_is_no_running_camera(server: ThreadingHTTPServer) -> None:
    with pytest.raises(SourceError, match="a recording, not a running camera; save it"):
        open_source(address(server, "/clip.mp4"))


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/stream", "rtsp://127.0.0.1:1/stream"])
def test_nobody_answers(url: str) -> None:
    with pytest.raises(SourceError, match="no answer from a camera; check the address"):
        open_source(url)


def test_an_address_of_another_kind() -> None:
    with pytest.raises(SourceError, match="expected an address of rtsp, rtsps, http, https"):
        open_source("ftp://camera/stream")
