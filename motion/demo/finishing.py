"""What somebody did with the made-up takes afterwards, by the verbs that do it in the product."""

from uuid import UUID

from motion.clinic import Record
from motion.clinic.made_up_values import MadeUpChart
from motion.demo.story import Story

__all__ = ["finish_chart"]


def finish_chart(
    record: Record, story: Story, chart: MadeUpChart, keys: tuple[UUID, ...], author: str
) -> None:
    """Correct and sign takes as the story says."""
