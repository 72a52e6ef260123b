"""The pages of a workbook: their codes in their order, and their names."""

from app.i18n import N_

TITLES: dict[str, str] = {
    "cover": N_("Cover sheet"),
    "values": N_("Values"),
    "assumptions": N_("Assumptions"),
    "flow": N_("Cash flow"),
    "prudent": N_("Prudent cash flow"),
    "credits": N_("Credits by year"),
    "tax": N_("Income tax"),
    "loan": N_("Loan"),
    "schedule": N_("Repayment schedule"),
    "annualised": N_("Annualised rate"),
    "sizing": N_("Sizing of the loan"),
    "debt_cover": N_("Debt service cover"),
    "loan_days": N_("Days of interest"),
    "levels": N_("Level of payments"),
    "premium_terms": N_("Terms of the premium"),
    "premium": N_("Premium"),
    "premium_split": N_("Who bears the premium"),
    "index_cover": N_("Index cover"),
    "checks": N_("Checks"),
    "figures": N_("Other figures"),
    "workings": N_("Workings"),
    "inputs": N_("Inputs of the case"),
}
"""Message id of each page by its code; a page stands where its code stands here."""
