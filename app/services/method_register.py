"""The register of methods as a person reads it: one page for each method, and a case to start."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.finance.case.carbon.kinds import QuantityMethod
from app.finance.case.case import Case
from app.finance.fields import choice_label
from app.finance.sink.tables import Parameter
from app.formats import quantity
from app.i18n import N_, Translator
from app.reference.methods import EQUATION_LABELS, SCOPE_LABELS, Equations, Method, Scope
from app.reference.tables import Reference
from app.services.documents import Document, with_value
from app.services.draft import new_document
from app.services.method_inputs import METHOD_PATH, MethodInput, inputs_of_method
from app.services.method_tables import FiguresTable, tables_of_method
from app.services.parameter_texts import (
    READ_IN_SOURCE,
    parameter_name,
    parameter_note,
    status_text,
)

SCOPE_ORDER = (Scope.NATIONAL, Scope.INTERNATIONAL, Scope.LOCAL)

_VERSION_WORDS = {
    "not seen": N_("version not seen"),
    "workbook": N_("workbook"),
    "guide": N_("guide"),
}
_IN_FORCE = "in force "
_NUMBER = re.compile(r"CCER-\d\d-\d{3}-V\d\d|VM\d{4}|AR-AM\d{4}|(?:HY|DB\d{4})/T \d+-\d{4}")
_FURTHER_PREFIXES = {QuantityMethod.AR_AM0014: ("ar_tool14.",)}
_COUNTED_FROM_REPORT = N_(
    "The text of this method was not read: the program takes the yearly tonnes of a report made "
    "under it."
)
_NOT_READ = N_(
    "The text of this method was not read: look each input up in it before you rely on the result."
)
_READ_IN_PART = N_(
    "The text of this method was read in part: its coefficients are entered from the original."
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure that a method computes with, in words."""

    name: str
    note: str
    value: str
    clause: str
    status: str
    in_source: bool
    source: str


@dataclass(frozen=True, slots=True)
class MethodPage:
    """What the screen shows of a method in one language; `facts` are pairs of label and text."""

    method: Method
    name: str
    issuer: str
    scope: str
    equations: str
    byline: tuple[str, ...]
    caution: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...]
    tables: tuple[FiguresTable, ...]
    inputs: tuple[MethodInput, ...]

    @property
    def key(self) -> str:
        """Key of the method."""
        return self.method.key

    def search_text(self) -> str:
        """Return all that a word may be looked for in, the name in both languages."""
        return "\n".join(
            (
                self.method.key,
                self.method.name.en,
                self.method.name.zh,
                *self.byline,
                self.equations,
                *(text for _label, text in self.facts),
                *(f"{figure.name} {figure.value}" for figure in self.figures),
                *(row.label for row in self.inputs),
            )
        ).lower()


def version_text(method: Method, tr: Translator) -> str:
    """Return the version as it is printed."""
    return tr(_VERSION_WORDS.get(method.version, method.version))


def _issued_text(method: Method, tr: Translator) -> str:
    if method.issued.startswith(_IN_FORCE):
        text = tr(N_("in force since {date}"))
        return text.format(date=method.issued.removeprefix(_IN_FORCE))
    return tr(N_("issued {date}")).format(date=method.issued) if method.issued else ""


def _byline(method: Method, tr: Translator) -> tuple[str, ...]:
    parts = (
        method.issuer.in_language(tr.language),
        version_text(method, tr),
        _issued_text(method, tr),
        tr(SCOPE_LABELS[method.scope]),
    )
    return tuple(part for part in parts if part)


def _caution(method: Method, tr: Translator) -> str:
    if method.equations is Equations.SEEN:
        return ""
    if method.equations is Equations.PARTLY:
        return tr(_READ_IN_PART)
    reported = method.engine is QuantityMethod.STATED
    return tr(_COUNTED_FROM_REPORT if reported else _NOT_READ)


def _names(path: str, codes: Sequence[str], tr: Translator) -> str:
    return tr(N_(", ")).join(tr(choice_label(Case, path, code)) for code in codes)


def naming_markets(method: Method, reference: Reference, tr: Translator) -> tuple[str, ...]:
    """Return the markets whose rule names the official number of a method, or its very name."""
    numbers = set(_NUMBER.findall(f"{method.name.en} {method.name.zh}"))
    return tuple(
        market.name_zh if tr.language == "zh" else market.key
        for market in reference.markets
        if market.key == method.name.en or numbers & set(_NUMBER.findall(market.rule))
    )


def _facts(method: Method, reference: Reference, tr: Translator) -> tuple[tuple[str, str], ...]:
    markets = tr(N_(", ")).join(naming_markets(method, reference, tr))
    pairs = (
        (N_("Accepts"), method.accepts_text.in_language(tr.language)),
        (N_("Sink carriers"), _names("project.ecosystem", method.accepts, tr)),
        (N_("Activities"), _names("project.activity", method.activities, tr)),
        (N_("Counts"), method.counts.in_language(tr.language)),
        (N_("Deducts"), method.deducts.in_language(tr.language)),
        (N_("What was seen"), method.verified.in_language(tr.language)),
        (N_("You supply"), method.required.in_language(tr.language)),
        (N_("Computed as"), tr(choice_label(Case, METHOD_PATH, method.engine.value))),
        (N_("Markets that name it"), markets),
        (N_("Source"), method.source),
    )
    return tuple((tr(label), text) for label, text in pairs if text)


def _figure(found: Parameter, tr: Translator) -> Figure:
    return Figure(
        name=parameter_name(found.key, tr),
        note=parameter_note(found.key, tr),
        value=quantity(found.value, found.unit, tr),
        clause=tr(found.clause),
        status=status_text(found.status, tr),
        in_source=found.status == READ_IN_SOURCE,
        source=found.source,
    )


def _figures(
    method: Method, inputs: Sequence[MethodInput], reference: Reference, tr: Translator
) -> tuple[Figure, ...]:
    """Those under the method's own key, and the defaults of its inputs."""
    prefixes = (f"{method.engine.value}.", *_FURTHER_PREFIXES.get(method.engine, ()))
    wanted = {row.reference for row in inputs}
    return tuple(
        _figure(found, tr)
        for key, found in reference.tables.parameters.items()
        if key.startswith(prefixes) or key in wanted
    )


def method_page(method: Method, reference: Reference, tr: Translator) -> MethodPage:
    """Return what the register shows of one method."""
    inputs = inputs_of_method(method.engine, reference.tables.parameters, tr)
    return MethodPage(
        method=method,
        name=method.name.in_language(tr.language),
        issuer=method.issuer.in_language(tr.language),
        scope=tr(SCOPE_LABELS[method.scope]),
        equations=tr(EQUATION_LABELS[method.equations]),
        byline=_byline(method, tr),
        caution=_caution(method, tr),
        facts=_facts(method, reference, tr),
        figures=_figures(method, inputs, reference, tr),
        tables=tables_of_method(method.engine, reference, tr),
        inputs=inputs,
    )


def method_pages(reference: Reference, tr: Translator) -> tuple[MethodPage, ...]:
    """Return the whole register: national, international, local, each in the table's order."""
    methods = sorted(reference.methods, key=lambda method: SCOPE_ORDER.index(method.scope))
    return tuple(method_page(method, reference, tr) for method in methods)


def matching(pages: Sequence[MethodPage], words: str) -> tuple[MethodPage, ...]:
    """Return the pages that hold every word somewhere."""
    wanted = words.lower().split()
    return tuple(page for page in pages if all(word in page.search_text() for word in wanted))


def methodology_text(method: Method, tr: Translator) -> str:
    """Return name, number and version as they go into a case; none for a plain report."""
    if method.key == QuantityMethod.STATED.value:
        return ""
    name = method.name.in_language(tr.language)
    known = method.version and method.version not in _VERSION_WORDS
    if not known or method.version in name:
        return name
    return tr(N_("{name}, {version}")).format(name=name, version=method.version)


def case_with_method(method: Method, tr: Translator) -> Document:
    """Return the draft of a new case under a method: what the method settles is entered."""
    document = with_value(new_document(), METHOD_PATH, method.engine.value)
    document = with_value(document, "project.methodology", methodology_text(method, tr))
    if len(method.accepts) == 1:
        document = with_value(document, "project.ecosystem", method.accepts[0].value)
    if len(method.activities) == 1:
        document = with_value(document, "project.activity", method.activities[0].value)
    return document
