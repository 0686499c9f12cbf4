"""How Alembic runs the migrations: over the connection that whoever opens a history has made."""

from alembic import context

from engine.history.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
