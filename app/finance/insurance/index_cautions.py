"""What a signatory of an index cover must know."""

from collections.abc import Iterator

from app.finance.case.cover.index_inputs import IndexCover
from app.finance.insurance.results import IndexResult
from app.finance.notices import Notice


def index_cautions(index: IndexCover, result: IndexResult) -> Iterator[Notice]:
    """Yield warnings and red flags of an index cover."""
    raise NotImplementedError
