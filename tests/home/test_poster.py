"""The poster leads to the site, in letters and as a picture."""

from django.conf import settings


def test_the_poster_shows_the_address_of_the_site(client, db):
    response = client.get("/poster/")
    assert settings.SITE_URL in response.text
    assert "<svg" in response.text
    assert not response.cookies
