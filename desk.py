#!/usr/bin/env python3
"""Set up and start the Blue Carbon Desk. 安装并启动蓝碳金融工作台。

python3 desk.py                open the workbench on the demonstration book
python3 desk.py test [ARGS]    run all tests; ARGS go to pytest
python3 desk.py run -- ARGS    run the command line `bluecarbon` with ARGS
python3 desk.py setup          only make everything ready

On Windows write `py` for `python3`. What is missing is installed first: the system libraries
Qt needs (Debian and Ubuntu), a virtual environment in `.venv`, and the packages of
`requirements.lock`. When nothing is missing this takes no time. The record of the last
installation is `.setup/setup.log`.

Exit codes: 0 done, 1 set-up not possible, 2 wrong use, 3 no display; otherwise those of the
program that was started.
"""

# Standard library only, and nothing newer than Python 3.8: an old Python must get as far as
# the sentence that says which one is needed.
from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Callable, Mapping, NamedTuple, NoReturn, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "desk-stamp.txt"
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
PRIVATE = ROOT / ".setup"
LIBRARY_ROOT = PRIVATE / "lib-root"
LOG = PRIVATE / "setup.log"

OLDEST_PYTHON = (3, 11)
OLDEST_GLIBC = {"x86_64": (2, 34), "aarch64": (2, 39)}  # what the wheels of Qt 6.12 are built for
COMMANDS = ("open", "test", "run", "setup")
FAILED, WRONG_USE, NO_DISPLAY = 1, 2, 3


class Library(NamedTuple):
    """A shared library of Qt, its Debian packages (newest name first) and its Fedora package."""

    soname: str
    debian: tuple[str, ...]
    fedora: str


LIBRARIES = (
    Library("libglib-2.0.so.0", ("libglib2.0-0t64", "libglib2.0-0"), "glib2"),
    Library("libGL.so.1", ("libgl1",), "libglvnd-glx"),
    Library("libEGL.so.1", ("libegl1",), "libglvnd-egl"),
    Library("libxkbcommon.so.0", ("libxkbcommon0",), "libxkbcommon"),
    Library("libdbus-1.so.3", ("libdbus-1-3",), "dbus-libs"),
    Library("libfontconfig.so.1", ("libfontconfig1",), "fontconfig"),
    Library("libgssapi_krb5.so.2", ("libgssapi-krb5-2",), "krb5-libs"),
    # for a window on Wayland and on X11
    Library("libwayland-cursor.so.0", ("libwayland-cursor0",), "libwayland-cursor"),
    Library("libxcb-cursor.so.0", ("libxcb-cursor0",), "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", ("libxcb-icccm4",), "xcb-util-wm"),
    Library("libxcb-keysyms.so.1", ("libxcb-keysyms1",), "xcb-util-keysyms"),
    Library("libxcb-shape.so.0", ("libxcb-shape0",), "libxcb"),
    Library("libxcb-xkb.so.1", ("libxcb-xkb1",), "libxcb"),
    Library("libxkbcommon-x11.so.0", ("libxkbcommon-x11-0",), "libxkbcommon-x11"),
    Library("libxcb-render-util.so.0", ("libxcb-render-util0",), "xcb-util-renderutil"),
    Library("libxcb-image.so.0", ("libxcb-image0",), "xcb-util-image"),
    # to find printers
    Library("libcups.so.2", ("libcups2t64", "libcups2"), "cups-libs"),
)
TRY_TO_LOAD = """
import ctypes, sys
for soname in sys.argv[1:]:
    try:
        ctypes.CDLL(soname)
    except OSError:
        print(soname)
"""
# Data the libraries look for, used from LIBRARY_ROOT where the system has none.
LIBRARY_DATA = {
    "FONTCONFIG_PATH": "etc/fonts",
    "XKB_CONFIG_ROOT": "usr/share/X11/xkb",
    "XLOCALEDIR": "usr/share/X11/locale",
}


class SetupFailed(Exception):
    """A step of the set-up cannot be completed; the text says what to do."""


# ---------------------------------------------------------------- decisions, without side effects


def parse(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Return the command and what is passed on to it.

    Raises:
        ValueError: no such command, or arguments for a command that takes none.
    """
    command, rest = (arguments[0], list(arguments[1:])) if arguments else ("open", [])
    if command not in COMMANDS:
        raise ValueError("Unknown command / 未知命令: " + command)
    if command in ("open", "setup") and rest:
        raise ValueError("`" + command + "` takes no arguments / 不接受参数: " + " ".join(rest))
    if command == "run" and rest[:1] == ["--"]:
        rest = rest[1:]
    return command, rest


def pytest_arguments(given: Sequence[str]) -> list[str]:
    """Return the arguments of pytest: two processes, unless the person says otherwise."""
    chosen = any(
        argument.startswith(("-n", "--numprocesses")) or "no:xdist" in argument
        for argument in given
    )
    return [*([] if chosen else ["-n", "2", "--dist", "loadfile"]), *given]


def lacks_display(environment: Mapping[str, str], system: str) -> bool:
    """Return whether a window cannot be shown; a chosen Qt platform is taken at its word."""
    shown_by = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return system.startswith("linux") and not any(environment.get(name) for name in shown_by)


def debian_packages(missing: Sequence[Library], known: Callable[[str], bool]) -> list[str]:
    """Return the Debian packages of libraries, each under the name this release knows."""
    names = [next(filter(known, library.debian), library.debian[-1]) for library in missing]
    return list(dict.fromkeys(names))


def fedora_packages(missing: Sequence[Library]) -> list[str]:
    """Return the Fedora packages of libraries."""
    return list(dict.fromkeys(library.fedora for library in missing))


def make_stamp(lock: bytes, project: bytes) -> str:
    """Return what a finished installation is known by; first line: Python and place."""
    place = "{} {}.{} {}".format(sys.implementation.cache_tag, *sys.version_info[:2], ROOT)
    digests = (hashlib.sha256(content).hexdigest() for content in (lock, project))
    return "\n".join([place, *digests]) + "\n"


def same_place(one: str, other: str) -> bool:
    """Return whether two stamps are of the same Python in the same folder."""
    return one.splitlines()[:1] == other.splitlines()[:1]


def library_environment(environment: Mapping[str, str], root: Path) -> dict[str, str]:
    """Return the environment in which libraries unpacked under `root` are found."""
    found = dict(environment)
    places = ("usr/lib/*-linux-gnu*", "lib/*-linux-gnu*")
    folders = [str(folder) for place in places for folder in sorted(root.glob(place))]
    if folders:
        before = found.get("LD_LIBRARY_PATH")
        found["LD_LIBRARY_PATH"] = os.pathsep.join([*folders, *([before] if before else [])])
        for variable, place in LIBRARY_DATA.items():
            if (root / place).is_dir() and not Path("/", place).is_dir():
                found.setdefault(variable, str(root / place))
    return found


# ---------------------------------------------------------------- talking and running


def say(english: str, chinese: str = "") -> None:
    """Tell one line on the error stream, so that the output of `run` stays clean."""
    print(english + (" / " + chinese if chinese else ""), file=sys.stderr, flush=True)


def logged(
    command: Sequence[str | Path], environment: Mapping[str, str] | None = None, note: str = ""
) -> bool:
    """Run a command with its output in the log; return whether it succeeded.

    On a terminal, output lines that begin with `note` are shown, each over the last one.
    """
    PRIVATE.mkdir(exist_ok=True)
    words = [str(word) for word in command]
    with LOG.open("a", encoding="utf-8") as log:
        log.write("$ " + " ".join(words) + "\n")
        try:
            process = subprocess.Popen(
                words,
                env=dict(environment or os.environ),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as problem:
            log.write(str(problem) + "\n")
            return False
        with process:
            for line in process.stdout or ():
                log.write(line)
                if note and line.startswith(note) and sys.stderr.isatty():
                    sys.stderr.write(f"\r  {line.strip():<76.76}")
        if note and sys.stderr.isatty():
            sys.stderr.write("\r" + " " * 78 + "\r")
        return process.returncode == 0


def answer(command: Sequence[str], environment: Mapping[str, str] | None = None) -> str | None:
    """Return what a command prints, or None when it fails or does not exist."""
    try:
        done = subprocess.run(
            command,
            env=dict(environment or os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def log_tail() -> str:
    """Return the errors at the end of the log, or its last lines."""
    lines = LOG.read_text(encoding="utf-8", errors="replace").splitlines() if LOG.exists() else []
    lines = lines[-40:]
    errors = [line for line in lines if line.startswith(("ERROR", "E:", "W: Failed"))]
    return "\n".join("  " + line for line in errors[:8] or lines[-8:])


def become(command: Sequence[str | Path], environment: Mapping[str, str]) -> NoReturn:
    """Go on as another program; where there is no such thing, run it and end with its code."""
    words = [str(word) for word in command]
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(words[0], words, dict(environment))
    sys.exit(subprocess.call(words, env=dict(environment)))


# ---------------------------------------------------------------- system packages


def missing_libraries() -> list[Library]:
    """Return the libraries of Qt that cannot be loaded."""
    if not sys.platform.startswith("linux"):
        return []
    sonames = [library.soname for library in LIBRARIES]
    environment = library_environment(os.environ, LIBRARY_ROOT)
    printed = answer([sys.executable, "-I", "-c", TRY_TO_LOAD, *sonames], environment) or ""
    return [library for library in LIBRARIES if library.soname in printed.split()]


def can_make_pip() -> bool:
    """Return whether this Python can put pip into a new environment."""
    return importlib.util.find_spec("ensurepip") is not None or pip_wheel() is not None


def pip_wheel() -> Path | None:
    """Return the wheel of pip that Debian's `python3-pip-whl` installs, if it is there."""
    places = (Path("/"), LIBRARY_ROOT)
    wheels = [found for at in places for found in at.glob("usr/share/python-wheels/pip-*.whl")]
    return wheels[-1] if wheels else None


def install_system_packages(missing: Sequence[Library]) -> None:
    """Install what Qt and a virtual environment need from Debian's or Ubuntu's archive."""
    if shutil.which("apt-get"):
        install_with_apt(missing)
        importlib.invalidate_caches()
        missing = missing_libraries()
    if missing:
        say(
            "Install these system libraries by hand, the workbench may not start without them:",
            "请手动安装以下系统库:",
        )
        say("  " + " ".join(library.soname for library in missing))
        say("  apt-get install " + " ".join(debian_packages(missing, lambda _: False)))
        say("  dnf install " + " ".join(fedora_packages(missing)))


def install_with_apt(missing: Sequence[Library]) -> None:
    """Install as administrator if the person is one, otherwise into the project's own folder."""
    venv_packages = (f"python3.{sys.version_info[1]}-venv", "python3-venv")
    prefix = administrator()
    if prefix is not None:
        say("Installing system libraries ...", "正在安装系统库 ...")
        apt = [*prefix, "apt-get", "-y", "-o", "DPkg::Lock::Timeout=120"]
        logged([*apt, "update"])  # an old list may still do
        names = wanted_packages(missing, [], venv_packages)
        # sudo drops the variable; the packages here ask no question in any case
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        if logged([*apt, "install", "--no-install-recommends", *names], quiet):
            return
        say("That did not work; the reason:", "未能安装,原因:")
        say(log_tail())
    say(
        "Unpacking system libraries into .setup (no administrator rights needed) ...",
        "正在把系统库解压到 .setup ...",
    )
    if not unpack_privately(missing):
        say("That did not work; the reason:", "未能安装,原因:")
        say(log_tail())


def administrator() -> list[str] | None:
    """Return the words that go before a command to run it as administrator, None without rights."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if answer(["sudo", "-n", "true"]) is not None:
        return ["sudo", "-n"]
    if not sys.stdin.isatty():
        return None
    say(
        "Some system libraries are missing. Give your password to install them, or press Ctrl-C "
        "to go on without administrator rights.",
        "缺少系统库:输入密码安装,或按 Ctrl-C 跳过。",
    )
    try:
        return ["sudo"] if subprocess.call(["sudo", "-v"]) == 0 else None
    except KeyboardInterrupt:
        say("")
        return None


def wanted_packages(
    missing: Sequence[Library], options: Sequence[str], pip_from: Sequence[str]
) -> list[str]:
    """Return the Debian packages to install; one of `pip_from` where pip cannot be had else."""

    def known(name: str) -> bool:
        printed = answer(["apt-cache", *options, "show", "--no-all-versions", name]) or ""
        return ("Package: " + name + "\n") in printed

    for_pip = [] if can_make_pip() else [next(filter(known, pip_from), pip_from[-1])]
    return debian_packages(missing, known) + for_pip


def unpack_privately(missing: Sequence[Library]) -> bool:
    """Download the packages with all they need and unpack them under `.setup`."""
    apt_root = PRIVATE / "apt"
    for folder in ("state/lists/partial", "cache/archives/partial"):
        (apt_root / folder).mkdir(parents=True, exist_ok=True)
    settings = {
        "Dir::State": str(apt_root / "state"),
        "Dir::State::status": "/var/lib/dpkg/status",
        "Dir::Cache": str(apt_root / "cache"),
        "Debug::NoLocking": "true",
    }
    options = [word for key, value in settings.items() for word in ("-o", key + "=" + value)]
    logged(["apt-get", *options, "update"])
    names = wanted_packages(missing, options, ("python3-pip-whl",))
    fetch = ["install", "-y", "--download-only", "--no-install-recommends", *names]
    done = logged(["apt-get", *options, *fetch])
    for archive in sorted((apt_root / "cache/archives").glob("*.deb")):
        if not is_installed(archive.name.split("_")[0]):
            done = logged(["dpkg-deb", "-x", archive, LIBRARY_ROOT]) and done
    if done:
        shutil.rmtree(apt_root, ignore_errors=True)
    return done


def is_installed(package: str) -> bool:
    """Return whether dpkg has the package; its files must not be shadowed by another version."""
    return answer(["dpkg-query", "-W", "-f=${db:Status-Status}", package]) == "installed"


# ---------------------------------------------------------------- the virtual environment


def in_venv(name: str) -> Path:
    """Return a program of the virtual environment."""
    return VENV / "Scripts" / (name + ".exe") if os.name == "nt" else VENV / "bin" / name


def wanted_stamp() -> str:
    """Return the stamp of an installation of the files as they are now."""
    return make_stamp(LOCK.read_bytes(), PROJECT.read_bytes())


def present_stamp() -> str:
    """Return the stamp of the last finished installation, "" without one."""
    usable = STAMP.is_file() and in_venv("python").exists()
    return STAMP.read_text(encoding="utf-8") if usable else ""


def is_ready() -> bool:
    """Return whether the virtual environment is that of the present lock, Python and folder."""
    return present_stamp() == wanted_stamp()


def ensure_environment() -> None:
    """Make `.venv` and install the locked packages; the stamp is written when all is done."""
    before, wanted = present_stamp(), wanted_stamp()
    if before == wanted:
        return
    if not same_place(before, wanted):
        say("Making .venv ...", "正在创建 .venv ...")
        make_environment()
    STAMP.unlink(missing_ok=True)
    say(
        "Installing Python packages (about 300 MB, only once) ...",
        "正在安装 Python 包(约 300 MB,仅一次)...",
    )
    lock: list[str | Path] = ["--only-binary", ":all:", "--require-hashes", "-r", LOCK]
    project: list[str | Path] = ["--no-deps", "--no-build-isolation", "-e", ROOT]
    for arguments in (lock, project):
        if not pip("install", *arguments):
            raise SetupFailed(
                "The Python packages could not be installed. Is there a way to the package index "
                "(network, proxy, pip's own configuration)? / 无法安装 Python 包,请检查网络。\n"
                + log_tail()
                + "\nThe whole record: "
                + str(LOG)
            )
    STAMP.write_text(wanted, encoding="utf-8")


def make_environment() -> None:
    """Make an empty `.venv` with pip in it."""
    if VENV.is_symlink():
        VENV.unlink()
    with_pip = importlib.util.find_spec("ensurepip") is not None
    options = ["--clear", *([] if with_pip else ["--without-pip"])]
    made = logged([sys.executable, "-m", "venv", *options, VENV])
    if made and not with_pip:
        wheel = pip_wheel()
        install = ["install", "--no-index", "--no-deps", str(wheel)]
        made = wheel is not None and logged([in_venv("python"), wheel / "pip", *install])
    if not made:
        raise SetupFailed(
            "The virtual environment could not be made: this Python cannot install pip. On Debian "
            "and Ubuntu: apt-get install python3-venv / 无法创建虚拟环境,请安装 python3-venv。\n"
            + log_tail()
        )


def pip(*arguments: str | Path) -> bool:
    """Run the pip of `.venv`; return whether it succeeded."""
    environment = dict(os.environ, PIP_USER="0", PYTHONNOUSERSITE="1")
    common = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    command = [in_venv("python"), "-m", "pip", *arguments, *common]
    return logged(command, environment, note="Collecting")


# ---------------------------------------------------------------- commands


def check_machine() -> None:
    """Refuse a Python or a Linux that the packages are not made for.

    Raises:
        SetupFailed: with the sentence that says what is needed.
    """
    if sys.version_info < OLDEST_PYTHON:
        present = f"{platform.python_version()} ({sys.executable})"
        raise SetupFailed(
            f"Python 3.11 or newer is needed, this is {present}. / 需要 Python 3.11 或更新版本。"
        )
    name, version = platform.libc_ver() if sys.platform.startswith("linux") else ("", "")
    oldest = OLDEST_GLIBC.get(platform.machine())
    if name == "glibc" and oldest and tuple(map(int, version.split(".")[:2])) < oldest:
        raise SetupFailed(
            "This Linux is too old for Qt 6.12: it has glibc {}, {}.{} is needed "
            "(Debian 12, Ubuntu 22.04 or newer). / 系统版本过旧。".format(version, *oldest)
        )


def set_up() -> None:
    """Make everything ready, as fast as possible when it is."""
    check_machine()
    missing = missing_libraries()
    if not missing and is_ready():
        return
    LOG.unlink(missing_ok=True)
    if missing or not can_make_pip():
        install_system_packages(missing)
    ensure_environment()


def tell_no_display() -> None:
    """Say what to do where no window can be shown."""
    say(
        "There is no display, so no window can be shown. Start it on a desktop, or over "
        "`ssh -X`, or as `xvfb-run python3 desk.py`.",
        "没有显示器,无法打开窗口。",
    )
    say("Without a window / 不用窗口:")
    say("  python3 desk.py run -- demo DIR          write the demonstration cases / 写出示例")
    say("  python3 desk.py run -- run CASE --json   compute a case / 计算一个案例")


def start(command: str, rest: Sequence[str]) -> None:
    """Go on as the program the command stands for."""
    environment = library_environment(os.environ, LIBRARY_ROOT)
    if command == "open":
        become([in_venv("python"), "-P", "-m", "app"], environment)
    if command == "run":
        become([in_venv("bluecarbon"), *rest], environment)
    if command == "test":
        environment["QT_QPA_PLATFORM"] = "offscreen"
        os.chdir(str(ROOT))
        become([in_venv("python"), "-m", "pytest", *pytest_arguments(rest)], environment)
    say("Ready.", "就绪。")


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; return the exit code."""
    if arguments and arguments[0] in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    try:
        command, rest = parse(arguments)
    except ValueError as problem:
        say(f"{problem}\nHelp / 帮助: python3 desk.py --help")
        return WRONG_USE
    if command == "open" and lacks_display(os.environ, sys.platform):
        tell_no_display()
        return NO_DISPLAY
    try:
        set_up()
        start(command, rest)
        return 0
    except SetupFailed as problem:
        reason = str(problem)
    except OSError as problem:
        reason = f"The project folder cannot be used / 无法读写项目文件夹: {problem}"
    except KeyboardInterrupt:
        reason = "\nStopped; the next start takes it up again. / 已中断,下次启动时继续。"
    say(reason)
    return FAILED


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that has no Chinese
    sys.exit(main(sys.argv[1:]))
