"""Channels and mirror images: the same numbers in other places, of whole and strided pictures."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from motion.capture.frames import Image
from motion.capture.turning import mirror_picture, to_rgb

pictures = arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12), st.just(3)))


@given(pictures)
def test_red_comes_first(image: Image) -> None:
    np.testing.assert_array_equal(to_rgb(image), image[..., ::-1])
    np.testing.assert_array_equal(to_rgb(image[:, ::-1]), image[:, ::-1, ::-1])


@given(pictures)
def test_as_in_a_mirror(image: Image) -> None:
    np.testing.assert_array_equal(mirror_picture(image), image[:, ::-1])


@given(pictures)
def test_what_comes_out_is_a_copy(image: Image) -> None:
    assert not np.shares_memory(to_rgb(image), image)
    assert not np.shares_memory(mirror_picture(image), image)
