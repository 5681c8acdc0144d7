from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion.errors import InputError
from motion.kinematics import JOINTS
from motion.library import load_norms
from motion.model import Mode, Position
from motion.norms import ADULT_FROM_Y, NormKind, References, Subject, find_references, parse_norm

DAY = date(2026, 11, 21)
ROW = {
    "angle": "knee_flexion", "measure": "rom_max", "sex": "female", "age_from": "20",
    "age_to": "44", "mode": "active", "position": "supine", "method": "goniometer",
    "kind": "mean_sd", "value_deg": "140", "sd_deg": "5", "low_deg": "", "high_deg": "",
    "label": "Mean", "source": "Someone 2000, Journal 1:1", "note": "",
}  # fmt: skip


def subject(**changes: object) -> Subject:
    given = {"birth_year": 1990, "sex": "female", "day": DAY, "position": Position.SUPINE}
    return Subject(**(given | changes))


def look(*rows: dict[str, str], who: Subject | None = None) -> References:
    norms = [parse_norm(ROW | row) for row in rows]
    return find_references(norms, "knee_flexion", "rom_max", who or subject())


def test_a_typical_range_is_the_mean_and_1_96_standard_deviations() -> None:
    norm = parse_norm(ROW)

    assert norm.has_range
    assert (norm.low_deg, norm.high_deg) == pytest.approx((130.2, 149.8))


@pytest.mark.parametrize("kind", ["mean", "textbook", "functional"])
def test_without_a_spread_there_is_no_range(kind: str) -> None:
    assert not parse_norm(ROW | {"kind": kind, "sd_deg": ""}).has_range


def test_what_fits_is_shown_with_its_source() -> None:
    found = look({})

    assert [norm.source for norm in found.published] == [ROW["source"]]
    assert found.reason == ""


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ({"birth_year": None}, "no norm: the year of birth is not known"),
        ({"birth_year": 1950}, "no verified norm at this age"),
        ({"mode": Mode.PASSIVE}, "no verified norm of passive motion"),
        ({"position": Position.STANDING}, "no verified norm in this position"),
        ({"sex": "male"}, "no verified norm for this sex"),
        ({"sex": "unknown"}, "no verified norm for this sex"),
    ],
)
def test_what_does_not_fit_is_withheld_and_it_says_why(who: dict[str, object], reason: str) -> None:
    found = look({}, who=subject(**who))

    assert found.shown == ()
    assert found.reason == reason


def test_a_child_is_shown_no_adults_value_and_no_line_of_a_task() -> None:
    wide = {"age_from": "0", "age_to": ""}
    found = look(wide, wide | {"kind": "functional"}, who=subject(birth_year=2012))

    assert found.shown == ()
    assert "child" in found.reason


def test_who_may_not_have_had_the_birthday_yet_is_taken_as_the_younger() -> None:
    assert subject(birth_year=DAY.year - ADULT_FROM_Y).age_y == ADULT_FROM_Y - 1


@pytest.mark.parametrize(("age_from", "age_to"), [("20", "29"), ("30", "39")])
def test_a_norm_must_fit_both_ages_that_the_year_of_birth_leaves_open(
    age_from: str, age_to: str
) -> None:
    decade = {"age_from": age_from, "age_to": age_to}
    turning_30 = subject(birth_year=DAY.year - 30)
    found = look(decade, who=turning_30)

    assert turning_30.ages_y == (29, 30)
    assert found.shown == ()
    assert found.reason.startswith("no norm: 29 or 30 years old")
    assert look({"age_from": "20", "age_to": "39"}, who=turning_30).shown


@given(st.integers(1920, 2026), st.integers(0, 99), st.integers(0, 30))
def test_no_norm_is_shown_to_an_age_that_it_may_not_be_of(
    birth_year: int, age_from: int, span: int
) -> None:
    row = {"age_from": f"{age_from}", "age_to": f"{age_from + span}"}
    who = subject(birth_year=birth_year)
    found = look(row, who=who)

    for norm in found.shown:
        assert all(age_from <= age_y <= age_from + span for age_y in who.ages_y), norm


def test_a_textbook_value_stands_in_only_where_no_study_fits() -> None:
    textbook = {"kind": "textbook", "value_deg": "135", "sex": "both"}

    assert [n.kind for n in look({}, textbook).published] == [NormKind.MEAN_SD]
    assert [n.kind for n in look({}, textbook, who=subject(sex="male")).published] == [
        NormKind.TEXTBOOK
    ]


def test_what_a_task_needs_is_no_norm_and_needs_no_year_of_birth() -> None:
    found = look({"kind": "functional"}, who=subject(birth_year=None))

    assert [n.kind for n in found.functional] == [NormKind.FUNCTIONAL]
    assert found.published == ()


def test_the_mean_of_the_best_is_held_against_what_its_extreme_is() -> None:
    norms = [parse_norm(ROW)]

    assert find_references(norms, "knee_flexion", "best_three_mean", subject()).shown
    assert not find_references(norms, "knee_flexion", "rom_min", subject()).shown


@pytest.mark.parametrize("angle", ["hip_flexion", "trunk_flexion", "trunk_lateral_flexion"])
def test_hip_trunk_and_lean_have_no_norm_whatever_is_in_the_table(angle: str) -> None:
    norms = [parse_norm(ROW | {"angle": angle})]
    found = find_references(norms, angle, "rom_max", subject())

    assert found.shown == ()
    assert found.reason.startswith("no norm: ")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "guess"}, "norm of knee_flexion: 'guess' is not a valid NormKind"),
        ({"value_deg": "many"}, "norm of knee_flexion: could not convert"),
        ({"sex": "f"}, "sex must be one of female, male, both, got 'f'"),
        ({"source": ""}, "without its source and label is never shown"),
        ({"age_from": "50"}, "ages 50 to 44 are no range"),
    ],
)
def test_a_wrong_row_is_refused_in_one_line(changes: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_norm(ROW | changes)


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(InputError, match="'note'"):
        parse_norm({name: cell for name, cell in ROW.items() if name != "note"})


@given(
    st.integers(1930, 2026), st.sampled_from(["female", "male", "unknown"]), st.sampled_from(Mode)
)
def test_nothing_is_both_shown_and_refused(birth_year: int, sex: str, mode: Mode) -> None:
    for joint in JOINTS:
        who = subject(birth_year=birth_year, sex=sex, mode=mode)
        found = find_references(load_norms(), joint.name, "rom_max", who)

        assert bool(found.published) == (found.reason == "")
        assert all(n.mode in ("", mode) for n in found.shown)
        if who.age_y is not None and who.age_y < ADULT_FROM_Y:
            assert not found.shown


def test_every_published_value_names_a_known_angle_a_source_and_adults() -> None:
    angles = {joint.name for joint in JOINTS}
    for norm in load_norms():
        assert norm.angle in angles
        assert len(norm.source) > 15
        assert norm.age_from_y >= ADULT_FROM_Y
        assert norm.kind is NormKind.FUNCTIONAL or norm.mode == "active"


def test_the_lines_of_the_knee_are_walking_and_stairs() -> None:
    found = find_references(load_norms(), "knee_flexion", "rom_max", subject())

    assert [(n.label, n.value_deg) for n in found.functional] == [("Walking", 67), ("Stairs", 90)]
