"""The lean road to the database: DB-API only, SQLite or PostgreSQL."""
