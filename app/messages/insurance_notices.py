"""Words and sources of warnings and red flags of the insurance, by notice code."""

INSURANCE_NOTICES: dict[str, str] = {}
INSURANCE_SOURCES: dict[str, str] = {}
