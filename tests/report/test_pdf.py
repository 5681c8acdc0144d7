"""The progress report on paper: what stands on it, and that it is one or two pages always."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from clinic_makers import STARTED_AT, make_gait_measurement, make_measurement
from clinic_takes import SETTINGS, WALK, make_take
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report_makers import (
    MADE_ON,
    follow_numbers,
    make_patient,
    make_report,
    read_fonts,
    read_pages,
    right_knee,
    with_take,
)

from motion.clinic import Annotation, AnnotationKind, OutcomeScore, PainPoint, follow_outcomes
from motion.clinic.wording import INTENDED_USE
from motion.errors import OutputError
from motion.library import load_outcome_measures
from motion.model import FUNCTIONAL, Mirrored, NearSide, Side, TakeConditions, WeightBearing
from motion.report.method_notes import CORRECTED, SIGNED
from motion.report.pdf import lay_out_progress, write_progress_pdf
from motion.report.pdf_pages import Paper
from motion.report.pdf_rooms import Room, find_room
from motion.report.pdf_text import BOLD, drawable, fit_lines, shorten, text_width
from motion.report.progress_values import Followed, PlanDone, Typical
from motion.report.sentences import lowered, progress_sentence

SIZES = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}


def walks(*speeds: float) -> Followed:
    numbers = [make_gait_measurement(speed) for speed in speeds]
    return follow_numbers(numbers, settings=WALK, movement="walking")


def annotation(day: int, text: str) -> Annotation:
    return Annotation(
        day=STARTED_AT.date() + timedelta(days=day),
        kind=AnnotationKind.SURGERY,
        text=text,
        id=uuid4(),
        version=1,
        created_at=STARTED_AT,
        author=None,
        excluded_reason=None,
    )


def score(day: int, value: float, instrument: str = "odi") -> OutcomeScore:
    return OutcomeScore(
        instrument=instrument,
        day=STARTED_AT.date() + timedelta(days=day),
        score=value,
        id=uuid4(),
        version=1,
        created_at=STARTED_AT,
        author=None,
        excluded_reason=None,
    )


def words_of(report) -> str:
    return " ".join(read_pages(lay_out_progress(report).content))


def test_everything_that_the_file_of_a_patient_needs_is_said() -> None:
    knee = replace(
        right_knee(92, 99, 110),
        target=120.0,
        typical=Typical(label="Mean of adults", source="Somebody 1999", value=140.0),
    )
    knee = with_take(knee, signed_off_by="A. Meyer", hand_points=3)
    report = make_report(
        knee,
        patient=make_patient(
            name="Jana Dvořáková", birth_year=1958, affected_side=Side.RIGHT,
            operation_date=date(2026, 2, 16), diagnosis_note="knee replacement",
        ),
        walking=(walks(0.9, 1.05),),
        scores=follow_outcomes([score(0, 48), score(40, 20)], load_outcome_measures()),
        pain=(
            PainPoint(day=date(2026, 3, 2), score=7, source="Diary"),
            PainPoint(day=date(2026, 3, 9), score=2, source="Live take"),
        ),
        plan=PlanDone(weeks=2, sessions_done=9, sessions_wanted=12, percent=75.0),
        annotations=(annotation(3, "arthroscopy"),),
        excluded=(make_take(5, make_measurement(3.0), excluded_reason="another person"),),
    )  # fmt: skip

    words = words_of(report)

    for said in (
        "Progress report", "Patient P-1 · Jana Dvořáková · born 1958 · affected: right",
        "operation 16 Feb 2026, 4 weeks before the period's end",
        "Period 2 Mar 2026 to 16 Mar 2026 · 5 takes", "Referral: knee replacement",
        "Active knee flexion R: 92° → 110° (+18°, MDC 9.7°): improved beyond measurement error "
        "(provisional error figure); target 120°.",
        "target 120°", "mean of adults: 140°", "Published figures: Somebody 1999.",
        "Walking speed: 0.90", "ODI",
        "first 7 on 2 Mar 2026 (Diary), last 2 on 9 Mar 2026 (Live take)",
        "9 of 12 prescribed sessions done, 75 %", "a: 5 Mar 2026, surgery: arthroscopy",
        "pose model full", "provisional", "1 of 5 takes, by A. Meyer (1)",
        "Corrected by hand", "16 Mar 2026 (landmarks)", "7 Mar 2026 (another person)",
        "Physiotherapist: name and signature", INTENDED_USE, "made on 1 Jun 2026",
        "One camera cannot measure",
    ):  # fmt: skip
        assert said in words, said


@pytest.mark.parametrize("paper", Paper)
def test_paper_pages_and_fonts(paper: Paper) -> None:
    import io

    from pypdf import PdfReader

    content, pages = lay_out_progress(make_report(right_knee(92, 110)), paper)

    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == pages
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == SIZES[paper]
    fonts = read_fonts(content)
    assert {name.split("+")[-1] for name in fonts} == {"DejaVuSans", "DejaVuSans-Bold"}
    assert all(fonts.values()), "embedded"
    assert [f"Page {n} of {pages}" in text for n, text in enumerate(read_pages(content), 1)] == (
        [True] * pages
    )


def test_the_same_record_gives_the_same_bytes_but_for_the_day() -> None:
    report = make_report(right_knee(92, 110))
    other_day = replace(report, made_on=MADE_ON + timedelta(days=1))

    assert lay_out_progress(report) == lay_out_progress(report)
    assert lay_out_progress(report) != lay_out_progress(other_day)


def test_a_made_up_patient_is_said_to_be_one_on_every_page() -> None:
    report = make_report(right_knee(92, 110), patient=make_patient(made_up=True))

    pages = read_pages(lay_out_progress(report).content)

    assert "Made-up patient" in pages[0]
    assert all("made-up patient" in page for page in pages)


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (make_report(), "Nothing was measured in this period."),
        (make_report(right_knee(92)), "92° (one take, nothing to compare yet)"),
        (make_report(walking=(walks(0.9, 1.05),)), "Walking and functional tests"),
        (
            make_report(scores=follow_outcomes([score(0, 48)], load_outcome_measures())),
            "Outcome measures and pain",
        ),
    ],
    ids=["empty", "one take", "walk only", "scores only"],
)
def test_a_sparse_record_gives_one_sensible_page(report, said: str) -> None:
    (page,) = read_pages(lay_out_progress(report).content)

    assert said in page
    assert "Physiotherapist: name and signature" in page
    assert "nan" not in page.lower().replace("nancy", "")


def test_letters_that_the_font_lacks_are_boxes_and_never_others() -> None:
    assert drawable("Łukasz Żółć, Ελένη, Борис 92° →") == "Łukasz Żółć, Ελένη, Борис 92° →"
    assert drawable("李明") == "▯▯"
    assert drawable("שלום a") == "▯▯▯▯ a"
    assert drawable("a\nb\tc") == "a b c"


def test_a_letter_that_no_font_has_is_explained_on_each_page() -> None:
    named = make_report(right_knee(92), patient=make_patient(name="Jana Dvořáková"))
    lacking = make_report(right_knee(92), patient=make_patient(name="李明"))

    said = "▯ stands for a letter that this document cannot show"
    assert said not in words_of(named)
    assert all(said in page for page in read_pages(lay_out_progress(lacking).content))


def test_the_plans_limit_is_said_and_what_lies_beyond_it() -> None:
    within = replace(right_knee(80, 92), limit_deg=100.0)
    beyond = replace(right_knee(80, 110), limit_deg=100.0)

    assert "plan's limit 100°" in words_of(make_report(within))
    assert "beyond" not in progress_sentence(within).replace("beyond measurement", "")
    assert "beyond the plan's limit of 100°" in progress_sentence(beyond)


def test_conditions_of_all_takes_are_said_once() -> None:
    said = TakeConditions(weight_bearing=WeightBearing.PARTIAL, near_side=NearSide.RIGHT)
    other = replace(said, near_side=NearSide.LEFT)
    first = follow_numbers([make_measurement(92.0)], conditions=said)
    second = follow_numbers([make_measurement(70.0, joint="elbow")], conditions=other)

    words = words_of(make_report(first, second))

    assert "All takes below: partial weight bearing." in words
    assert words.count("partial weight bearing") == 1
    assert words.count("side near the camera") == 2


def test_a_plateau_and_a_curve_are_said_in_the_words_of_the_page() -> None:
    flat = right_knee(90, 91, 90, 91, 90, 91, 90)
    rising = right_knee(60, 80, 92, 100, 105, 108, mdc95=5.0, sem=1.8)
    curved = replace(rising, recovery=rising.line.recovery)

    assert flat.line.plateau is not None
    assert curved.recovery is not None
    assert lowered(flat.line.plateau.clause) in progress_sentence(flat)
    assert flat.line.plateau.sentence("deg").startswith(flat.line.plateau.clause)
    assert lowered(curved.recovery.sentence("deg")) in progress_sentence(curved)
    assert "how it goes on if as until now" in words_of(make_report(curved))
    assert "how it goes on if as until now" not in words_of(make_report(rising))


def test_the_key_names_the_published_range_only_where_a_curve_shows_it() -> None:
    knee = right_knee(92, 110)

    def key(low: float, high: float) -> str:
        return words_of(make_report(replace(knee, typical=Typical(label="", low=low, high=high))))

    assert "Grey band: published range." in key(100.0, 130.0)
    assert "Grey band" not in key(150.0, 160.0)  # above what the curve shows
    assert "Grey band" not in words_of(make_report(knee))


def test_a_published_figure_stands_in_the_table_as_in_the_summary() -> None:
    said = "Slower than the published figure for this age (11.4 s)"

    assert words_of(make_report(replace(right_knee(92, 110), published=said))).count(said) == 2


@pytest.mark.parametrize("text", ["by A; Gouelle; and others", "by A;   Gouelle", "by A, Gouelle"])
def test_what_is_cut_off_ends_in_no_mark_of_a_list(text: str) -> None:
    assert shorten(text, 6) == "by A…"


def test_the_paper_that_is_left_is_filled() -> None:
    known = Room(12, 0, 12, 0, 0)

    def fits(room: Room) -> bool:
        return 10 * room.angles + 30 * room.charts <= 240

    room = find_room(known, fits)

    assert fits(room)
    assert not fits(replace(room, angles=room.angles + 1)) or room.angles == 12
    assert (room.angles, room.charts) == (12, 4)


@given(st.text(alphabet="abcdefgh WM ", max_size=120), st.floats(20, 300))
def test_a_title_never_leaves_its_place(text: str, width_pt: float) -> None:
    lines = fit_lines(text, width_pt, 7.5, BOLD, 2)

    assert len(lines) <= 2
    assert all(text_width(line, 7.5, BOLD) <= width_pt for line in lines)
    if "…" not in "".join(lines):
        assert " ".join(lines).split() == text.split()


def test_markup_that_somebody_typed_is_text() -> None:
    report = make_report(
        right_knee(92), patient=make_patient(name='<b>&"</b>', diagnosis_note="<para>")
    )

    assert '<b>&"</b>' in words_of(report)


def test_what_does_not_fit_is_left_out_from_the_end_and_said() -> None:
    many = [right_knee(90 + n, 110 + n) for n in range(40)]

    built = lay_out_progress(make_report(*many))

    words = " ".join(read_pages(built.content))
    assert built.pages == 2
    assert "90° → 110°" in words
    assert "Not shown here for lack of room: " in words
    assert "more angles; all are in the table." in words


def test_under_which_conditions_it_was_measured() -> None:
    given = TakeConditions(
        weight_bearing=WeightBearing.PARTIAL, aid="two crutches", footwear_orthosis="brace",
        near_side=NearSide.RIGHT, mirrored=Mirrored.NO,
    )  # fmt: skip
    words = words_of(make_report(with_take(right_knee(92), conditions=given)))

    assert (
        "partial weight bearing; aid: two crutches; footwear or orthosis: brace; "
        "right side near the camera; not mirrored"
    ) in words


def test_several_numbers_of_walking_are_left_out_in_english() -> None:
    many = tuple(walks(0.9 + n / 100, 1.05) for n in range(40))

    words = words_of(make_report(walking=many))

    assert " more numbers of walking and tests; all are in the table." in words


@pytest.mark.parametrize("values", [(92,), (92, 110)], ids=["single take", "baseline"])
def test_the_first_take_shows_that_it_was_signed_and_corrected(values: tuple[int, ...]) -> None:
    knee = right_knee(*values)
    first, *later = knee.line.points
    marked = replace(first, take=replace(first.take, signed_off_by="A. Meyer", hand_points=3))
    knee = replace(knee, line=replace(knee.line, points=(marked, *later)))

    assert f"92° {SIGNED}{CORRECTED}" in words_of(make_report(knee))


def test_the_pain_of_a_day_is_its_highest_answer_whoever_asked() -> None:
    days = (date(2026, 3, 2), date(2026, 3, 9))
    report = make_report(
        right_knee(92),
        pain=(
            PainPoint(day=days[0], score=4, source="Diary"),
            PainPoint(day=days[0], score=6, source="Live take"),
            PainPoint(day=days[1], score=7, source="Live take"),
            PainPoint(day=days[1], score=3, source="NPRS"),
        ),
    )

    words = words_of(report)

    assert "first 6 on 2 Mar 2026 (Live take), last 7 on 9 Mar 2026 (Live take)" in words
    assert "highest 7 on 9 Mar 2026 (Live take); 4 answers." in words


def test_what_was_corrected_by_hand_is_named() -> None:
    by_hand = (*SETTINGS, ("sides", "by_hand"), ("repetitions", "by_hand"))

    report = make_report(with_take(right_knee(92, 110), settings=by_hand))

    assert "9 Mar 2026 (sides, repetitions)" in words_of(report)


def test_no_word_that_must_not_be_said() -> None:
    words = words_of(make_report(right_knee(110, 92), walking=(walks(1.1, 0.9),))).lower()

    for never in ("fall risk", "sarcopenia", "diagnosis", "injury risk", "no change "):
        assert never not in words


def test_nothing_is_left_of_a_report_that_cannot_be_written(tmp_path) -> None:
    folder = tmp_path / "report.pdf"
    folder.mkdir()

    with pytest.raises(OutputError, match=r"report\.pdf"):
        write_progress_pdf(make_report(right_knee(92)), folder)

    assert list(tmp_path.iterdir()) == [folder]


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=250)
VALUES = st.lists(st.floats(-30, 175), min_size=1, max_size=6)


@st.composite
def reports(draw):
    def line(values):
        side = draw(st.sampled_from([Side.LEFT, Side.RIGHT]))
        return right_knee(*values, side=side, mdc_source=draw(WORDS), note=draw(WORDS))

    angles = [line(values) for values in draw(st.lists(VALUES, max_size=9))]
    tests = [
        follow_numbers(
            [
                make_measurement(v, measure="five_sit_to_stand_time", joint=FUNCTIONAL, unit="s")
                for v in values
            ]
        )
        for values in draw(st.lists(VALUES, max_size=9))
    ]
    told = [annotation(n, text) for n, text in enumerate(draw(st.lists(WORDS, max_size=15)))]
    left_out = [
        make_take(n, excluded_reason=text or "x")
        for n, text in enumerate(draw(st.lists(WORDS, max_size=8)))
    ]
    values = draw(st.lists(st.integers(0, 100), max_size=6))
    return make_report(
        *angles,
        patient=make_patient(name=draw(WORDS), diagnosis_note=draw(WORDS), birth_year=1950),
        walking=tuple(tests),
        annotations=tuple(told),
        excluded=tuple(left_out),
        scores=follow_outcomes(
            [score(n, v, f"own-{n % 12}") for n, v in enumerate(values)], load_outcome_measures()
        ),
        pain=tuple(
            PainPoint(day=MADE_ON, score=n % 11, source=draw(WORDS)) for n in range(len(values))
        ),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports(), st.sampled_from(Paper))
def test_whatever_the_record_holds_it_is_never_more_than_two_pages(report, paper) -> None:
    built = lay_out_progress(report, paper)

    assert built.pages in (1, 2)
    last = read_pages(built.content)[-1]
    assert "Physiotherapist: name and signature" in last
    assert f"Page {built.pages} of {built.pages}" in last
