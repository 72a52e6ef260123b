"""What a policy year takes off the payments of its events: deductible, limit, reinstatements."""

from dataclasses import dataclass

from app.finance.case.cover.heads import HeadLine, ShareOn


@dataclass(frozen=True, slots=True)
class YearTerms:
    """Terms of the policy year: paid is share x min(max(S - deductible, 0), limit).

    S sums the payments of the year's events. `event_yuan` is what one reinstatement fills up
    again, as far as S counts it; None where the head has no reinstatements.
    """

    deductible_yuan: float = 0.0
    limit_yuan: float | None = None
    share: float = 1.0
    event_yuan: float | None = None

    @property
    def spoil_sums(self) -> bool:
        """Whether the year of several heads is no sum over its events any more."""
        return self.deductible_yuan > 0 or self.limit_yuan is not None


def event_limit_yuan(head: HeadLine, exposed_yuan: float) -> float:
    """Return the limit of an event as S counts it: the lowest of layer, event and value.

    A limit above the value is none. With a share of each event S holds the insurer's part only.
    """
    limits = (head.layer_limit_yuan, head.event_limit_yuan, exposed_yuan)
    limit = min(one for one in limits if one is not None)
    return limit * (head.share if head.share_on is ShareOn.EVENT else 1.0)


def year_terms_of(head: HeadLine, exposed_yuan: float) -> YearTerms:
    """Return the terms of the policy year of a head with `exposed_yuan` insured.

    k reinstatements make a limit of (k + 1) times the limit of an event; of two limits the
    lower one holds.
    """
    limits = [] if head.year_limit_yuan is None else [head.year_limit_yuan]
    event = None
    if head.reinstatements is not None:
        event = event_limit_yuan(head, exposed_yuan)
        limits.append((head.reinstatements + 1) * event)
    return YearTerms(
        deductible_yuan=head.year_deductible_yuan,
        limit_yuan=min(limits, default=None),
        share=head.share if head.share_on is ShareOn.YEAR else 1.0,
        event_yuan=event,
    )
