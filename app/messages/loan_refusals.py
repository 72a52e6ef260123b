"""What is expected in the place of a refused input of the loan, by problem code."""

LOAN_EXPECTED: dict[str, str] = {}
