"""What a document rests on, what of it was not verified, and where its models end."""

from collections import Counter
from collections.abc import Iterator

from app.finance.case.appraisal import Appraisal
from app.finance.case.case import Case, CaseFile
from app.finance.case.provenance import PROVENANCE_LABELS, ProvenanceKind
from app.finance.case.rules import is_in_use
from app.finance.case.valuation.simulation import ValueSimulation
from app.finance.engine import Results
from app.finance.fields import FieldSpec, choice_label, fields_of
from app.i18n import N_, Translator
from app.reports.carbon_facts import input_label
from app.reports.conventions import times_and_prices
from app.reports.document import EMPTY, Block, Column, Grid, Heading, Text, Words, free
from app.reports.entries import cell
from app.reports.input_values import is_empty, is_figure
from app.reports.sheet import Sheet

_NAMED = 12
"""Inputs without a source that are named; the rest is counted."""

_OF_LENDER = ("loan.credit", "loan.memo")
"""Sections that are the lender's own and no part of what a document rests on."""

Row = tuple[str, Text]


def reliance(sheet: Sheet) -> Iterator[Block]:
    """Versions, fingerprint, seeds, provenance, what nobody verified, limits of the models."""
    words = sheet.words
    rows = (*_origin(sheet), *_provenance(sheet), *_unverified(sheet), *_limits(sheet))
    yield Heading(words(N_("What this document rests on")))
    yield Grid(
        (Column(words(N_("Matter")), 0.2), Column(words(N_("What holds")), 0.8)),
        tuple(
            (cell(words(label), strong=True) if label else EMPTY, cell(said))
            for label, said in rows
        ),
    )


def _origin(sheet: Sheet) -> Iterator[Row]:
    """What it takes to print the same document again."""
    words, stamp = sheet.words, sheet.stamp
    versions = words(
        N_("Program {program}, data {data}"),
        program=stamp.program_version,
        data=stamp.data_version,
    )
    if stamp.template:
        versions = words(
            N_("Program {program}, data {data}, template {template}"),
            program=stamp.program_version,
            data=stamp.data_version,
            template=stamp.template,
        )
    yield N_("Versions"), versions
    yield N_("Fingerprint of the inputs"), free(stamp.input_hash)
    yield (
        N_("Code of the case"),
        words(
            N_("{code}: type it in the window, or scan it, and this version of the case opens."),
            code=stamp.code,
        ),
    )
    seeds = tuple(_seeds(sheet.case, sheet.results, words))
    if seeds:
        yield N_("Random numbers"), _listed(words, seeds)


def _seeds(case: Case, results: Results, words: Words) -> Iterator[Text]:
    """What was drawn, how often and from which seed."""
    if results.range is not None:
        drawn = results.range
        yield _drawn(words, N_("tonnes: {count} draws from seed {seed}"), drawn.draws, drawn.seed)
    if results.value_range is not None:
        value = results.value_range
        message = N_("value: {count} scenarios from seed {seed}")
        yield _drawn(words, message, value.scenarios, value.seed)
    if results.sensitivity is not None and results.sensitivity.sobol:
        found = results.sensitivity
        message = N_("shares of variance: {count} samples from seed {seed}")
        yield _drawn(words, message, found.sobol_samples, found.sobol_seed)
    if results.insurance is None or case.insurance is None:
        return
    law, insurance = results.insurance.distribution, case.insurance
    if law is not None and law.seed is not None and law.years is not None:
        message = N_("losses: {count} simulated years from seed {seed}")
        yield _drawn(words, message, law.years, law.seed)
    elif insurance.experience is not None or insurance.index is not None:
        yield words(N_("resampling of the history: seed {seed}"), seed=insurance.seed)


def _drawn(words: Words, message: str, count: int, seed: int) -> Text:
    return words(message, count=f"{count:,}", seed=seed)


def _listed(words: Words, parts: tuple[Text, ...]) -> Text:
    """Parts of a list in each language."""
    texts = (
        tr(N_("; ")).join(part.lines[min(place, len(part.lines) - 1)] for part in parts)
        for place, tr in enumerate(words.translators)
    )
    lines = tuple(dict.fromkeys(texts))
    return Text(lines)


def _figures(file: CaseFile) -> Iterator[FieldSpec]:
    """Figures and tables in use that were entered or have a default."""
    for spec in fields_of(Case):
        if spec.section or not is_in_use(file.case, spec.path):
            continue
        if any(spec.path.startswith(f"{section}.") for section in _OF_LENDER):
            continue
        value = file.value_at(spec.path)
        if not is_empty(value) and (spec.table or is_figure(value)):
            yield spec


def _provenance(sheet: Sheet) -> Iterator[Row]:
    """How many inputs were disclosed, measured, assumed; which are assumed without a source."""
    words, file = sheet.words, sheet.file
    entries = {spec.path: file.provenance_of(spec.path) for spec in _figures(file)}
    counts = Counter(entry.kind for entry in entries.values())
    said = words.each(lambda tr: _counted(counts, tr))
    yield N_("Provenance of figures and tables"), said
    bare = [
        path
        for path, entry in entries.items()
        if entry.kind is ProvenanceKind.ASSUMED and not entry.source.strip()
    ]
    if bare:
        yield N_("Assumed without a source"), words.each(lambda tr: _named(bare, tr))


def _counted(counts: Counter[ProvenanceKind], tr: Translator) -> str:
    parts = (
        tr(N_("{kind}: {count}")).format(kind=tr(label), count=counts[kind])
        for kind, label in PROVENANCE_LABELS.items()
        if counts[kind]
    )
    return tr(N_("; ")).join(parts) or "–"


def _named(paths: list[str], tr: Translator) -> str:
    names = tr(N_("; ")).join(dict.fromkeys(input_label(path, tr) for path in paths[:_NAMED]))
    more = len(paths) - _NAMED
    if more <= 0:
        return names
    return tr(N_("{names}; and {count} more")).format(names=names, count=more)


def _unverified(sheet: Sheet) -> Iterator[Row]:
    """What the program took as it was entered."""
    case = sheet.case
    found = [
        N_(
            "Title, entries of registers, documents of the case and statements of third parties "
            "are taken as entered; the program verifies none of them."
        )
    ]
    appraisal = case.appraisal
    if appraisal is not None and sheet.results.values is not None:
        engagement = appraisal.engagement
        if engagement is None or not engagement.firm:
            found.append(
                N_(
                    "The value is computed by the program from the inputs; no appraisal by a firm "
                    "was entered."
                )
            )
        if appraisal.evidence is not None:
            found.append(N_("Prices of comparables are as entered or imported."))
    if case.insurance is not None and case.insurance.experience is not None:
        found.append(N_("The loss history is as stated by the applicant or the insurer."))
    yield from _rows(sheet.words, N_("Not verified"), found)


def _rows(words: Words, label: str, messages: list[str]) -> Iterator[Row]:
    """Sentences under one label: a row each."""
    for number, message in enumerate(messages):
        yield ("" if number else label), words(message)


def _limits(sheet: Sheet) -> Iterator[Row]:
    """Where the models that were used in this case end."""
    words, case, results = sheet.words, sheet.case, sheet.results
    found: list[Text] = []
    if case.appraisal is not None and results.values is not None:
        found += _of_value(words, case.appraisal, results)
    if results.range is not None:
        found.append(
            words(
                N_(
                    "The range of the tonnes follows from the distributions entered; what carries "
                    "none is taken as certain."
                )
            )
        )
    if results.loan is not None:
        found.append(
            words(
                N_(
                    "The loan is computed as scheduled. Covenants, guarantees, taxes of the "
                    "parties and the outcome of enforcement are not modelled."
                )
            )
        )
    if results.insurance is not None:
        found += _of_insurance(words, results)
    found.append(
        words(N_("Rules and published figures are those of the data version; later ones are not."))
    )
    for number, text in enumerate(found):
        yield ("" if number else N_("Limits of the models")), text


def _of_value(words: Words, appraisal: Appraisal, results: Results) -> Iterator[Text]:
    yield words(N_("Prices of years to come are assumed, not known."))
    yield times_and_prices(words, appraisal)[1]
    simulation = appraisal.simulation
    if results.value_range is not None and simulation is not None:
        model = choice_label(ValueSimulation, "price_model", simulation.price_model.value)
        message = N_(
            "The distribution of the value follows from the laws entered (price: {model}); other "
            "laws give another one."
        )
        yield words.each(lambda tr: tr(message).format(model=tr(model)))


def _of_insurance(words: Words, results: Results) -> Iterator[Text]:
    yield words(
        N_(
            "Causes of loss that are entered apart and policy years are taken as independent; what "
            "is common to them raises the loss of bad years."
        )
    )
    if results.insurance is not None and results.insurance.index is not None:
        yield words(N_("An index pays by its readings, not by the loss: the two can differ."))
