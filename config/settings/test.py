"""Settings of the test suite: fast hashing, plain static files, mail kept in memory."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")

from config.settings.production import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_AUTOREFRESH = True
CACHES["store"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
# Nobody searches here, and what is used where is asked in few tests: nothing is indexed.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
(VAR_DIR / "build").mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = VAR_DIR / "test-media"
# What is migrated once; each run works on a copy, so that runs do not meet.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Nothing here need outlive a crash, and waiting for the disk takes half the time.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
    )
    # A file, since threads share it.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test-template.sqlite3"}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_{DATABASES['default']['NAME']}"}
