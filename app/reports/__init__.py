"""Printed documents: what they say and how they are drawn."""
