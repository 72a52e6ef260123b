"""What all pages of the insurance are written with: tables with a link that copies them."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from app.finance.case.case import Case
from app.finance.insurance.results import InsuranceResult
from app.i18n import Translator
from app.messages.fields import named_input
from app.reports.fact_tables import FactTable
from app.reports.value_facts import FactRow
from app.views.widgets.fact_html import Links
from app.views.widgets.insurance_copy import TABLES
from app.views.widgets.loan_copy import copy_link
from app.views.widgets.value_parts import PageParts

if TYPE_CHECKING:
    from app.services.workbench import Computed
