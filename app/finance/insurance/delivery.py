"""Failure of sales and reversal of credits: expected loss over the years of deliveries."""

from app.finance.case.cover.model_inputs import DeliveryCover
from app.finance.explain import Step
from app.finance.insurance.aggregate import YearLaw
from app.finance.insurance.results import DeliveryResult


def compute_delivery(delivery: DeliveryCover) -> tuple[DeliveryResult, YearLaw, tuple[Step, ...]]:
    """Price the cover of deliveries; the law is that of the present value of its loss, yuan."""
    raise NotImplementedError
