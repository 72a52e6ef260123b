"""Pledge loans: sizing, schedules and the annualised rate."""
