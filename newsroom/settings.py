"""The settings of every installation; what differs comes from the environment, see ``.env.example``."""

import os
import secrets
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import global_settings

from newsroom import logs, services, values
from newsroom.env import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(os.environ, BASE_DIR / ".env")

# What this installation is
MODE = env.read("NEWSROOM_MODE", values.mode, "production")
DEBUG = env.read("DEBUG", values.flag, "0")
SECRET_KEY = env.required(
    "SECRET_KEY", values.secret_key, secrets.token_urlsafe(50), secrets.token_urlsafe(50)
)
if MODE == "production":
    SITE_URL = env.required(
        "SITE_URL", values.base_url, "http://127.0.0.1:8000", "http://127.0.0.1:8000"
    )
else:
    SITE_URL = env.read("SITE_URL", values.base_url, "http://127.0.0.1:8000")
SITE_HOST = urlsplit(SITE_URL).hostname or ""
IS_HTTPS = SITE_URL.startswith("https:")
ALLOWED_HOSTS = env.read(
    "ALLOWED_HOSTS", values.comma_list, f"[{SITE_HOST}]" if ":" in SITE_HOST else SITE_HOST
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# The paper
PAPER_NAME = env.text("PAPER_NAME", "Newsroom")
PAPER_WORDMARK = env.text("PAPER_WORDMARK", PAPER_NAME)
PAPER_TAGLINE = env.text("PAPER_TAGLINE")
PAPER_ACCENT = env.read("PAPER_ACCENT", values.colour, "#8a1538")
PAPER_ACCENT_DARK = env.read("PAPER_ACCENT_DARK", values.colour, "#f08ba5")
CATALOGS = (Path(django.__file__).parent / "conf/locale", BASE_DIR / "articles/locale")
SPOKEN = {path.name.lower().replace("_", "-") for place in CATALOGS for path in place.glob("*/")}
LANGUAGE_CODE = env.read("LANGUAGE_CODE", partial(values.language, known=SPOKEN), "en-gb")
LANGUAGES = [*global_settings.LANGUAGES]
if MODE != "production":
    LANGUAGES.append(("en-xa", "English, accented"))
if LANGUAGE_CODE not in dict(LANGUAGES):  # de-at, which says what de says
    LANGUAGES.append((LANGUAGE_CODE, LANGUAGE_CODE))
TIME_ZONE = env.read("TIME_ZONE", values.time_zone, "UTC")
USE_TZ = True

# The program
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
AUTH_USER_MODEL = "articles.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "articles.apps.ArticlesConfig",
    "articles.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_filters",
    "django_prose_editor",
    "simple_history",
]
MIDDLEWARE = [
    "newsroom.logs.request_log",
    "newsroom.security.security_headers",
    "newsroom.time_limits.TimeLimits",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsroom.desk_language.desk_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
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
                "articles.public.site_context.context_processor",
            ],
            "builtins": ["articles.templatetags.post_forms"],  # each form does its work once
        },
    },
]

# Where things are kept. ATOMIC_REQUESTS stays off: each page view would take SQLite's write lock.
DATABASES = {
    "default": env.read(
        "DATABASE_URL", partial(services.database, base_dir=BASE_DIR), "sqlite:///newsroom.sqlite3"
    ),
}
# How long one query of a request may take before it is ended; None for as long as it takes (newsroom/time_limits.py).
READER_QUERY_SECONDS = env.read("READER_QUERY_SECONDS", values.seconds, "1")
READER_REQUEST_SECONDS = env.read("READER_REQUEST_SECONDS", values.seconds, "3")
DESK_QUERY_SECONDS = env.read("DESK_QUERY_SECONDS", values.seconds, "30")
LOCK_SECONDS = env.read("LOCK_SECONDS", values.seconds, "5")
CACHES = {"default": env.read("CACHE_URL", services.cache)}
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / env.text("STATIC_ROOT", "var/static")
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / env.text("MEDIA_ROOT", "var/media")
STATIC_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
HASHED_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE if MODE == "test" else HASHED_STORAGE},
}

# Pictures: a picture is refused above these, before it is decoded.
MAX_IMAGE_PIXELS = 50_000_000
MAX_IMAGE_BYTES = 15 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o644

# Signing in
LOGIN_URL = "admin:login"
VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{VALIDATION}.NumericPasswordValidator"},
]
if MODE == "test":  # hundreds of logins, and nothing to protect
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "newsroom.faults.csrf_failure"

# Headers (the others: newsroom/security.py)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, by plain http
HSTS = env.read("HSTS", values.hsts, "host")
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HSTS != "host"
SECURE_HSTS_PRELOAD = HSTS == "preload"
if env.read("TRUST_PROXY", values.flag, "0"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Mail
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", f"newsroom@{SITE_HOST}")
MAIL = env.read(
    "EMAIL_URL",
    services.mail,
    "smtp://localhost" if MODE == "production" and not DEBUG else "console:",
)
if django.VERSION >= (6, 1):
    MAILERS = {"default": MAIL}
else:
    EMAIL_BACKEND = MAIL["BACKEND"]
    EMAIL_HOST = MAIL["OPTIONS"].get("host", "localhost")
    EMAIL_PORT = MAIL["OPTIONS"].get("port", 25)
    EMAIL_HOST_USER = MAIL["OPTIONS"].get("username", "")
    EMAIL_HOST_PASSWORD = MAIL["OPTIONS"].get("password", "")
    EMAIL_USE_TLS = MAIL["OPTIONS"].get("use_tls", False)
    EMAIL_USE_SSL = MAIL["OPTIONS"].get("use_ssl", False)
    EMAIL_TIMEOUT = MAIL["OPTIONS"].get("timeout")

# Logs
LOGGING = logs.config(
    env.read("LOG_LEVEL", values.log_level, "INFO"), as_json=MODE == "production" and not DEBUG
)

# Other people's programs
SIMPLE_HISTORY_REVERT_DISABLED = True
SILENCED_SYSTEM_CHECKS = [
    "django_prose_editor.W004"
]  # it asks for its own sanitiser; articles.text.html.sanitize does that work

env.stop_on_problems()
