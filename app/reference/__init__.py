"""Typed readers of the figures in resources/reference."""
