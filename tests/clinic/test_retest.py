"""A retest's readings: grouped, counted, judged, read from a file, and never adopted if few."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.clinic import (
    Adoption,
    Reading,
    RetestResult,
    RetestVerdict,
    assess_retest,
    figures_to_adopt,
    parse_retest,
    read_retest,
)
from motion.clinic.change import is_provisional
from motion.errors import InputError
from motion.kinematics import ErrorFigures
from motion.model import Side, ViewName

HEAD = "person,session,angle,side,view,value_deg"
DAY = date(2026, 11, 21)


PRODUCT = ErrorFigures(
    [
        {"angle": "knee_flexion", "view": "sagittal", "sem_deg": "3.5", "mdc95_deg": "9.7",
         "extra_at_45_deg": "8.0", "source": "provisional"},
    ]
)  # fmt: skip


def adopt(readings: list[Reading]) -> Adoption:
    return figures_to_adopt(assess_retest(readings), DAY, PRODUCT)


def reading(person: str, session: object, value_deg: float, **changes: object) -> Reading:
    given = {
        "angle": "knee_flexion",
        "side": Side.LEFT,
        "view": ViewName.SAGITTAL,
    }
    return Reading(person=person, session=str(session), value_deg=value_deg, **(given | changes))


def people(count: int, sessions: int = 2, sd_deg: float = 3.0, **changes: object) -> list[Reading]:
    rng = np.random.default_rng(8)
    return [
        reading(f"P{p}", s, 100.0 + p + rng.normal(0.0, sd_deg), **changes)
        for p in range(count)
        for s in range(1, sessions + 1)
    ]


def only(readings: list[Reading]) -> RetestResult:
    (result,) = assess_retest(readings)
    return result


@pytest.mark.parametrize(
    ("count", "sessions", "verdict"),
    [
        (10, 2, RetestVerdict.ENOUGH),
        (9, 2, RetestVerdict.TOO_FEW),
        (9, 5, RetestVerdict.TOO_FEW),
        (1, 3, RetestVerdict.ONE_PATIENT),
        (1, 2, RetestVerdict.TOO_FEW),
    ],
)
def test_how_many_are_enough(count: int, sessions: int, verdict: RetestVerdict) -> None:
    result = only(people(count, sessions))

    assert (result.verdict, result.people, result.retest.k) == (verdict, count, sessions)
    adopted = figures_to_adopt([result], DAY, PRODUCT)
    assert bool(adopted.rows) == (verdict is RetestVerdict.ENOUGH)


def test_figures_of_made_up_people_are_shown_and_never_adopted() -> None:
    made_up = people(12, between_days=True, made_up=True)
    result = only(made_up)
    assert (result.verdict, result.people) == (RetestVerdict.MADE_UP, 12)
    assert result.retest.sem == only(people(12, between_days=True)).retest.sem
    assert adopt(made_up) == Adoption(rows=(), left_out=())

    real, other = assess_retest([*people(12, between_days=True), *made_up])
    assert (real.verdict, other.verdict) == (RetestVerdict.ENOUGH, RetestVerdict.MADE_UP)
    (row,) = figures_to_adopt([real, other], DAY, PRODUCT).rows
    assert row.figure.source == "clinic retest 2026-11-21, n=12"


def test_what_is_adopted_says_where_it_is_from() -> None:
    result = only(people(12, between_days=True))

    (row,) = figures_to_adopt([result], DAY, PRODUCT).rows

    assert (row.angle, row.view) == ("knee_flexion", ViewName.SAGITTAL)
    assert row.figure.source == "clinic retest 2026-11-21, n=12"
    assert row.figure.sem_deg == result.retest.sem
    assert row.figure.mdc95_deg == pytest.approx(1.96 * math.sqrt(2.0) * result.retest.sem)


def test_of_both_ends_of_range_the_larger_error_is_adopted() -> None:
    both = people(10, sd_deg=2.0) + people(10, sd_deg=6.0, measure="rom_min")

    adopted = adopt(both)

    (row,) = adopted.rows
    assert row.figure.sem_deg > 4.0
    assert adopted.left_out == ()


def test_sessions_of_one_day_never_make_the_products_figure_smaller() -> None:
    small, large = people(12, sd_deg=1.0), people(12, sd_deg=6.0)

    (kept,) = adopt(small).rows
    (own,) = adopt(large).rows

    assert (kept.figure.sem_deg, kept.figure.mdc95_deg) == (3.5, 9.7)
    assert kept.figure.source == (
        "provisional, larger than clinic retest 2026-11-21, n=12, same day"
    )
    assert is_provisional(kept.figure.source)
    assert own.figure.sem_deg == only(large).retest.sem > 3.5
    assert own.figure.source == "clinic retest 2026-11-21, n=12, same day"


def test_sessions_on_different_days_go_before_those_of_one() -> None:
    apart = people(10, sd_deg=1.0, between_days=True)

    adopted = adopt([*people(12, sd_deg=6.0), *apart])

    (row,) = adopted.rows
    assert row.figure.sem_deg == only(apart).retest.sem < 3.5
    assert row.figure.source == "clinic retest 2026-11-21, n=10"
    (left_out,) = adopted.left_out
    assert left_out == (
        "Knee flexion (rom_max, sagittal; same day): "
        "sessions of one day, and there are some on different days"
    )


def test_two_methods_are_two_results_and_todays_is_adopted() -> None:
    old = people(12, sd_deg=7.0, method="old", of_today=False, between_days=True)
    new = people(10, sd_deg=2.0, method="new", between_days=True)

    results = assess_retest(old + new)
    adopted = figures_to_adopt(results, DAY, PRODUCT)

    assert sorted((each.method, each.people) for each in results) == [("new", 10), ("old", 12)]
    (row,) = adopted.rows
    assert row.figure.source == "clinic retest 2026-11-21, n=10, new"
    assert [text.partition(": ")[::2] for text in adopted.left_out] == [
        (
            "Knee flexion (rom_max, sagittal; old, between days)",
            "measured by another method than today's; measure the takes again",
        )
    ]
    assert adopt(old).rows == ()


def test_of_two_positions_the_larger_error_is_adopted_and_the_other_named() -> None:
    lying = people(10, sd_deg=2.0, conditions="position supine, active", between_days=True)
    standing = people(10, sd_deg=5.0, conditions="position standing, active", between_days=True)

    adopted = adopt(lying + standing)

    (row,) = adopted.rows
    assert row.figure.source.endswith("n=10, position standing, active")
    (left_out,) = adopted.left_out
    assert "position supine" in left_out


def test_who_missed_the_first_session_is_not_put_there_with_the_second() -> None:
    # Everybody is 10 degrees farther in the second session; one came to that and the third only.
    came = [reading(f"P{p}", f"S{s}", 90.0 + p + 10.0 * (s == 2)) for p in range(3) for s in (1, 2)]

    result = only([*came, reading("P9", "S2", 110.0), reading("P9", "S10", 100.0)])

    assert (result.people, result.left_out) == (3, 1)
    assert result.difference_deg.tolist() == [10.0] * 3


def test_session_ten_comes_after_session_two() -> None:
    result = only([reading("P1", label, value) for label, value in (("S10", 9.0), ("S2", 1.0))])

    assert result.values_deg.tolist() == [[1.0, 9.0]]


def test_two_limbs_of_a_person_are_two_rows_and_one_person() -> None:
    both = people(6) + people(6, side=Side.RIGHT)

    result = only(both)

    assert (len(result.values_deg), result.people) == (12, 6)
    assert result.verdict is RetestVerdict.TOO_FEW
    assert result.names[:2] == ("P0, left", "P1, left")


def test_copies_are_no_retest() -> None:
    copied = [reading(f"P{p}", s, 90.0 + p) for p in range(12) for s in (1, 2)]

    assert only(copied).verdict is RetestVerdict.NO_DIFFERENCE
    assert adopt(copied) == Adoption(rows=(), left_out=())


def test_a_third_session_of_one_person_throws_nobody_out() -> None:
    result = only([*people(10), reading("P3", 3, 104.0)])

    assert (result.people, result.retest.k, result.left_out) == (10, 2, 0)


def test_a_missed_session_leaves_the_person_out_and_says_so() -> None:
    result = only([*people(10), reading("P10", 1, 104.0), reading("P10", 2, math.nan)])

    assert (result.people, result.left_out) == (10, 1)


def test_who_came_once_gives_no_figure() -> None:
    result = only([reading("P1", 1, 90.0), reading("P2", 1, 95.0)])

    assert (result.people, result.left_out) == (0, 2)
    assert math.isnan(result.retest.sem)
    assert result.verdict is RetestVerdict.TOO_FEW


def test_sessions_are_in_their_order_however_they_are_written() -> None:
    values = [reading("P1", session, float(session)) for session in (10, 9, 2)]
    days = [
        reading("P1", "2026-11-02", 2.0),
        reading("P1", "2026-10-30", 1.0),
    ]

    assert only(values).values_deg.tolist() == [[2.0, 9.0, 10.0]]
    assert only(days).values_deg.tolist() == [[1.0, 2.0]]


def test_two_days_of_one_person_are_not_each_others_repeats() -> None:
    two_days = [
        reading("P1", session, value, series=day)
        for day, pair in (("a", (100.0, 102.0)), ("b", (120.0, 122.0)))
        for session, value in enumerate(pair)
    ]

    result = only(two_days)

    assert (result.people, len(result.values_deg)) == (1, 2)
    assert result.retest.sem == pytest.approx(math.sqrt(2.0))


@given(st.permutations(people(4, 3)))
def test_the_order_of_the_lines_does_not_matter(shuffled: list[Reading]) -> None:
    expected, found = only(people(4, 3)), only(shuffled)

    assert found.retest.sem == pytest.approx(expected.retest.sem)
    assert found.retest.agreement.bias == pytest.approx(expected.retest.agreement.bias)


# The file


def parse(*lines: str, head: str = HEAD):
    return parse_retest("\n".join((head, *lines)).encode(), "retest.csv")


def test_a_file_is_read_line_by_line() -> None:
    found = parse(
        "P1,1,knee_flexion,left,sagittal,101.5,,2026-11-02,seen",
        "P1,2,knee_flexion,left,sagittal,,rom_max,2026-11-09,ill",
        "P1,1,trunk_flexion,,sagittal,30,rom_min,,",
        head=f"{HEAD},measure,date,remark",
    )

    first, missed, trunk = found.readings
    assert (first.person, first.session, first.value_deg) == ("P1", "1", 101.5)
    assert (first.side, first.view, first.measure) == (Side.LEFT, ViewName.SAGITTAL, "rom_max")
    assert math.isnan(missed.value_deg)
    assert (trunk.side, trunk.measure) == (Side.NONE, "rom_min")
    assert found.day == date(2026, 11, 9)


@pytest.mark.parametrize(
    ("second", "apart"), [("2026-11-09", True), ("2026-11-02", False), ("", False)]
)
def test_sessions_are_on_different_days_only_where_every_value_says_so(
    second: str, apart: bool
) -> None:
    found = parse(
        "P1,1,knee_flexion,left,sagittal,101,2026-11-02",
        f"P1,2,knee_flexion,left,sagittal,103,{second}",
        "P1,3,knee_flexion,left,sagittal,,",
        "P2,1,knee_flexion,left,sagittal,90,2026-11-02",
        "P2,2,knee_flexion,left,sagittal,92,2026-11-04",
        head=f"{HEAD},date",
    )

    assert [each.between_days for each in found.readings] == [apart] * 3 + [True] * 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",1,knee_flexion,left,sagittal,90", "line 2: person must be given, got nothing"),
        ("P1,1,knee,left,sagittal,90", r"angle must be one of shoulder_flexion, .*, got 'knee'"),
        ("P1,1,knee_flexion,both,sagittal,90", "side must be one of left, right, got 'both'"),
        (
            "P1,1,knee_flexion,left,frontal,90",
            "view must be one of sagittal, oblique, spatial, got 'fron",
        ),
        (
            "P1,1,knee_flexion,left,sagittal,ninety",
            "a number from -40 to 170 degrees or empty, got",
        ),
        ("P1,1,knee_flexion,left,sagittal,900", "-40 to 170 degrees or empty, got '900'"),
        ("P1,1,knee_flexion,left,sagittal,inf", "-40 to 170 degrees or empty, got 'inf'"),
        ("P1,1", "line 2: angle must be one of"),
    ],
)
def test_a_broken_line_is_named(line: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        parse(line)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("ending", ["\r", "\r\n"])
def test_every_kind_of_line_ending_is_read(ending: str) -> None:
    lines = (HEAD, "P1,1,knee_flexion,left,sagittal,90", "P1,2,knee_flexion,left,sagittal,92")

    found = parse_retest(ending.join(lines).encode(), "retest.csv")

    assert [each.value_deg for each in found.readings] == [90.0, 92.0]


def test_a_broken_file_is_named(tmp_path) -> None:
    with pytest.raises(InputError, match="column view, value_deg missing; the first line must"):
        parse(head="person,session,angle,side")
    with pytest.raises(InputError, match=r"retest.csv: holds no values"):
        parse()
    with pytest.raises(InputError, match="line 3: session must be another one"):
        parse(*["P1,1,knee_flexion,left,sagittal,90"] * 2)
    with pytest.raises(InputError, match=r"date must be a day such as 2026-11-21, got '21.11.'"):
        parse("P1,1,knee_flexion,left,sagittal,90,21.11.", head=f"{HEAD},date")
    with pytest.raises(InputError, match="not UTF-8 text"):
        parse_retest("person,ö".encode("latin-1"), "retest.csv")
    with pytest.raises(InputError, match=r"retest.csv, line 1: no table .* save it as CSV UTF-8"):
        parse("x" * 200_000)
    with pytest.raises(InputError, match=r"cannot be read .* choose a CSV file"):
        read_retest(tmp_path / "none.csv")
