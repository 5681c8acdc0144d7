"""What is done with a page, and read from it, in the tests of the dashboard."""

from typing import Any

from streamlit.testing.v1 import AppTest


def texts(at: AppTest) -> str:
    """Return all that stands on the page, in one string."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error")
    said = [element.value for kind in kinds for element in getattr(at, kind)]
    said += [m.label + " " + str(m.value) for m in at.metric]
    said += [element.proto.body for element in at.get("html")]
    return "\n".join(said).replace("\\", "")


def seen(label: str) -> str:
    """Return what is seen of a button's label; the rest is for screen readers."""
    return label.partition(" :gray[")[0]


def buttons(at: AppTest, label: str) -> list[Any]:
    return [b for b in at.button if seen(b.label) == label]


def button(at: AppTest, label: str) -> Any:
    return buttons(at, label)[0]


def finish(at: AppTest) -> AppTest:
    """Wait for the page's job, then look again."""
    if "analysis_job" in at.session_state:  # else it was quicker than the page
        at.session_state["analysis_job"].wait(10)
    return at.run()


def fill_in(at: AppTest, path: object, code: str = "P-7") -> AppTest:
    at.button_group(key="source-kind").set_value("On this computer").run()
    next(t for t in at.text_input if t.label == "Path of the recording").set_value(str(path))
    at.selectbox(key="patient-code").set_value(code)
    at.selectbox(key="movement-Exercise-None").set_value("squat")
    return at.run()


def open_tab(at: AppTest, take: Any, tab: str) -> AppTest:
    """Open a tab of a take."""
    at.session_state[f"take-{take.id}"] = tab
    at.run()
    assert not at.exception
    return at
