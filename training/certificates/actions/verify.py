"""Verify the evidence in this folder: python3 verify.py

Every file must have the SHA-256 given in manifest.json, and none may be missing or have
been added. Papers must also have the SHA-256 that is their name. Needs only Python 3.8
or newer, and no network.
"""

import hashlib
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MANIFEST = "manifest.json"
PAPER = re.compile(r"papers/.*\.json$")


def sha256_of(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def find_differences():
    named = json.loads((HERE / MANIFEST).read_text(encoding="utf-8"))["files"]
    found = {
        file.relative_to(HERE).as_posix(): file
        for file in HERE.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    found.pop(MANIFEST)
    for name in sorted(set(named) - set(found)):
        yield f"missing: {name}"
    for name in sorted(set(found) - set(named)):
        yield f"added: {name}"
    for name in sorted(set(named) & set(found)):
        digest = sha256_of(found[name])
        if digest != named[name]:
            yield f"changed: {name}"
        elif PAPER.match(name) and found[name].stem != digest:
            yield f"paper does not match its name: {name}"


def main():
    wrong = list(find_differences())
    for line in wrong:
        sys.stdout.write(line + "\n")
    if wrong:
        return 1
    sys.stdout.write("Every file is as it was when the evidence was exported.\n")
    digest = sha256_of(HERE / MANIFEST)
    sys.stdout.write(
        f"The site's log must give this SHA-256 of the manifest: {digest}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
