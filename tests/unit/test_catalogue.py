"""Every text a person sees exists in English and in Chinese."""

import ast
import gettext
import re
from functools import cache
from pathlib import Path

import pytest

from app.finance.case.case import Case
from app.finance.fields import fields_of
from app.i18n import translator
from app.messages.document_refusals import DOCUMENT_EXPECTED
from app.messages.hazard_refusals import HAZARD_EXPECTED
from app.messages.insurance_notices import INSURANCE_NOTICES
from app.messages.insurance_refusals import INSURANCE_EXPECTED
from app.messages.loan_notices import LOAN_NOTICES
from app.messages.loan_refusals import LOAN_EXPECTED
from app.messages.notices import NOTICES
from app.messages.refusals import EXPECTED
from app.services.storage_text import STORAGE
from tools.catalogue import KEYWORDS, ROOT, extract, load, po_path, untranslated

PLACEHOLDER = re.compile(r"\{(\w+)\}")

texts = cache(extract)
chinese = cache(lambda: load("zh_CN"))


def test_every_text_has_its_chinese() -> None:
    assert untranslated("zh_CN") == []


def test_no_text_hides_from_the_catalogue() -> None:
    """The extraction sees no call inside an f-string; the syntax tree does."""
    known = texts()
    hidden = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "app").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in KEYWORDS
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and node.args[0].value
        and node.args[0].value not in known
    ]
    assert hidden == []


def test_placeholders_are_the_same_in_chinese() -> None:
    catalogue = chinese()
    differing = [
        text
        for text in texts()
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(str(catalogue[text].string)))
    ]
    assert differing == []


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    path: Path = po_path("zh_CN").with_suffix(".mo")
    with path.open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    catalogue = chinese()
    stale = [text for text in texts() if compiled.gettext(text) != catalogue[text].string]
    assert stale == []


@pytest.mark.parametrize(
    "table",
    [
        EXPECTED,
        LOAN_EXPECTED,
        INSURANCE_EXPECTED,
        DOCUMENT_EXPECTED,
        HAZARD_EXPECTED,
        NOTICES,
        LOAN_NOTICES,
        INSURANCE_NOTICES,
        STORAGE,
    ],
)
def test_each_code_has_words_in_both_languages(table: dict[str, str]) -> None:
    for text in table.values():
        assert translator("en")(text) == text
        assert translator("zh")(text) != text


def test_each_input_has_a_chinese_name_and_its_choices_too() -> None:
    zh = translator("zh")
    for spec in fields_of(Case):
        names = [spec.field.label, *(name for _, name in spec.field.choices)]
        for name in names:
            assert re.search("[\u4e00-\u9fff]", zh(name)), name
