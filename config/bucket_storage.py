"""Files in an object storage, which only the site itself can open.

Visitors get pictures and documents from the site, as from its own disk: no page sends
them to another host, and the bucket can stay private.
"""

from botocore.config import Config
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

# The library's own would keep a thread for minutes when a bucket does not respond.
PATIENCE = Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2})


class _Bucket(S3Storage):
    """A bucket that is given up when it does not respond."""

    def __init__(self, **options):
        super().__init__(**options)
        self.client_config = PATIENCE.merge(self.client_config)


class BucketMedia(_Bucket):
    """A bucket whose files have addresses of the site."""

    def url(self, name, *_arguments, **_options):
        return settings.MEDIA_URL + filepath_to_uri(name)


class PrivateBucket(_Bucket):
    """A bucket whose files have no addresses: `jobs.views` hands them out."""

    def url(self, name, *_arguments, **_options):
        raise ValueError("What jobs make has no address.")
