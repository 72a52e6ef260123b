"""Removals of each carrier: from harvest, planted area or a stated report to credits."""
