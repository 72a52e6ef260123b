"""One module, or a few, for each method of accounting; see `removals` for the list."""
