"""The pure core: values, rules and formulas; no Qt, SQL, files or clock."""
