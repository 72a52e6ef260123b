"""Reusable widgets: forms, tables, charts."""
