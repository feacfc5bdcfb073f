"""Settings for `script/server --dev`: errors in the browser, no hashed file names."""

from config.settings.production import *

DEBUG = True
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
