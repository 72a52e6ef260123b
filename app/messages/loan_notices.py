"""Words and sources of warnings and red flags of the loan, by notice code."""

LOAN_NOTICES: dict[str, str] = {}

LOAN_SOURCES: dict[str, str] = {}
