"""Storage: SQLAlchemy rows, repositories and migrations."""
