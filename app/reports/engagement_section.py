"""For whom and for what a right was appraised, on what it rests and what limits its use."""

from collections.abc import Iterator

from app.finance.case.appraisal import Appraisal
from app.finance.case.case import CaseFile
from app.finance.case.valuation.engagement import Engagement
from app.finance.fields import fields_of
from app.i18n import N_
from app.reports.document import Block, Fact, Facts, Heading, Place, Prose, Words, free
from app.reports.entries import day, entered

_FIRST = ("report_number", "firm", "appraisers", "client", "users")
"""What is said in a line each, in the order of a title page."""

_DAYS = ("inspected_on", "reported_on")
"""What is said in half a line each, after it."""

_SPECS = {spec.name: spec for spec in fields_of(Engagement)}
PATHS = tuple(f"appraisal.engagement.{name}" for name in _SPECS)
"""Paths of the inputs that the section prints, so that no other place need do so."""

_POINTERS = {
    (True, True): N_("Special matters and limits on use are stated in the section “Engagement”."),
    (True, False): N_("Special matters are stated in the section “Engagement”."),
    (False, True): N_("Limits on use are stated in the section “Engagement”."),
}


def pointer(words: Words, appraisal: Appraisal) -> Iterator[Fact]:
    """One line beside the values that names special matters and limits where there are any."""
    found = appraisal.engagement
    if found is None:
        return
    said = _POINTERS.get((bool(found.special_matters.strip()), bool(found.limits.strip())))
    if said is not None:
        yield Fact(words(N_("To be read with it")), words(said), place=Place.LINE, alert=True)


def engagement(words: Words, file: CaseFile) -> Iterator[Block]:
    """What of the engagement was filled in: short entries as lines, the rest as paragraphs."""
    appraisal = file.case.appraisal
    found = appraisal.engagement if appraisal is not None else None
    if found is None:
        return
    said = {
        name: text
        for name in _SPECS
        if name not in _DAYS and (text := getattr(found, name).strip())
    }
    days = [
        day(words, _SPECS[name].field.label, when)
        for name in _DAYS
        if (when := getattr(found, name)) is not None
    ]
    if not said and not days:
        return
    yield Heading(words(N_("Engagement")))
    lines = [
        entered(words, _SPECS[name].field.label, said[name]) for name in _FIRST if name in said
    ]
    if lines or days:
        yield Facts((*lines, *days))
    for name, text in said.items():
        if name not in _FIRST:
            yield Heading(words(_SPECS[name].field.label), 2)
            for line in filter(None, map(str.strip, text.splitlines())):
                yield Prose(free(line))
