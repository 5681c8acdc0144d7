import pytest

from motion.errors import InputError
from motion.library import load_meaningful
from motion.norms.meaningful import find_meaningful, parse_meaningful

ROW = {
    "measure": "walking_speed", "unit": "m/s", "change": "0.05", "label": "small",
    "population": "somebody", "source": "Someone 2000", "note": "",
}  # fmt: skip


def test_the_published_changes_of_walking_speed() -> None:
    found = find_meaningful(load_meaningful(), "walking_speed", "m/s")

    assert [(each.label, each.change) for each in found] == [("small", 0.05), ("substantial", 0.1)]
    assert all("Perera" in each.source and each.population for each in found)


def test_only_of_that_number_in_that_unit_the_smallest_first() -> None:
    rows = [parse_meaningful(ROW | {"change": change}) for change in ("0.1", "0.05")]

    assert find_meaningful(rows, "walking_speed", "m/s") == (rows[1], rows[0])
    assert find_meaningful(rows, "walking_speed", "km/h") == ()
    assert find_meaningful(rows, "walk10_speed", "m/s") == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"change": "much"}, "could not convert string to float: 'much'"),
        ({"change": "0"}, "change must be above 0, got 0"),
        ({"change": "nan"}, "change must be above 0, got nan"),
        ({"source": ""}, "without its label, population and source is never used"),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused(change: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=f"^meaningful change of walking_speed: .*{said}"):
        parse_meaningful(ROW | change)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InputError, match="meaningful change of walking_speed: 'unit'; expected"):
        parse_meaningful({name: cell for name, cell in ROW.items() if name != "unit"})
