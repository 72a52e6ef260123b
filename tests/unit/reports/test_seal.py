"""The seal inside a printed file: whether the file is as it was printed, and what it belongs to."""

import hashlib
import io
import zlib
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from app.reports.document import Document, Prose, free
from app.reports.pdf import draw
from app.reports.seal import OPEN_SEAL, SealState, check_seal, sealed

FACTS = {
    "number": "蓝碳–2026(一)-0001",
    "kind": "term-sheet",
    "status": "draft",
    "code": "0123-4567-89AB",
    "inputs": "0123456789abcdef" * 4,
    "version": "3",
    "program": "0.1.0",
    "data": "2026-10",
    "language": "zh",
    "issued_on": "2026-11-21",
}


@cache
def printed() -> bytes:
    document = Document(
        title=free("意向性条款清单"),
        subject="东台海草床",
        watermark=("草稿",),
        header=("蓝碳金融工作台", "蓝碳–2026(一)-0001"),
        footer=("程序 0.1.0",),
        page_label=("第 {page} 页，共 {pages} 页",),
        language="zh",
        blocks=(Prose(free("毛值 1,250,414.00 元")),),
        step_numbers={},
        facts=FACTS,
    )
    return draw(document, issued_on=date(2026, 11, 21))


def saved_again(*, packed: bool) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(printed())))
    stream = io.BytesIO()
    writer.write(stream)
    data = stream.getvalue()
    if not packed:
        return data
    start, end = data.index(b"/BlueCarbonSeal"), data.index(b"endobj", data.index(b"/BlueCarbon"))
    held = zlib.compress(data[start:end])
    return data[:start] + b"stream\n" + held + b"\nendstream\n" + data[end:]


def test_a_file_as_it_was_printed_is_untouched_and_says_what_it_belongs_to() -> None:
    seal = check_seal(printed())
    assert seal.state is SealState.UNTOUCHED
    assert dict(seal.facts) == FACTS
    assert seal.appended == 0


def test_the_seal_is_the_digest_of_the_file_with_an_open_place_for_it() -> None:
    data = printed()
    start = data.index(b"/BlueCarbonSeal (") + len(b"/BlueCarbonSeal (")
    opened = data[:start] + OPEN_SEAL.encode() + data[start + 64 :]
    assert data[start : start + 64].decode() == hashlib.sha256(opened).hexdigest()


@given(place=st.integers(0, 10**9), bit=st.integers(0, 7))
def test_one_changed_bit_anywhere_is_told(place: int, bit: int) -> None:
    data = bytearray(printed())
    data[place % len(data)] ^= 1 << bit
    assert check_seal(bytes(data)).state is not SealState.UNTOUCHED


@pytest.mark.parametrize("packed", [False, True])
def test_a_copy_saved_by_another_program_is_changed_and_still_says_its_number(
    packed: bool,
) -> None:
    seal = check_seal(saved_again(packed=packed))
    assert seal.state is SealState.CHANGED
    assert seal.facts["number"] == FACTS["number"]
    assert seal.facts["inputs"] == FACTS["inputs"]


def test_a_file_that_was_cut_off_is_changed() -> None:
    assert check_seal(printed()[:-30]).state is SealState.CHANGED


def test_what_was_added_behind_is_counted_and_leaves_the_seal_whole() -> None:
    more = b"9 0 obj\n<< >>\nendobj\nxref\n0 0\ntrailer\n<< >>\nstartxref\n1\n%%EOF\n"
    seal = check_seal(printed() + more)
    assert seal.state is SealState.UNTOUCHED
    assert seal.appended == len(more)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF\n", b"hello", b"stream\nab\nendstream"])
def test_a_file_of_another_origin_has_no_seal(data: bytes) -> None:
    seal = check_seal(data)
    assert seal.state is SealState.NONE
    assert not seal.facts


def test_a_file_without_a_place_for_it_is_not_sealed() -> None:
    with pytest.raises(ValueError, match="one place"):
        sealed(b"%PDF-1.4")
