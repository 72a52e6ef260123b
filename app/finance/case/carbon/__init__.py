"""Inputs of the sink: kinds, plans, the section of each method, crediting, uncertainty."""
