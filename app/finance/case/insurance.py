"""The insurance asked for: policy, heads, perils, models, premium, settlement."""

from dataclasses import dataclass
from typing import Annotated

from app.finance.case.cover.delivery_inputs import DeliveryCover
from app.finance.case.cover.experience_inputs import Experience
from app.finance.case.cover.heads import HeadInputs
from app.finance.case.cover.index_inputs import IndexCover
from app.finance.case.cover.model_inputs import EventModel
from app.finance.case.cover.option_inputs import OptionInputs
from app.finance.case.cover.perils import PERILS, PerilInputs
from app.finance.case.cover.policy import ConditionInputs, LimitInputs, PolicyInputs
from app.finance.case.cover.premium_inputs import PremiumInputs
from app.finance.case.cover.settlement_inputs import Settlement
from app.finance.fields import Field
from app.finance.text import N_


@dataclass(frozen=True, kw_only=True)
class Insurance(
    ConditionInputs,
    OptionInputs,
    PremiumInputs,
    LimitInputs,
    PerilInputs,
    HeadInputs,
    PolicyInputs,
):
    """All inputs of the insurance; a dataclass lists the fields of its bases from the last on:
    so the form reads from the object over perils and limits to the premium.

    The premium is the sum of what is there: heads under their perils (or under the event set),
    the index cover, the cover of deliveries.
    """

    events: Annotated[
        EventModel | None, Field(N_("Common events of several sites"), group=PERILS)
    ] = None
    index: Annotated[IndexCover | None, Field(N_("Index cover"), group=PERILS)] = None
    delivery: Annotated[
        DeliveryCover | None, Field(N_("Failure of sales, reversal"), group=PERILS)
    ] = None
    experience: Annotated[Experience | None, Field(N_("Own history and class"), group=PERILS)] = (
        None
    )
    settlement: Annotated[Settlement | None, Field(N_("Claims"))] = None
