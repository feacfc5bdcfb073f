import pytest

SECRET = "anteroom.sqlite3"


@pytest.fixture
def media(settings, tmp_path):
    (tmp_path / "media" / "images").mkdir(parents=True)
    (tmp_path / "media" / "documents").mkdir()
    (tmp_path / "media" / "images" / "follicle.png").write_bytes(b"a picture")
    (tmp_path / "media" / "documents" / "private.pdf").write_bytes(b"for some only")
    (tmp_path / SECRET).write_bytes(b"everything")
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def test_pictures_are_served(client, db, media):
    answer = client.get("/media/images/follicle.png")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"a picture"


@pytest.mark.parametrize(
    "path",
    [
        "documents/private.pdf",
        "images/../documents/private.pdf",
        "images/x/../../documents/private.pdf",
        "images/missing.png",
        "images/",
        f"images/../../{SECRET}",
        f"images/..%2f..%2f{SECRET}",
    ],
)
def test_nothing_else_below_media_is_served(client, db, media, path):
    assert 400 <= client.get(f"/media/{path}", follow=True).status_code < 500


def test_health_is_not_redirected_to_https(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/privacy/").status_code == 301
