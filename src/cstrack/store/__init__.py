"""The heavy room: the schema's one truth, migrations, the doctor. Only for commands that may be slow."""
