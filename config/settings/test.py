"""Settings of the test suite: fast hashing, plain static files, mail kept in memory."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests")

from .production import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_AUTOREFRESH = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
(VAR_DIR / "build").mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR_DIR / "test-media"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Nothing here need outlive a crash, and waiting for the disk takes half the time.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
    # A file, since threads share it; one for each run, so that runs do not meet.
    DATABASES["default"]["TEST"] = {
        "NAME": Path(tempfile.gettempdir()) / f"anteroom-test-{os.getpid()}.sqlite3"
    }
