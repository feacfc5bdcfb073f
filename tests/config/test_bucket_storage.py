"""With media in a bucket, visitors get them from the site, and nothing is on its disk."""

import gc
import io
import socket
import warnings

import pytest
from botocore.config import Config
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, CollectionViewRestriction

from config import bucket_storage
from config.bucket_storage import BucketMedia
from config.stores import media_storage, private_storage
from jobs.files import (
    delete_all_files,
    delete_files,
    file_exists,
    open_file,
    store_file,
)
from jobs.models import Job
from tests.bucket_server import BucketServer

BUCKET = "s3://k:s@s3.example.org/b?region=eu-west-2"


@pytest.fixture(scope="module")
def server():
    server = BucketServer()
    yield server
    server.stop()


@pytest.fixture
def bucket(db, server, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": media_storage(server.url),
        "private": private_storage(server.url, tmp_path / "private"),
    }
    settings.MEDIA_ROOT = tmp_path / "media"
    yield server
    assert not settings.MEDIA_ROOT.exists()
    assert not (tmp_path / "private").exists()
    # Temporary files of pictures, which Wagtail leaves to Python to close.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def a_png():
    stream = io.BytesIO()
    Picture.new("RGB", (40, 30), "red").save(stream, "PNG")
    return SimpleUploadedFile("cells.png", stream.getvalue(), "image/png")


def test_a_picture_is_served_by_the_site(bucket, client):
    file = a_png()
    image = Image.objects.create(title="Cells", file=file)
    assert image.file.url.startswith("/media/original_images/cells")
    small = image.get_rendition("width-20")
    assert small.url.startswith("/media/images/")
    assert small.url.removeprefix("/") in bucket.names()
    response = client.get(small.url)
    assert response.headers["Content-Type"] == "image/png"
    assert Picture.open(io.BytesIO(response.getvalue())).size == (20, 15)


def test_two_files_of_one_name_stay_two(bucket):
    first, second = (Image.objects.create(title="A", file=a_png()) for _ in range(2))
    assert first.file.name != second.file.name


def test_what_is_not_there_is_not_found(bucket, client):
    assert client.get("/media/images/none.png").status_code == 404


def a_document(text=b"For staff only."):
    return Document.objects.create(
        title="Paper", file=SimpleUploadedFile("paper.txt", text)
    )


def test_a_document_is_served_by_the_site_and_only_to_whom_it_may(bucket, client):
    document = a_document()
    response = client.get(document.url)
    assert (response.status_code, response.getvalue()) == (200, b"For staff only.")
    CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type="login"
    )
    assert client.get(document.url).status_code == 302
    assert client.get(f"/media/images/../{document.file.name}").status_code == 404


def test_what_a_job_made_is_on_all_machines_and_at_no_address(bucket, client):
    job = Job(pk=7)
    store_file(job, "result", io.BytesIO(b"first"))
    store_file(job, "result", io.BytesIO(b"Anna passed."))
    assert bucket.names("private/") == ["private/jobs/7/result"]
    with open_file(job, "result") as file:
        assert file.read() == b"Anna passed."
    for way in ("", "private/", "../private/", "..%2Fprivate%2F", "%2E%2E/private/"):
        answer = client.get(f"/media/{way}jobs/7/result", follow=True)
        assert answer.status_code == 404
    with pytest.raises(SuspiciousOperation):
        default_storage.open("../private/jobs/7/result")
    with pytest.raises(ValueError, match="no address"):
        storages["private"].url("jobs/7/result")


@pytest.mark.sweep
def test_what_jobs_made_is_deleted_from_the_bucket(bucket):
    first, second = Job(pk=8), Job(pk=9)
    for job in (first, second):
        store_file(job, "0.zip", io.BytesIO(b"draft"))
        store_file(job, "result", io.BytesIO(b"whole"))
    delete_files(first, "0.zip")
    assert file_exists(first, "result")
    delete_files(first)
    assert bucket.names("private/jobs/8") == []
    with pytest.raises(FileNotFoundError):
        open_file(first, "result")
    delete_all_files()
    assert bucket.names("private/") == []


def test_readiness_asks_the_bucket(bucket, client, settings):
    assert client.get("/readyz/media").text == "works"
    gone = media_storage(bucket.url.replace("/media", "/gone"))
    gone["OPTIONS"]["endpoint_url"] = "http://127.0.0.1:9"
    impatient = Config(connect_timeout=1, retries={"max_attempts": 0})
    gone["OPTIONS"]["client_config"] = impatient
    settings.STORAGES = settings.STORAGES | {"default": gone}
    assert client.get("/readyz/media").status_code == 503


def test_a_bucket_that_does_not_respond_is_given_up(db, client, settings, monkeypatch):
    soon = Config(read_timeout=0.2, retries={"total_max_attempts": 2})
    monkeypatch.setattr(bucket_storage, "PATIENCE", bucket_storage.PATIENCE.merge(soon))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"s3+http://key:secret@127.0.0.1:{silent.getsockname()[1]}/media"
        settings.STORAGES = settings.STORAGES | {"default": media_storage(url)}
        assert client.get("/readyz/media").status_code == 503


def test_no_bucket_keeps_a_thread_for_long():
    client_config = BucketMedia(**media_storage(BUCKET)["OPTIONS"]).client_config
    assert client_config.s3 == {"addressing_style": "path"}
    assert client_config.connect_timeout + client_config.read_timeout < 20


def test_a_backup_says_that_it_does_not_hold_the_bucket(bucket, tmp_path, settings):
    settings.SECRET_KEY_FILE = None
    output = io.StringIO()
    call_command("backup", str(tmp_path / "site.backup"), stdout=output)
    assert "Media are not in it" in output.getvalue()


@pytest.mark.parametrize(
    "url",
    [
        "s3://key:secret@s3.example.org",
        "s3://s3.example.org/bucket",
        "https://key:secret@s3.example.org/bucket",
        "bucket",
    ],
)
def test_an_address_that_lacks_something_stops_the_start(url):
    with pytest.raises(ImproperlyConfigured, match="MEDIA_STORAGE_URL must be like"):
        media_storage(url)


def test_an_address_may_name_a_region():
    options = media_storage(BUCKET)["OPTIONS"]
    assert options["region_name"] == "eu-west-2"
    assert options["endpoint_url"] == "https://s3.example.org"
