"""Names of buttons for who cannot see beside what they stand."""

from dashboard import words

__all__ = ["named"]


def named(label: str, what: str) -> str:
    """Return a button's label with what it is for, which only a screen reader says.

    Of twenty buttons ``Open`` nobody could tell which is which. The words seen come first, as who
    speaks to a computer names a button. ``style.css`` takes the rest out of sight.
    """
    return f"{label} :gray[{words.plain(what)}]"
