"""Reasons of the operating system in words of the program."""

import errno
import os
from pathlib import Path

import pytest

from app.finance.case.problems import Problem
from app.i18n import translator
from app.messages import expected_text
from app.messages.system_words import file_problem_text, reason_text

ENGLISH = translator("en")


@pytest.mark.parametrize(
    "number",
    [errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.EACCES, errno.EROFS, errno.ENOSPC],
)
def test_the_usual_reasons_have_words_of_the_program(number: int) -> None:
    assert reason_text(os.strerror(number), ENGLISH) != os.strerror(number)


def test_a_reason_nobody_has_words_for_stays_as_it_came() -> None:
    assert reason_text("the moon is full", ENGLISH) == "the moon is full"


def test_a_file_that_cannot_be_used_is_named_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as found:
        (tmp_path / "gone").read_bytes()
    text = file_problem_text(found.value, ENGLISH)
    assert text == (
        f"The file {tmp_path / 'gone'} cannot be read or written: no such file or folder"
    )
    assert "the disk" in file_problem_text(
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), ENGLISH
    )


def test_a_refused_file_says_why_it_cannot_be_read() -> None:
    problem = Problem("", "not_readable", "x", {"reason": os.strerror(errno.ENOENT)})
    assert expected_text(problem, ENGLISH) == "a file that can be read: no such file or folder"
