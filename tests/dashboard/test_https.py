"""A browser opens its camera on another computer's page over HTTPS only."""

import pytest
from certificate_makers import NAME, make_certificate
from running_command import free_port, served

pytestmark = pytest.mark.browser

CAMERA = """async () => {
  if (!isSecureContext || !navigator.mediaDevices) return "no camera here";
  const stream = await navigator.mediaDevices.getUserMedia({video: true});
  const found = stream.getVideoTracks().length;
  stream.getTracks().forEach(track => track.stop());
  return `${found} picture`;
}"""


def test_over_https_the_page_opens_and_may_ask_for_the_camera(visit, tmp_path):
    certificate, key = make_certificate(tmp_path)
    port = free_port()
    options = ("--port", port, "--no-browser", "--certificate", certificate, "--key", key)
    with served(tmp_path / "data", port, "dashboard", *options):
        there = visit(ignore_https_errors=True, permissions=["camera"])
        there.open(f"https://{NAME}:{port}")
        there.page.get_by_role("heading", name="Motion", exact=True).wait_for()

        assert there.page.evaluate(CAMERA) == "1 picture"
        assert there.hosts == {NAME}
        assert there.troubles == []


def test_over_http_another_computers_page_has_no_camera(visit, tmp_path):
    port = free_port()
    with served(tmp_path / "data", port, "dashboard", "--port", port, "--no-browser"):
        there = visit()
        there.open(f"http://{NAME}:{port}")

        assert there.page.evaluate(CAMERA) == "no camera here"
