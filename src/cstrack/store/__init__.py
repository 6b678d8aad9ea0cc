"""The heavy room: the schema's one truth, migrations, the doctor. Imported only by commands that may be slow."""
