"""The index cover: payouts, history, fitted model, basis risk."""

from collections.abc import Mapping

from app.finance.case.cover.index_inputs import IndexCover
from app.finance.explain import Step
from app.finance.insurance.aggregate import YearLaw
from app.finance.insurance.results import IndexResult


def compute_index(
    index: IndexCover, *, modelled: Mapping[int, float], seed: int
) -> tuple[IndexResult, YearLaw, tuple[Step, ...]]:
    """Price an index cover; the law is that of the yearly payout, yuan.

    `modelled` are losses of past years as shares of the sum insured where the case models them;
    they stand in for entered losses in the basis risk.
    """
    raise NotImplementedError
