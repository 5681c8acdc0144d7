"""Tables of angles measured elsewhere: what is read, and what is refused with its line."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.clinic import HandFile, Instrument, read_hand_file
from motion.errors import InputError
from motion.model import Mode, Position, Side

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
NAMES = "date,side,joint,motion,mode,value_deg"
ROW = "2026-03-02,left,knee,flexion,active,92"


def read(text: str) -> HandFile:
    return read_hand_file(text.encode("utf-8"), "P1", now=NOW, zone=UTC)


@pytest.mark.parametrize(
    "text",
    [
        f"{NAMES}\n{ROW}\n",
        f"\ufeff{NAMES}\r\n{ROW}\r\n",
        f"{NAMES}\r{ROW}\r",
        f"{NAMES.replace(',', ';')}\n{ROW.replace(',', ';')}\n",
        f"{NAMES.replace(',', chr(9))}\n{ROW.replace(',', chr(9))}\n",
        f"{NAMES.upper()}\n\n2026-03-02, L ,Knee,Flexion,Active, 92 \n,,,,,\n",
        f"{NAMES},position,instrument,measured_by,note,patient\n{ROW},,,,,\n",
    ],
)
def test_one_value_in_any_form(text: str) -> None:
    found = read(text)

    assert found.problems == ()
    (line,) = found.lines
    said = line.by_hand
    assert (said.joint, said.motion, said.measure, said.side) == (
        "knee", "flexion", "rom_max", Side.LEFT,
    )  # fmt: skip
    assert (said.value_deg, said.mode, said.instrument) == (
        92.0, Mode.ACTIVE, Instrument.GONIOMETER,
    )  # fmt: skip
    assert (line.measured_at, line.position) == (
        datetime(2026, 3, 2, 12, tzinfo=UTC), Position.UNKNOWN,
    )  # fmt: skip


def test_all_columns_are_read_and_others_named() -> None:
    text = (
        f"{NAMES},position,instrument,measure,measured_by,note,device\n"
        "2026-03-02T10:05+02:00,r,hip,flexion,passive,-12.5,side lying,phone,rom_min,AB,tight,x\n"
    )
    found = read(text)

    (line,) = found.lines
    assert line.measured_at == datetime(2026, 3, 2, 10, 5, tzinfo=timezone(timedelta(hours=2)))
    assert (line.position, line.by_hand.instrument) == (Position.SIDE_LYING, Instrument.PHONE)
    assert (line.by_hand.measure, line.by_hand.value_deg) == ("rom_min", -12.5)
    assert (line.by_hand.measured_by, line.by_hand.note) == ("AB", "tight")
    assert found.passed_over == ("device",)


@given(st.integers(-40, 170), st.integers(0, 9), st.sampled_from(".,"))
def test_a_decimal_comma_is_a_decimal_point(whole: int, tenth: int, mark: str) -> None:
    said = f"{whole}{mark}{tenth}" if whole < 170 else str(whole)
    if said.startswith("-40"):
        said = "-40"
    names = NAMES.replace(",", ";")
    found = read(f"{names}\n2026-03-02;left;knee;flexion;active;{said}\n")

    assert [line.by_hand.value_deg for line in found.lines] == [float(said.replace(",", "."))]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("date", "02.03.2026", "date must be a day such as 2026-11-21, or a moment"),
        ("date", "2026-03-21", "no day that lies ahead"),
        ("date", "1800-01-01", "a day after 1900-01-01"),
        ("date", "", "date must be a day such as 2026-11-21, or a moment, got nothing"),
        ("side", "links", "side must be left or right, or none for trunk and neck"),
        ("side", "both", "side of knee_flexion must be left or right"),
        ("side", "", "side of knee_flexion must be left or right"),
        ("joint", "finger", "joint must be one of shoulder, elbow"),
        ("motion", "bend", "motion must be one of flexion, extension for knee, got 'bend'"),
        ("mode", "", "mode must be one of active, assisted, passive, got nothing"),
        ("mode", "fast", "mode must be one of active, assisted, passive"),
        ("value_deg", "", "value_deg must be a number such as 92, 92.5 or 92,5, got nothing"),
        ("value_deg", "ninety", "value_deg must be a number"),
        ("value_deg", "1.234.5", "value_deg must be a number"),
        ("value_deg", "nan", "value_deg must be a number"),
        ("value_deg", "300", "must lie between -40 and 170 degrees"),
        ("position", "hanging", "position must be one of standing"),
        ("instrument", "eye", "instrument must be one of goniometer, inclinometer, phone"),
        ("measure", "mean", "measure must be rom_max or rom_min"),
        ("note", "x" * 201, "note must be at most 200 characters"),
        ("patient", "P2", "patient must be P1 or empty, got 'P2'"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(column: str, cell: str, said: str) -> None:
    names = (*NAMES.split(","), "position", "instrument", "measure", "note", "patient")
    cells = dict(zip(names, [*ROW.split(","), "", "", "", "", ""], strict=True)) | {column: cell}
    text = ";".join(names) + "\n" + ";".join(ROW.split(",") + [""] * 5) + "\n"
    found = read(text + ";".join(cells.values()) + "\n")

    assert len(found.lines) == 1
    (problem,) = found.problems
    assert problem.startswith("line 3: ")
    assert said in problem


def test_an_extension_is_no_largest_angle() -> None:
    found = read(f"{NAMES},measure\n2026-03-02,left,knee,extension,active,5,rom_max\n")

    assert "rom_min or empty for an extension" in found.problems[0]


def test_a_line_with_too_many_cells_is_named() -> None:
    found = read(f"{NAMES}\n{ROW},1\n{ROW}\n")

    assert found.problems == ("line 2: has 7 cells, expected 6 as in the first line",)
    assert len(found.lines) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"date,side\n", "column joint, motion, mode, value_deg missing"),
        (NAMES.encode() + b"\n", "holds no values"),
        (NAMES.encode() + b",note,note\n", "column note stands there twice"),
        (NAMES.encode() + b'\n"2026-03-02,left\n', "no table"),
        (b"\xff\xfe\x00", "no UTF-8 text"),
        (b"x" * 2_000_001, "more than 2000000"),
    ],
)
def test_what_is_no_such_table_is_refused_in_one_line(content: bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read_hand_file(content, "P1", now=NOW, zone=UTC)

    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_decimal_comma_in_a_table_of_commas_is_never_another_number() -> None:
    found = read(f"{NAMES},note\n{ROW},5\n{ROW},after the brace\n{ROW},\n")

    assert [line.line for line in found.lines] == [3, 4]
    (problem,) = found.problems
    assert problem == (
        "line 2: value_deg may be 92,5 cut at its decimal comma: write it with a point, or save "
        "the file with semicolons"
    )
