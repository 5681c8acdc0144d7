"""One section of a patient's page alone, for its tests: AppTest runs the function's own text."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

__all__ = ["open_section"]


def _outcomes(code: str) -> None:
    from dashboard.components.outcomes import show_outcomes
    from motion.clinic import find_patient, open_record

    with open_record() as record:
        show_outcomes(find_patient(record, code))


def _hand_entry(code: str) -> None:
    from dashboard.components.hand_entry import show_hand_entry
    from motion.clinic import find_patient, open_record

    with open_record() as record:
        show_hand_entry(find_patient(record, code))


def _annotations(code: str) -> None:
    from dashboard.components.annotations import show_annotations
    from motion.clinic import find_patient, open_record

    with open_record() as record:
        show_annotations(find_patient(record, code))


_SECTIONS: dict[str, Callable[[str], None]] = {
    "outcomes": _outcomes,
    "hand_entry": _hand_entry,
    "annotations": _annotations,
}


def open_section(name: str, code: str = "P-1") -> AppTest:
    """Return a section of a patient's page, drawn once."""
    at = AppTest.from_function(_SECTIONS[name], args=(code,), default_timeout=20).run()
    assert not at.exception
    return at
