"""The income right in many variants on one grid of flows, valued together.

One sweep of arrays answers for all stresses and all cells of the heat table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

import numpy as np

from app.finance.case.loan import ValuationBasis
from app.finance.case.valuation.approaches import MarketQuantity, TypeOfValue
from app.finance.lending.collateral import CARBON_RIGHT, ISSUED_CREDITS
from app.finance.lending.flow_table import counted_flows
from app.finance.lending.parts import LoanParts
from app.finance.lending.remaining import DaysOnPlan, RemainingRight, RightOnDays
from app.finance.money import ZERO
from app.finance.sink.pools import Numbers
from app.finance.valuation.flows import FlowPlan, present_value
from app.finance.valuation.levels import forced_sale_factor
from app.finance.valuation.results import RateResult


def stacked(plans: Sequence[FlowPlan]) -> FlowPlan:
    """Return plans of one grid as one with a row for each: tonnes and prices of shape (m, n)."""
    return replace(
        plans[0],
        tonnes=np.array([plan.tonnes for plan in plans]),
        prices=np.array([plan.prices for plan in plans]),
    )


@dataclass(frozen=True)
class RightRows:
    """A right in m variants; a `remaining.ValuedRight` with rows.

    Attributes:
        parts: the loan, with the values of the base.
        plan: tonnes and prices of shape (m, n); costs, receipts and grid are those of all.
        price: factor on the price of the valuation date, shape (m,).
        issued_price: factor on what issued credits fetch, shape (m,).
    """

    parts: LoanParts
    plan: FlowPlan
    price: Numbers
    issued_price: Numbers

    @property
    def rate(self) -> RateResult:
        """Discount rate; that of the base."""
        return self.parts.values.rate

    @property
    def price_yuan_t(self) -> Numbers:
        """Price of the valuation date of each row, yuan/t."""
        return self.parts.values.price_yuan_t * self.price

    @property
    def net_yuan(self) -> Decimal:
        """Not used without a conclusion; `remaining` brings the conclusion in row by row."""
        return ZERO

    @property
    def conclusion(self) -> None:
        """See `net_yuan`."""
        return

    def at(self, level: ValuationBasis) -> Numbers:
        """Return the value of a level, yuan, shape (m,), by the formulas of `levels.levels`."""
        if level is ValuationBasis.GROSS:
            return self._gross
        if level is ValuationBasis.CONCLUDED:
            return self._concluded
        if level is ValuationBasis.LIQUIDATION:
            factor = forced_sale_factor(self.parts.appraisal, self.rate.rate)
            return factor * np.maximum(np.minimum(self._gross, self._prudent), 0.0)
        return self._prudent if level is ValuationBasis.PRUDENT else self._net

    @cached_property
    def _gross(self) -> Numbers:
        return np.asarray(self.plan.tonnes.sum(axis=-1) * self.price_yuan_t)

    @cached_property
    def _net(self) -> Numbers:
        return self._present(tonnes=1.0, price=1.0)

    @cached_property
    def _prudent(self) -> Numbers:
        appraisal = self.parts.appraisal
        return self._present(
            tonnes=1 - appraisal.prudent_tonnes_discount,
            price=1 - appraisal.prudent_price_discount,
        )

    def _present(self, *, tonnes: float, price: float) -> Numbers:
        flows = counted_flows(self.plan, tonnes=tonnes, price=price)
        return present_value(self.plan, flows.now, self.rate.rate)

    @cached_property
    def _concluded(self) -> Numbers:
        """Weights times approaches, as `approaches.conclude`; the net value without a conclusion.

        The market approach follows the price and the part of the tonnes that is left, the cost
        approach stays: what a right would cost to build does not hang on its price.
        """
        conclusion = self.parts.values.conclusion
        if conclusion is None:
            return self._net
        level = {
            TypeOfValue.PLEDGE.value: ValuationBasis.PRUDENT,
            TypeOfValue.LIQUIDATION.value: ValuationBasis.LIQUIDATION,
        }.get(conclusion.type_of_value, ValuationBasis.NET)
        total = np.zeros(len(self.price))
        for entry in conclusion.approaches:
            value = np.full(len(self.price), float(entry.value_yuan))
            if entry.code == "income":
                value = self.at(level)
            elif entry.code == "market":
                value = value * self.price * self._tonnes_of_market
            total = total + entry.weight * value
        return total

    @property
    def _tonnes_of_market(self) -> Numbers:
        """Part of the tonnes that is left for the market approach, shape (m,)."""
        approach = self.parts.appraisal.market_approach
        before = self.parts.values.credits_in_horizon_tco2e
        if approach is None or approach.quantity is MarketQuantity.ISSUED or not before:
            return np.ones(len(self.price))
        return np.asarray(self.plan.tonnes.sum(axis=-1) / before)

    def left(self, places: DaysOnPlan) -> Numbers:
        """Return what is left of the right on days, shape (m, d).

        At the level of the loan; of a conclusion the net value that it follows.
        """
        level = self.parts.loan.valuation_basis
        return RightOnDays(RemainingRight(self.parts.appraisal, self, level), places).now

    def remaining(self, places: DaysOnPlan) -> Numbers:
        """Return what is left at the level of the loan, shape (m, d).

        NaN where a conclusion cannot be followed because the net value is not positive.
        """
        left, level = self.left(places), self.parts.loan.valuation_basis
        if level is not ValuationBasis.CONCLUDED or self.parts.values.conclusion is None:
            return left
        positive = self._net > 0
        scale = np.where(positive, self._concluded / np.where(positive, self._net, 1.0), np.nan)
        return left * scale[:, None]

    def counted_security(self) -> Numbers:
        """Return what all collaterals count for, yuan, shape (m,).

        As `collateral.secure`: value after haircut and prior claims, not below zero and at most the
        secured maximum. The income right has its moved value, one whose value was entered follows
        it in proportion; issued credits follow the price.
        """
        parts, level = self.parts, self.parts.loan.valuation_basis
        moved, before = self.at(level), float(parts.values.by_basis(level))
        total = np.zeros(len(moved))
        for line in parts.security.lines:
            if line.value_yuan is None:
                continue
            value = np.full(len(moved), float(line.value_yuan))
            if line.kind == CARBON_RIGHT and line.from_case:
                position = line.position
                share = 1.0 if position is None else parts.loan.collaterals[position].pledged_share
                value = moved * share
            elif line.kind == CARBON_RIGHT and before > 0:
                value = value * np.maximum(moved / before, 0.0)
            elif line.kind == ISSUED_CREDITS:
                value = value * self.issued_price
            left = value * (1.0 - line.haircut) - float(line.prior_claims_yuan)
            most = np.inf if line.secured_maximum_yuan is None else float(line.secured_maximum_yuan)
            total = total + np.clip(left, 0.0, most)
        return total
