from dataclasses import replace

import numpy as np
import pytest
from makers import make_curve, uniform_times

from motion.kinematics.number_confidence import confidence_around

TIME_S = uniform_times(2.0)


def test_a_number_has_the_lowest_confidence_of_the_frames_around_it() -> None:
    curve = make_curve(np.zeros(len(TIME_S)))
    confidence = np.array(curve.confidence)
    confidence[[20, 33, 34]] = 0.2, 0.6, 0.1
    curve = replace(curve, confidence=confidence)

    assert confidence_around(curve, TIME_S, TIME_S[30]) == pytest.approx(0.6)
    assert confidence_around(curve, TIME_S, TIME_S[50]) == pytest.approx(0.95)


def test_removed_frames_have_no_say_and_a_gap_has_no_confidence() -> None:
    value = np.zeros(len(TIME_S))
    value[31], value[50:] = np.nan, np.nan
    curve = make_curve(value)
    confidence = np.array(curve.confidence)
    confidence[31] = 0.3
    curve = replace(curve, confidence=confidence)

    assert confidence_around(curve, TIME_S, TIME_S[30]) == pytest.approx(0.95)
    assert np.isnan(confidence_around(curve, TIME_S, TIME_S[55]))
