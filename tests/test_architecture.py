"""Which room may know which: read from the imports themselves."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MOTION = ROOT / "motion"

# A room may know itself and these. Data flows one way: capture -> pose -> signals ->
# kinematics -> gait | exercise -> clinic -> report; errors and model are everybody's.
MAY_KNOW: dict[str, set[str]] = {
    "errors": set(),
    "model": set(),
    "paths": set(),
    "locks": set(),
    "capture": {"errors", "model"},
    "pose": {"errors", "model", "capture", "paths", "locks"},
    "agreement": {"model"},
    "signals": {"errors", "model"},
    "cameras": {"errors", "model", "signals"},
    "kinematics": {"errors", "model", "signals"},
    "gait": {"errors", "model", "signals", "kinematics", "norms"},
    "exercise": {"errors", "model", "signals", "kinematics"},
    "markers": {"errors", "model"},
    "norms": {"errors", "model"},
    "balance": {"errors", "model", "signals", "kinematics"},
    "ultrasound": {"errors", "model", "signals"},
    "clinic": {
        "errors",
        "model",
        "paths",
        "agreement",
        "norms",
        "own_figures",
        "signals",
        "kinematics",
        "gait",
        "exercise",
        # Which exercises there are: a plan is checked against them, and so is what is done of it.
        "library",
    },
    "report": {
        "errors",
        "model",
        "paths",
        "agreement",
        "kinematics",
        "gait",
        "norms",
        "balance",
        "clinic",
        "exercise",
        "texts",
    },
    # Files between clinic and home: a take that comes in is measured here.
    "exchange": {
        "errors",
        "model",
        "kinematics",
        "exercise",
        "clinic",
        "report",
        "library",
        "settings",
        "measuring",
    },
    # A stored take measured again with what somebody corrected: landmarks, sides, repetitions.
    "correcting": {"errors", "model", "pose", "settings", "measuring", "kinematics", "exercise"},
    "settings": {"model", "kinematics", "gait"},
    "method_of_today": {"model", "clinic", "settings", "library", "looking"},
    "own_figures": {"errors", "model", "paths", "kinematics"},
    "library": {
        "errors",
        "model",
        "paths",
        "norms",
        "own_figures",
        "kinematics",
        "gait",
        "exercise",
        "exercise_library",
        "outcome_library",
        "markers",
    },
    "outcome_library": {"errors", "paths", "norms"},
    "exercise_library": {"errors", "model", "paths", "kinematics", "exercise"},
    "texts": {"errors", "paths", "exercise", "exercise_library"},
    # The angles that may be measured by hand stand in the record's room.
    "protocol_library": {"errors", "model", "paths", "library", "exercise", "clinic"},
    "looking": {"model", "kinematics", "gait", "pose", "settings"},
    "remarks": {"model", "library", "kinematics", "exercise"},
    "measuring_test": {"model", "looking", "library", "exercise"},
    "measuring_walk": {"model", "settings", "looking", "library", "kinematics", "gait"},
    "measuring_repetitions": {"model", "settings", "remarks", "kinematics", "exercise"},
    "measuring_sides": {
        "model",
        "pose",
        "measuring_repetitions",
        "measuring_test",
        "kinematics",
        "exercise",
    },
    "measuring": {
        "errors",
        "model",
        # Left and right are put back in the landmarks as the model gave them, before all else;
        # no picture and no vendor is needed for it.
        "pose",
        "settings",
        "looking",
        "library",
        "measuring_repetitions",
        "measuring_sides",
        "measuring_test",
        "measuring_walk",
        "remarks",
        "kinematics",
        "gait",
        "exercise",
    },
}
JOINERS = {
    "pipeline",
    "pipeline_cameras",
    "pipeline_markers",
    "live",
    "reporting",
    "validation",
    "demo",
    "commands",
    "cli",
    "cli_takes",
    "cli_live",
    "cli_plans",
    "cli_reports",
    "cli_import",
    "options",
    "console",
}
CORE = ("model", "agreement", "signals", "kinematics", "gait", "exercise", "balance", "norms")
CORE_MAY_USE = {"numpy", "scipy", "motion"}
NOT_IN_CORE = {"os", "io", "time", "pathlib", "shutil", "sqlite3", "subprocess", "logging"}
HEAVY = (
    "mediapipe", "cv2", "streamlit", "sqlalchemy", "scipy", "pandas", "av", "plotly", "matplotlib",
    "reportlab",
)  # fmt: skip


def room_of(path: Path) -> str:
    """Return ``kinematics`` for ``motion/kinematics/foot.py`` and ``cli`` for ``motion/cli.py``."""
    return path.relative_to(MOTION).parts[0].removesuffix(".py")


@cache
def imported_names(path: Path) -> frozenset[str]:
    """Return what a file imports; each is read once for all questions."""
    return frozenset(_read_imports(path))


def _read_imports(path: Path) -> Iterator[str]:
    """Yield the dotted names that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            yield node.module or ""
            if node.module == "motion":
                yield from (f"motion.{alias.name}" for alias in node.names)


def sources(*rooms: str) -> list[Path]:
    paths = sorted(MOTION.rglob("*.py"))
    return [path for path in paths if not rooms or room_of(path) in rooms]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_room_stands_in_the_plan() -> None:
    rooms = {room_of(path) for path in sources()} - {"__init__"}

    assert rooms <= set(MAY_KNOW) | JOINERS


@pytest.mark.parametrize("path", sources(*MAY_KNOW), ids=name_of)
def test_a_room_knows_only_those_before_it(path: Path) -> None:
    room = room_of(path)
    names = [name.split(".") for name in imported_names(path)]
    known = {parts[1] for parts in names if parts[0] == "motion" and len(parts) > 1}

    assert known - {room, "__version__"} <= MAY_KNOW[room]


@pytest.mark.parametrize("path", sources(*CORE), ids=name_of)
def test_core_rooms_calculate_and_do_nothing_else(path: Path) -> None:
    tops = {name.split(".")[0] for name in imported_names(path)}
    called = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }

    assert tops <= CORE_MAY_USE | set(sys.stdlib_module_names)
    assert not tops & NOT_IN_CORE
    assert not called & {"print", "open", "input"}


@pytest.mark.parametrize("path", sources("model"), ids=name_of)
def test_the_model_needs_numpy_only(path: Path) -> None:
    tops = {name.split(".")[0] for name in imported_names(path)}

    assert tops <= {"numpy", "motion"} | set(sys.stdlib_module_names)


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_the_library_knows_neither_streamlit_nor_the_dashboard(path: Path) -> None:
    tops = {name.split(".")[0] for name in imported_names(path)}

    assert not tops & {"streamlit", "dashboard", "plotly"}


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("cv2", {"capture", "report", "pose", "cameras", "pipeline", "commands"}),
        ("mediapipe", {"pose"}),
        ("sqlalchemy", {"clinic"}),
        ("alembic", {"clinic"}),
        ("pandas", {"report", "clinic", "validation"}),
        ("matplotlib", {"validation", "report"}),
        ("ezc3d", {"markers"}),
        ("reportlab", {"report"}),
        ("nacl", {"exchange"}),
        ("pydantic", {"exchange"}),
        (
            "typer",
            {
                "cli",
                "cli_takes",
                "cli_live",
                "cli_plans",
                "cli_reports",
                "cli_import",
                "options",
                "console",
            },
        ),
    ],
)
def test_vendors_stay_in_their_rooms(library: str, rooms: set[str]) -> None:
    users = {
        room_of(path)
        for path in sources()
        if library in {name.split(".")[0] for name in imported_names(path)}
    }

    assert users <= rooms


@pytest.mark.parametrize("module", ["motion", "motion.cli"])
def test_starting_is_quick_because_heavy_libraries_wait(module: str) -> None:
    code = f"import sys, {module}; print([n for n in {HEAVY!r} if n in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert found.stdout.strip() == "[]"
