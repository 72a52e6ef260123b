"""What is expected in the place of a refused input of the insurance, by problem code."""

INSURANCE_EXPECTED: dict[str, str] = {}
