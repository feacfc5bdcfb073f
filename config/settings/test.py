"""Settings for the tests: fast hashing, plain static files, mail kept in memory."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")

from config.settings.production import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_AUTOREFRESH = True
CACHES["store"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES["page_store"] = CACHES["store"] | {"LOCATION": "pages"}
# The tests of the page cache switch it on.
KEEPS_PAGES = False
# Few tests need the search or reference index, so nothing is indexed.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
(VAR_DIR / "build").mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR_DIR / "test-media"
STORAGES["private"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
# This database is migrated once. Each run uses a copy, so that runs are independent.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Test data does not need to survive a crash, and waiting for the disk takes half
    # the
    # time.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
    # A file, because threads share it.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test-template.sqlite3"}
else:
    # Tests switch to copies of a database, which a pool would not follow.
    del DATABASES["default"]["OPTIONS"]["pool"]
    # A busy machine is no pulled cable.
    del DATABASES["default"]["OPTIONS"]["connect_timeout"]
    DATABASES["default"]["TEST"] = {"NAME": f"test_{DATABASES['default']['NAME']}"}
