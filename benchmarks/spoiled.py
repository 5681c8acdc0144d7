"""Spoils the pictures of rendered clips, so that the pose model errs where the answer is known.

Rendered people in good light are seen too well to teach what a low confidence means. Furniture
before a limb, blur, a small or a dark picture and a cut-off body do what a living room does.

    python benchmarks/spoiled.py OUT FOLDER [FOLDER ...]     (folders of NAME.mp4 with NAME.csv)

writes ``OUT/NAME+SPOIL.npz`` with the landmarks of every clip of the table that is found.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from motion.capture import Video
from motion.console import quieten_native_logs
from motion.model import PoseRecording
from motion.pose import MediaPipeEstimator, PoseRecorder

Picture = NDArray[np.uint8]
Spoil = Callable[[Picture, int], Picture]

_FURNITURE_BGR: Final = (92, 74, 60)
_HALF_BOX: Final = 0.055
_FASTEST_HZ: Final = 15.0


@dataclass(frozen=True, slots=True)
class Spoiling:
    """One clip and what is done to it; ``where`` names the point that furniture hides."""

    clip: str
    kind: str
    amount: float = 0.0
    where: str = ""

    @property
    def name(self) -> str:
        """The clip's name with what was done to it."""
        return f"{self.clip}+{self.kind}{self.where}"


SPOILINGS: Final = (
    Spoiling("squat", "box", 1.0, "left_knee"),
    Spoiling("squat", "box", 1.3, "left_ankle"),
    Spoiling("squat", "dark", 0.05),
    Spoiling("squat_f_medium", "blur", 4.5),
    Spoiling("squat_f_medium", "small", 0.22),
    Spoiling("squat_f_medium", "box", 1.0, "left_hip"),
    Spoiling("shoulder_abd_r", "box", 1.4, "right_elbow"),
    Spoiling("shoulder_abd_r", "small", 0.2),
    Spoiling("shoulder_abd_r__f_avg__medium__y+0", "top", 0.38),
    Spoiling("squat_yaw15", "top", 0.32),
    Spoiling("elbow_flex_l", "left", 0.42),
    Spoiling("hip_abd_r", "box", 1.0, "right_knee"),
    Spoiling("shoulder_flex_l", "dark", 0.04),
    Spoiling("elbow_flex_l", "box", 1.2, "left_wrist"),
    Spoiling("elbow_flex_l", "blur", 5.0),
    Spoiling("sit_to_stand", "box", 1.3, "left_hip"),
    Spoiling("walk_treadmill", "box", 1.6, "left_knee"),
    Spoiling("knee_flex_r", "small", 0.25),
    Spoiling("squat__m_heavy__medium__y+0", "box", 1.0, "left_knee"),
    Spoiling("squat__m_heavy__medium__y+0", "blur", 4.5),
    Spoiling("squat__m_heavy__medium__y+20", "dark", 0.05),
    Spoiling("shoulder_abd_r__m_heavy__medium__y+0", "box", 1.4, "right_elbow"),
    Spoiling("shoulder_abd_r__m_heavy__medium__y+0", "small", 0.2),
)


def spoil_by(spoiling: Spoiling, truth: pd.DataFrame) -> Spoil:
    """Return what is done to each picture; the same clip gives the same pictures each time."""
    noise = np.random.default_rng(7)
    amount = spoiling.amount

    def hide(image: Picture, row: int) -> Picture:
        # Furniture stands still: it hides where the point usually is, not where it goes.
        u, v = (float(truth[f"{spoiling.where}_{axis}"].median()) for axis in "uv")
        half = amount * _HALF_BOX * image.shape[1]
        corners = (round(u - half), round(v - half)), (round(u + half), round(v + half))
        return np.asarray(cv2.rectangle(image, *corners, _FURNITURE_BGR, -1), dtype=np.uint8)

    def darken(image: Picture, row: int) -> Picture:
        seen = noise.poisson(image * amount) + noise.normal(0.0, 1.5, image.shape)
        return np.clip(seen / amount * 0.6, 0, 255).astype(np.uint8)

    def blur(image: Picture, row: int) -> Picture:
        return np.asarray(cv2.GaussianBlur(image, (0, 0), amount), dtype=np.uint8)

    def shrink(image: Picture, row: int) -> Picture:
        small = cv2.resize(image, None, fx=amount, fy=amount, interpolation=cv2.INTER_AREA)
        return np.asarray(small, dtype=np.uint8)

    def cut_top(image: Picture, row: int) -> Picture:
        return np.ascontiguousarray(image[round(amount * image.shape[0]) :])

    def cut_left(image: Picture, row: int) -> Picture:
        return np.ascontiguousarray(image[:, round(amount * image.shape[1]) :])

    kinds = {"box": hide, "dark": darken, "blur": blur, "small": shrink}
    kinds |= {"top": cut_top, "left": cut_left}
    return kinds[spoiling.kind]


def find_landmarks(video_path: Path, spoil: Spoil, rate_hz: float) -> PoseRecording:
    """Run the product's own pose model over the spoiled pictures, at 15 frames/s at the most."""
    recorder = PoseRecorder()
    finder, size = MediaPipeEstimator(), (0, 0)
    step = max(1, round(rate_hz / _FASTEST_HZ))
    with Video(video_path) as video:
        for frame in video:
            if frame.index % step == 0:
                image = spoil(np.array(frame.image_bgr), frame.index)
                rgb = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), dtype=np.uint8)
                recorder.add(frame.time_s, finder.estimate(rgb, frame.time_s))
                size = rgb.shape[1], rgb.shape[0]
    finder.close()
    return recorder.finish(*size)


def main() -> None:
    """Write the landmarks of every spoiled clip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    choices = parser.parse_args()
    quieten_native_logs()
    choices.out.mkdir(parents=True, exist_ok=True)
    for spoiling in SPOILINGS:
        paths = [f / f"{spoiling.clip}.mp4" for f in choices.folders]
        path = next((p for p in paths if p.is_file()), None)
        if path is None:
            continue
        truth = pd.read_csv(path.with_suffix(".csv"))
        rate_hz = 1.0 / float(truth["time_s"].diff().median())
        found = find_landmarks(path, spoil_by(spoiling, truth), rate_hz)
        names = ("time_s", "image_px", "world_m", "visibility", "presence")
        arrays = {name: getattr(found, name) for name in names}
        size = np.array([found.width_px, found.height_px])
        np.savez_compressed(choices.out / f"{spoiling.name}.npz", size=size, **arrays)
        print(spoiling.name, len(found), f"{np.mean(found.detected):.2f}", flush=True)


if __name__ == "__main__":
    main()
