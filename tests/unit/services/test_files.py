"""Writing of files: in one step, and in the place that was named."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.services.files import same_file, write_atomically

WRITES_FOREVER = """
import sys
from pathlib import Path
from app.services.files import write_atomically
print("ready", flush=True)
while True:
    for sign in b"ab":
        write_atomically(Path(sys.argv[1]), bytes([sign]) * 3_000_000)
"""


def test_a_program_that_is_killed_leaves_a_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "out.bin"
    target.write_bytes(b"a" * 3_000_000)
    command = (sys.executable, "-c", WRITES_FOREVER, str(target))
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:  # noqa: S603 - our own
        assert writer.stdout
        writer.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(0.3)
        writer.kill()
    assert writer.returncode in (-signal.SIGTERM, -9, 1)
    data = target.read_bytes()
    assert (len(data), len(set(data))) == (3_000_000, 1)


def test_a_link_keeps_pointing_to_the_file_that_is_written(tmp_path: Path) -> None:
    place, link = tmp_path / "place.txt", tmp_path / "link.txt"
    place.write_bytes(b"old")
    link.symlink_to(place)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert place.read_bytes() == b"new"
    assert same_file(place, link)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_an_older_file_keeps_its_rights(tmp_path: Path) -> None:
    place = tmp_path / "place.txt"
    place.touch(mode=0o600)
    place.chmod(0o600)
    write_atomically(place, b"new")
    assert place.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomically(pipe, b"new")
        assert os.read(reader, 10) == b"new"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_failure_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "gone" / "out.txt"
    with pytest.raises(OSError, match=r"out\.txt") as failed:
        write_atomically(target, b"new")
    assert failed.value.filename == str(target)
