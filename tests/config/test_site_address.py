import pytest
from django.core.exceptions import ImproperlyConfigured

from config.site_address import SiteAddress, site_address


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://Learn.Example.org/",
            SiteAddress("https://learn.example.org", "learn.example.org", True),
        ),
        (
            "http://192.0.2.7:8000",
            SiteAddress("http://192.0.2.7:8000", "192.0.2.7", False),
        ),
        ("http://[::1]:8000", SiteAddress("http://[::1]:8000", "[::1]", False)),
    ],
)
def test_an_address_says_host_and_whether_it_is_secure(url, expected):
    assert site_address(url) == expected


@pytest.mark.parametrize(
    "url", ["", "learn.example.org", "ftp://example.org", "https://", "http://a.org/b"]
)
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        site_address(url)
