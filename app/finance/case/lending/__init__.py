"""Inputs of a pledge loan, by what they are about."""
