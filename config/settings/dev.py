"""Settings for `script/server --dev`: errors in the browser, no hashed file names."""

from config.settings.production import *

DEBUG = True
# A template that was changed is seen at once.
KEEPS_PAGES = False
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
