"""The pages of the window: key, title and icon, in their order."""

from app.i18n import N_

PAGES = (
    ("book", N_("Book"), "book"),
    ("projects", N_("Projects"), "project"),
    ("appraisals", N_("Appraisals"), "appraisal"),
    ("loans", N_("Loans"), "loan"),
    ("insurance", N_("Insurance"), "insurance"),
    ("due", N_("What is due"), "calendar"),
    ("methods", N_("Methods"), "method"),
    ("market", N_("Reference data"), "reference"),
    ("prices", N_("Market book"), "market"),
    ("documents", N_("Documents"), "document"),
    ("settings", N_("Settings"), "settings"),
)
