"""Settings of Ban Hành: everything an installation decides comes from `BAN_HANH_…` variables.

`docs/reference/settings.md` lists them.
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.database import database

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str, default: bool) -> bool:  # noqa: FBT001
    return os.environ.get(name, "1" if default else "0") == "1"


def _list(name: str, default: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


# An installation that serves citizens sets BAN_HANH_PRODUCTION=1: then a secret key and host
# names are demanded, cookies travel by TLS only, and the demo clock is refused.
PRODUCTION = _flag("BAN_HANH_PRODUCTION", default=False)
DEMO = _flag("BAN_HANH_DEMO", default=not PRODUCTION)
# Printed at the end of `make run` and used by the role cards of the sign-in page.
DEMO_PASSWORD = "banhanh2024"  # noqa: S105
DEBUG = _flag("BAN_HANH_DEBUG", default=False)
SECRET_KEY = os.environ.get("BAN_HANH_SECRET_KEY", "" if PRODUCTION else "demonstration-only-key")
if PRODUCTION and (DEMO or DEBUG or len(SECRET_KEY) < 50):
    raise ImproperlyConfigured(
        "BAN_HANH_PRODUCTION=1 needs BAN_HANH_SECRET_KEY of at least 50 characters, and neither "
        "BAN_HANH_DEMO=1 nor BAN_HANH_DEBUG=1."
    )
ALLOWED_HOSTS = _list(
    "BAN_HANH_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1],testserver"
)
CSRF_TRUSTED_ORIGINS = _list("BAN_HANH_ORIGINS", "")
VAR_DIR = Path(os.environ.get("BAN_HANH_VAR", BASE_DIR / "var"))
FILES_DIR = VAR_DIR / "files"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "guardian",
    "channels",
    "django_htmx",
    "lucide",
    "csp",
    "viewflow",
    "viewflow.workflow",
    "servestatic",
    "django_tasks",
    "django_tasks_db",
    "audit",
    "offices",
    "documents",
    "workflows",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "workflows.views.refusals.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "workflows.views.refusals.RefusalMiddleware",
    "workflows.views.frame.ReadingMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "workflows.views.frame.frame",
            ],
            "builtins": [
                "lucide.templatetags.lucide",
                "workflows.templatetags.ban_hanh",
                "workflows.templatetags.objectives",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ.get("BAN_HANH_DATABASE", ""), base_dir=BASE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

AUTH_USER_MODEL = "offices.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # has_perm is never asked: no backend of guardian
# guardian must not create an anonymous user: nobody acts without a name.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "sign_in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# viewflow's own middleware serves its stock pages, none of which is mounted.
VIEWFLOW = {"AUTOREGISTER": False}

REDIS = os.environ.get("BAN_HANH_REDIS", "")
# Counters that must hold across processes (failed sign-ins) live in Redis where there is one.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS}
    if REDIS
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS]},
    }
    if REDIS
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

# Heavy work waits in our own database, so that an order and what it rests on are one commit.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["prints"]}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
SERVESTATIC_USE_FINDERS = True
# The largest attachment (10 MB) and the form around it; more is refused before it is taken in.
MOST_BYTES_OF_A_REQUEST = 12 * 1024 * 1024
# One act never carries more than its form; papers are bounded by the importer besides.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A paper of 500 objectives has ten fields for each; it is refused in a sentence, not by its size.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 8000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "workflows.views.refusals.forgotten"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # A worker is begun for each task, and each would tell its life; what fails is told.
    "loggers": {name: {"level": "WARNING"} for name in ("django_tasks", "django_tasks_db")},
}
