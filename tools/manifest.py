"""Writes the checksums of the shipped tables into their manifest.

Run `python tools/manifest.py` after changing a file of resources/reference. A file that the
manifest does not name is listed: give it a title and a source there first.
"""

import hashlib
import re
import sys
from pathlib import Path

MANIFEST = Path(__file__).parent.parent / "resources" / "reference" / "manifest.toml"
_ENTRY = re.compile(
    r'(^\[tables\."(?P<name>[^"]+)"\]\n(?:(?!\[).*\n)*?sha256 = ")[^"]*(")', re.MULTILINE
)


def renewed(text: str, folder: Path) -> str:
    """Return the manifest with the checksum of each file it names as that file is now."""

    def entry(found: re.Match[str]) -> str:
        digest = hashlib.sha256((folder / found["name"]).read_bytes()).hexdigest()
        return f"{found[1]}{digest}{found[3]}"

    return _ENTRY.sub(entry, text)


def unnamed(text: str, folder: Path) -> list[str]:
    """Return the files of the folder that the manifest does not name."""
    named = {found["name"] for found in _ENTRY.finditer(text)} | {MANIFEST.name}
    return sorted(path.name for path in folder.iterdir() if path.name not in named)


def main() -> int:
    """Renew the manifest; fail when a file is not named in it."""
    text = renewed(MANIFEST.read_text(encoding="utf-8"), MANIFEST.parent)
    MANIFEST.write_text(text, encoding="utf-8")
    missing = unnamed(text, MANIFEST.parent)
    for name in missing:
        sys.stderr.write(f"not in the manifest: {name}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
