import math

import pytest

from motion.errors import InputError
from motion.kinematics import ErrorFigures
from motion.kinematics.error_table import ERROR_COLUMNS, parse_error_rows
from motion.model import ViewName

GOOD = ("knee_flexion", "sagittal", "2.5", "6.9", "", "clinic retest 2026-11-21, n=12")


def parse(*rows: tuple[str, ...]):
    cells = (dict(zip(ERROR_COLUMNS, row, strict=False)) for row in rows)
    return parse_error_rows(enumerate(cells, start=2), "clinic.csv")


def test_a_row_is_read_as_it_stands() -> None:
    (row,) = parse(GOOD)

    assert (row.angle, row.view) == ("knee_flexion", ViewName.SAGITTAL)
    assert (row.figure.sem_deg, row.figure.mdc95_deg) == (2.5, 6.9)
    assert row.figure.source == "clinic retest 2026-11-21, n=12"
    assert math.isnan(row.figure.extra_at_45_deg)


def test_an_empty_mdc_follows_from_the_sem() -> None:
    (row,) = parse((*GOOD[:3], "", *GOOD[4:]))

    assert row.figure.mdc95_deg == pytest.approx(1.96 * math.sqrt(2.0) * 2.5)


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("angle", "knee", r"line 2: angle must be one of shoulder_flexion, .*, got 'knee'; mend"),
        ("view", "side", r"view must be one of sagittal, frontal, oblique, spatial, got 'side'"),
        ("sem_deg", "2,5", r"sem_deg must be a number of degrees such as 3.5, got '2,5'"),
        ("sem_deg", "0", r"sem_deg must be from 0.1 to 45, got '0'"),
        ("sem_deg", "350", r"sem_deg must be from 0.1 to 45, got '350'"),
        ("sem_deg", "2_0", r"sem_deg must be a number of degrees such as 3.5, got '2_0'"),
        ("mdc95_deg", "970", r"mdc95_deg must be from 0.1 to 180, got '970'"),
        ("sem_deg", "nan", r"sem_deg must be from 0.1 to 45, got 'nan'"),
        ("mdc95_deg", "5.8", r"about 2.77 times the SEM of 2.5 \(not MDC90\), got '5.8'"),
        ("extra_at_45_deg", "-1", r"extra_at_45_deg must be from 0 to 45, got '-1'"),
        ("source", " ", r"source must be where the figure comes from, in a few words, got nothing"),
    ],
)
def test_a_broken_cell_is_named(column: str, text: str, said: str) -> None:
    row = list(GOOD)
    row[ERROR_COLUMNS.index(column)] = text

    with pytest.raises(InputError, match=said) as caught:
        parse(tuple(row))
    assert str(caught.value).startswith("clinic.csv, line 2")
    assert "\n" not in str(caught.value)


def test_a_short_row_and_a_second_one_are_refused() -> None:
    with pytest.raises(InputError, match=r"line 3: sem_deg must be a number .*, got nothing"):
        parse(GOOD, ("elbow_flexion", "sagittal"))
    with pytest.raises(InputError, match="line 3: knee_flexion sagittal stands there twice"):
        parse(GOOD, GOOD)


def test_own_figures_replace_those_of_the_product_and_keep_the_views_extra() -> None:
    product = ErrorFigures(
        [
            {"angle": "knee_flexion", "view": "sagittal", "sem_deg": "3.5", "mdc95_deg": "9.7",
             "extra_at_45_deg": "8.0", "source": "provisional"},
            {"angle": "elbow_flexion", "view": "sagittal", "sem_deg": "3.5", "mdc95_deg": "9.7",
             "source": "provisional"},
        ],
        "product",
    )  # fmt: skip
    (row,) = parse(GOOD)

    joined = product.replaced([(row.angle, row.view, row.figure)], "both")

    knee = joined.find("knee_flexion", ViewName.SAGITTAL)
    assert (knee.sem_deg, knee.extra_at_45_deg, knee.source) == (2.5, 8.0, GOOD[5])
    assert joined.find("elbow_flexion", ViewName.SAGITTAL).source == "provisional"
    assert (joined.name, product.name) == ("both", "product")
    assert product.find("knee_flexion", ViewName.SAGITTAL).sem_deg == 3.5
