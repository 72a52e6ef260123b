"""The set-up script decides rightly what is missing, what is current and what is passed on."""

import ast
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("desk", ROOT / "desk.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


desk = _load()


def _libraries(*sonames: str) -> list[object]:
    return [library for library in desk.LIBRARIES if library.soname in sonames]


def test_without_arguments_the_workbench_opens() -> None:
    assert desk.parse([]) == ("open", [])


def test_what_follows_run_goes_to_the_command_line() -> None:
    given = ["run", "--", "run", "case.json", "--json"]
    assert desk.parse(given) == ("run", ["run", "case.json", "--json"])
    assert desk.parse(["run", "demo", "folder"]) == ("run", ["demo", "folder"])


@pytest.mark.parametrize("given", [["tests"], ["setup", "now"], ["open", "case.json"]])
def test_a_wrong_command_is_refused(given: list[str]) -> None:
    with pytest.raises(ValueError, match=given[-1]):
        desk.parse(given)


def test_tests_run_in_two_processes_unless_told_otherwise() -> None:
    two = ["-n", "2", "--dist", "loadfile"]
    assert desk.pytest_arguments(["-k", "loan"]) == [*two, "-k", "loan"]
    assert desk.pytest_arguments(["--no-header"]) == [*two, "--no-header"]
    for own in (["-n", "0"], ["-n4"], ["--numprocesses=1"], ["-p", "no:xdist"]):
        assert desk.pytest_arguments(own) == own


@pytest.mark.parametrize(
    ("environment", "system", "lacks"),
    [
        ({}, "linux", True),
        ({"DISPLAY": ""}, "linux", True),
        ({"DISPLAY": ":0"}, "linux", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", False),
        ({"QT_QPA_PLATFORM": "vnc"}, "linux", False),
        ({}, "win32", False),
        ({}, "darwin", False),
    ],
)
def test_only_a_linux_without_display_cannot_show_a_window(
    environment: dict[str, str], system: str, lacks: bool
) -> None:
    assert desk.lacks_display(environment, system) is lacks


def test_a_package_is_asked_for_under_the_name_this_debian_knows() -> None:
    missing = _libraries("libglib-2.0.so.0", "libGL.so.1")
    bookworm = {"libglib2.0-0", "libgl1"}
    trixie = {"libglib2.0-0t64", "libgl1"}
    assert desk.debian_packages(missing, bookworm.__contains__) == ["libglib2.0-0", "libgl1"]
    assert desk.debian_packages(missing, trixie.__contains__) == ["libglib2.0-0t64", "libgl1"]


def test_libraries_of_one_fedora_package_name_it_once() -> None:
    missing = _libraries("libxcb-shape.so.0", "libxcb-xkb.so.1", "libEGL.so.1")
    assert desk.fedora_packages(missing) == ["libglvnd-egl", "libxcb"]


def test_nothing_missing_needs_no_package() -> None:
    assert desk.debian_packages([], lambda _: True) == []
    assert desk.fedora_packages([]) == []


def test_unpacked_libraries_come_before_those_the_person_named(tmp_path: Path) -> None:
    folder = tmp_path / "usr/lib/x86_64-linux-gnu"
    folder.mkdir(parents=True)
    found = desk.library_environment({"LD_LIBRARY_PATH": "/opt/own"}, tmp_path)
    assert found["LD_LIBRARY_PATH"].split(os.pathsep) == [str(folder), "/opt/own"]


def test_without_unpacked_libraries_the_environment_stays_as_it_is(tmp_path: Path) -> None:
    assert desk.library_environment({"LANG": "C"}, tmp_path / "none") == {"LANG": "C"}


def test_a_changed_lock_or_project_is_installed_again_in_the_same_place() -> None:
    stamp = desk.make_stamp(b"lock", b"project")
    assert desk.make_stamp(b"lock", b"project") == stamp
    for changed in (desk.make_stamp(b"lock 2", b"project"), desk.make_stamp(b"lock", b"other")):
        assert changed != stamp
        assert desk.same_place(changed, stamp)


def test_another_python_or_folder_or_an_interrupted_set_up_starts_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stamp = desk.make_stamp(b"lock", b"project")
    assert not desk.same_place("", stamp)
    monkeypatch.setattr(desk, "ROOT", tmp_path)
    assert not desk.same_place(desk.make_stamp(b"lock", b"project"), stamp)


def test_the_stamp_counts_only_beside_a_python(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(desk, "VENV", tmp_path)
    monkeypatch.setattr(desk, "STAMP", tmp_path / "stamp.txt")
    desk.STAMP.write_text(desk.wanted_stamp(), encoding="utf-8")
    assert not desk.is_ready()
    desk.in_venv("python").parent.mkdir()
    desk.in_venv("python").touch()
    assert desk.is_ready()
    desk.STAMP.write_text("half", encoding="utf-8")
    assert not desk.is_ready()


def test_an_old_python_is_told_which_one_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    with pytest.raises(desk.SetupFailed, match=r"Python 3\.11 or newer is needed"):
        desk.check_machine()


def test_an_old_linux_is_told_which_one_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(desk.platform, "libc_ver", lambda: ("glibc", "2.31"))
    monkeypatch.setattr(desk.platform, "machine", lambda: "x86_64")
    with pytest.raises(desk.SetupFailed, match=r"has glibc 2\.31, 2\.34 is needed"):
        desk.check_machine()


def test_the_script_keeps_to_the_syntax_of_python_3_8() -> None:
    source = (ROOT / "desk.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))


def test_a_wrong_command_ends_with_code_2_and_leaves_the_output_clean() -> None:
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(ROOT / "desk.py"), "tset"], capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"tset" in done.stderr


def test_the_lock_names_no_address_and_a_hash_for_each_package() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?:|--index|--find-links|--extra|--trusted", lock)
    packages = re.sub(r"\\\n", " ", lock).strip().splitlines()
    assert len(packages) > 50
    for line in packages:
        assert re.match(r"[\w.-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}", line), line
