"""Alembic runs its migrations through this file, on the connection that holds the write lock."""

from alembic import context

import motion.clinic.tables  # noqa: F401  (fills the metadata)
from motion.clinic.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
