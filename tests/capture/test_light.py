"""The light on the body and around it."""

import numpy as np
import pytest

from motion.capture.light import measure_light


def picture(around: int, body: int, box: tuple[int, int, int, int]) -> np.ndarray:
    image = np.full((720, 1280, 3), around, dtype=np.uint8)
    left, top, right, bottom = box
    image[top:bottom, left:right] = body
    return image


def test_body_and_surroundings_are_told_apart() -> None:
    box = (400, 80, 640, 640)
    light = measure_light(picture(220, 40, box), box)

    assert light.body == pytest.approx(40.0, abs=0.5)
    assert light.around == pytest.approx(220.0, abs=0.5)


def test_luma_weighs_green_most() -> None:
    lumas = []
    for channel in range(3):
        image = np.zeros((64, 64, 3), dtype=np.uint8)
        image[..., channel] = 200
        lumas.append(measure_light(image).body)

    assert lumas == pytest.approx([22.8, 117.4, 59.8], abs=0.1)


@pytest.mark.parametrize("box", [None, (-50.0, -50.0, 3000.0, 3000.0), (-90.0, 0.0, -10.0, 700.0)])
def test_without_two_parts_the_whole_picture_counts_for_both(
    box: tuple[float, float, float, float] | None,
) -> None:
    light = measure_light(picture(200, 0, (0, 0, 640, 720)), box)

    assert light.body == light.around == pytest.approx(100.0, abs=1.0)


@pytest.mark.parametrize("size", [(120, 90), (640, 480), (1920, 1088)])
def test_the_size_of_the_picture_changes_nothing(size: tuple[int, int]) -> None:
    width, height = size
    image = np.full((height, width, 3), 180, dtype=np.uint8)
    image[:, width // 4 : width // 2] = 90
    light = measure_light(image, (width / 4, 0.0, width / 2, height))

    assert light.body == pytest.approx(90.0, abs=4.0)
    assert light.around == pytest.approx(180.0, abs=4.0)


def test_a_body_half_out_of_the_picture_is_measured_where_it_is_in() -> None:
    light = measure_light(picture(200, 50, (0, 0, 320, 720)), (-500.0, -100.0, 320.0, 900.0))

    assert (light.body, light.around) == pytest.approx((50.0, 200.0), abs=1.0)
