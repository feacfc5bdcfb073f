"""Settings for production. What differs between sites comes from the environment."""

from pathlib import Path
from urllib.parse import quote

from config import environment as env
from config.quiet_log import may_be_logged
from config.settings.content_policy import *
from config.settings.languages import *
from config.settings.sign_in import *
from config.settings.time_zones import *
from config.site_address import site_address
from config.stores import (
    bounce_mailbox,
    cache_store,
    database_settings,
    mail_settings,
    media_storage,
    page_store,
    private_storage,
)

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"
# Quoted for URLs, as the project may be in any folder.
_VAR = quote(str(VAR_DIR))

DEBUG = False
# Where the site keeps its key itself: `script/server` makes the file.
SECRET_KEY_FILE = None if env.read_text("SECRET_KEY") else VAR_DIR / "secret-key"
SECRET_KEY = env.read_secret("SECRET_KEY", VAR_DIR / "secret-key")

# One URL determines hosts, secure cookies, redirects and HSTS.
_site = site_address(env.read_text("SITE_URL", "http://127.0.0.1:8000"))
_secure = _site.is_secure
SITE_URL = _site.url
ALLOWED_HOSTS = [_site.host, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [_site.url]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
SECURE_SSL_REDIRECT = _secure
SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz(?:/\w+)?|metrics)$"]
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SESSION_COOKIE_SECURE = _secure
CSRF_COOKIE_SECURE = _secure
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "home.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
# The site is always at the root of its host.
FORCE_SCRIPT_NAME = ""
# The editor shows previews in a frame.
X_FRAME_OPTIONS = "SAMEORIGIN"
# HSTS for subdomains and preloading is up to the owner of the domain.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W019", "security.W021"]
# A long lesson with its questions is about 200 kB in hundreds of fields in the editor.
# A 1 MB file of questions is sent again as text, with two characters per line break.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

INSTALLED_APPS = [
    "home",
    "operating",
    "training.learning",
    "training.people",
    "training.elsewhere",
    "training.classroom",
    "training.reports",
    "training.certificates",
    "training.assignments",
    "training.teams",
    "authoring.translating",
    "authoring.review",
    "authoring.articles",
    "authoring.questions",
    "authoring.arranging",
    "authoring.packs",
    "visit",
    "quizzes",
    "clarity",
    "progress",
    "course",
    "mail",
    "accounts",
    "jobs",
    "languages",
    "page_cache",
    "django_q",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "wagtail_localize",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.users_app.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "operating.middleware.RequestMetricsMiddleware",
    "languages.middleware.LanguageMiddleware",
    "home.middleware.HeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "page_cache.middleware.PageCacheMiddleware",
    "home.middleware.ContentPolicyMiddleware",
    "home.middleware.PermissionsPolicyMiddleware",
    "accounts.middleware.PersonalPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "home.middleware.tablet.TabletMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SentFormsMiddleware",
    "accounts.middleware.AdminAccessMiddleware",
    "training.teams.middleware.TrainersRoomMiddleware",
    "config.steady_cache.CannotCountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# Templates of widgets can be replaced, too.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": database_settings(
        env.read_text("DATABASE_URL", f"sqlite:///{_VAR}/anteroom.sqlite3")
    )
}

# Background tasks, run by `manage.py run_worker`.
Q_CLUSTER = {
    "orm": "default",
    "broker_class": "jobs.broker.UrgentFirstBroker",
    "workers": env.read_number("JOB_WORKERS", 2) or 2,
    # Fetch one task at a time, so that urgent tasks do not have to wait for others.
    "queue_limit": 1,
    "bulk": 1,
    "poll": 0.5,
    "guard_cycle": 1,
    # Workers are replaced regularly to free their memory.
    "recycle": 100,
    "timeout": 60,
    # The queue sets this for each task. The engine requires it to be longer.
    "retry": 90,
    # Failed tasks are shown to operators and not repeated forever.
    "ack_failures": True,
    "save_limit": -1,
    # Tasks missed while no worker was running are run once.
    "catch_up": False,
    # No cache has this name, so the engine keeps no statistics, which it would write
    # every second.
    "cache": "none",
    "ALT_CLUSTERS": {"urgent": {"workers": 1}},
}

# All processes must share the cache, because it counts failed attempts. It uses files
# instead of a table, because every page needs the site's root from the cache, which
# must not cost a query. A wrapper makes sure that its errors do not break pages.
_cache_url = env.read_text("CACHE_URL", f"filecache://{_VAR}/cache")
CACHES = {
    "default": {
        "BACKEND": "config.steady_cache.SteadyCache",
        "OPTIONS": {"STORE": "store"},
    },
    "store": cache_store(_cache_url),
    "pages": {
        "BACKEND": "config.steady_cache.SteadyPageCache",
        "OPTIONS": {"STORE": "page_store"},
    },
    "page_store": page_store(_cache_url),
}
# Whether visitors are sent pages that were built before.
KEEPS_PAGES = True

LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = env.read_text("TIME_ZONE", "UTC")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# `manage.py build_styles` writes to this folder, which git ignores.
STATICFILES_DIRS = [VAR_DIR / "build"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
_storage = env.read_text("MEDIA_STORAGE_URL")
STORAGES = {
    "default": media_storage(_storage),
    # What jobs make, such as evidence packs. No web server may serve it.
    "private": private_storage(_storage, VAR_DIR / "private"),
    "staticfiles": {"BACKEND": "home.static_files.PackedStaticFiles"},
}

EMAIL_CONFIG = mail_settings(env.read_text("EMAIL_URL", "consolemail://"))
vars().update(EMAIL_CONFIG)
# A mail server that hangs must not block the site.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.read_text("DEFAULT_FROM_EMAIL", "anteroom@localhost")
# Where e-mail comes back that cannot be delivered; without one nobody learns of it.
BOUNCE_MAILBOX = bounce_mailbox(env.read_text("BOUNCE_MAILBOX_URL"))

# Who has it may read the metrics; without one there are none.
METRICS_TOKEN = env.read_text("METRICS_TOKEN")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "quiet": {
            "()": "django.utils.log.CallbackFilter",
            "callback": may_be_logged,
        }
    },
    "formatters": {
        "text": {"format": "%(message)s"},
        "json": {"()": "config.json_log.JsonLines"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["quiet"],
            "formatter": env.read_choice("LOG_FORMAT", ("text", "json")),
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Below errors, these log addresses that people requested, which are private.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
        # Who signs in and fails to, by the number of the account.
        "accounts.security": {"level": "INFO"},
        # Its errors are reported by whoever calls it, and these would quote addresses.
        "flufl.bounce": {"level": "CRITICAL"},
    },
}

WAGTAIL_SITE_NAME = "Anteroom"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {"WIDGET": "course.blocks.draftail.SteadyRichTextArea"}
}
# The account pages do this, in the same way for everybody.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# New users without a password sign in with a code and can then choose one.
WAGTAILUSERS_PASSWORD_REQUIRED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_FINISH_WORKFLOW_ACTION = "authoring.review.actions.approval.publish_approved"
# Also from a bucket, which visitors cannot open.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024

# Where to report security problems: an e-mail address or a URL.
SECURITY_CONTACT = env.read_text("SECURITY_CONTACT")

# How long learners without an account are kept after their last action.
LEARNER_IDLE_DAYS = env.read_number("LEARNER_IDLE_DAYS", 90, least=1)

# After how many months `manage.py apply_retention` deletes data. 0 keeps it forever.
RETENTION_CLARITY_MONTHS = env.read_number("RETENTION_CLARITY_MONTHS", 12)
RETENTION_MAIL_MONTHS = env.read_number("RETENTION_MAIL_MONTHS", 24)
RETENTION_INVITATIONS_MONTHS = env.read_number("RETENTION_INVITATIONS_MONTHS", 12)
RETENTION_EVIDENCE_MONTHS = env.read_number("RETENTION_EVIDENCE_MONTHS", 0)
RETENTION_LOG_MONTHS = env.read_number("RETENTION_LOG_MONTHS", 0)
