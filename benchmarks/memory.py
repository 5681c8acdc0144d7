"""How much memory `motion analyse` needs at its peak for a long 1080p recording.

A ten-second 1080p clip is made from the squat sample and its packets are repeated until the
recording is as long as wanted; nothing else is kept in memory. The whole command runs in a
process of its own, whose peak resident memory is printed.

    python benchmarks/memory.py [--minutes 60] [--no-video]
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import av
import cv2

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "samples" / "squat.mp4"
SIZE_PX = (1920, 1080)
RATE_HZ = 30
CLOCK_HZ = 90_000


def make_unit(path: Path) -> int:
    """Write the sample at 1080p, once; return its number of frames."""
    capture = cv2.VideoCapture(str(SAMPLE))
    count = 0
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE_HZ, options={"preset": "ultrafast"})
        stream.width, stream.height = SIZE_PX
        stream.pix_fmt = "yuv420p"
        while True:
            found, image = capture.read()
            if not found:
                break
            large = cv2.resize(image, SIZE_PX, interpolation=cv2.INTER_CUBIC)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(large, format="bgr24")))
            count += 1
        container.mux(stream.encode())
    return count


def make_long(path: Path, unit: Path, frames_per_unit: int, minutes: float) -> None:
    """Repeat the unit's packets, each time later, without encoding anything again."""
    with av.open(str(unit)) as source, av.open(str(path), "w") as target:
        video = source.streams.video[0]
        packets = [(bytes(p), p.pts, p.dts, p.is_keyframe) for p in source.demux(video) if p.size]
        stream = target.add_stream_from_template(video)
        ticks = round(frames_per_unit / RATE_HZ / video.time_base)
        for turn in range(round(minutes * 60 * RATE_HZ / frames_per_unit)):
            for content, pts, dts, is_keyframe in packets:
                packet = av.Packet(content)
                packet.pts, packet.dts = pts + turn * ticks, dts + turn * ticks
                packet.time_base = Fraction(video.time_base)
                packet.is_keyframe = is_keyframe
                packet.stream = stream
                target.mux(packet)


def main() -> None:
    """Make the recording, analyse it, print the peak memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--no-video", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        unit, long = Path(folder) / "unit.mp4", Path(folder) / "long.mp4"
        make_long(long, unit, make_unit(unit), chosen.minutes)
        command = [sys.executable, "-c", "from motion.cli import main; main()", "analyse"]
        command += [str(long), "--out", str(Path(folder) / "out")]
        command += ["--no-video"] if chosen.no_video else []
        start_s = time.perf_counter()
        subprocess.run(command, check=True)
        elapsed_s = time.perf_counter() - start_s
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(
        f"{chosen.minutes:g} min of 1080p: peak {peak_kb / 1e6:.2f} GB, "
        f"{elapsed_s:.0f} s ({elapsed_s / chosen.minutes / 60:.2f} of the recording's length)"
    )


if __name__ == "__main__":
    main()
