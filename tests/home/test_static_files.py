"""Static files are stored with packed copies beside them."""

import re

import brotli
import pytest
from django.conf import settings

from home.static_files import PackedStaticFiles


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("css/a.css", [".br", ".gz"]),
        ("js/a.js", [".br", ".gz"]),
        ("wagtailadmin/js/a.js", [".gz"]),
    ],
)
def test_what_readers_get_is_packed_with_brotli_too(tmp_path, name, packed):
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.write_text("p { color: black; }\n" * 100)
    storage = PackedStaticFiles(location=tmp_path, base_url="/")
    compressor = storage.create_compressor(quiet=True)
    made = [str(name) for name in compressor.compress(str(file))]
    assert made == [f"{file}{suffix}" for suffix in packed]
    if ".br" in packed:
        smaller = (tmp_path / f"{name}.br").read_bytes()
        assert brotli.decompress(smaller) == file.read_bytes()


def test_no_script_keeps_browsers_from_going_back_at_once():
    """A page with an unload handler is loaded anew (https://web.dev/articles/bfcache)."""
    scripts = [*(settings.BASE_DIR / "home" / "static").rglob("*.js")]
    assert scripts
    for script in scripts:
        assert not re.search(r"\b(before)?unload\b", script.read_text()), script
