"""Use cases: one module, one verb; no Qt and no SQL."""
