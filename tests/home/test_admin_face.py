"""The admin has the site's name, mark and colours."""

import colorsys
import re

import pytest
from django.conf import settings

from tests.factories import UserFactory
from tests.home.test_contrast import contrast

ADMIN_CSS = settings.BASE_DIR / "home/static/css/admin.css"


def menu_colour(lighter=0):
    """Return the colour behind the menu, or a lighter or darker one of Wagtail's."""
    css = ADMIN_CSS.read_text(encoding="utf-8")
    hue, saturation, lightness = (
        float(re.search(rf"--w-color-primary-{part}: ([\d.]+)", css)[1])
        for part in ("hue", "saturation", "lightness")
    )
    parts = colorsys.hls_to_rgb(
        hue / 360, (lightness + lighter) / 100, saturation / 100
    )
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


# Wagtail darkens the item that is open by 4.1 %. Its labels are white at 80 %.
@pytest.mark.parametrize("lighter", [0, -4.1])
def test_labels_of_the_menu_stand_out(lighter):
    assert contrast("#cccccc", menu_colour(lighter)) >= 4.5


def test_the_mark_stands_out_in_the_menu():
    wall = re.search(r"app-mark__wall { fill: (#\w+)", ADMIN_CSS.read_text())[1]
    assert contrast(wall, menu_colour()) >= 3


def test_every_page_of_the_admin_has_them(client, db):
    client.force_login(UserFactory(administrator=True))
    for path in ("/admin/", "/admin/images/"):
        page = client.get(path).text
        assert "css/admin.css" in page
        assert "app-mark__door" in page
        assert "- Anteroom</title>" in " ".join(page.split())
