"""Every setting of the portal. Production is the same code with other environment variables."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from pqs_portal.env import env, one_of, required

BASE_DIR = Path(__file__).resolve().parent.parent

PORTAL_ENV = one_of("PORTAL_ENV", ("development", "production"), default="production")
DEVELOPMENT = PORTAL_ENV == "development"
# Tracebacks would show people's writing, so there is no debug mode; logs and tests tell what went wrong.
DEBUG = False

SECRET_KEY = required("SECRET_KEY", "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'")
SITE_URL = required("SITE_URL", "It is the address people type, like https://portal.example.gov.uk").rstrip("/")
_site = urlsplit(SITE_URL)
SECURE = _site.scheme == "https"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_site.hostname or ""])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_forms_gds",
    "csp",
    "rules.apps.RulesConfig",
    "pqs_portal",
    "accounts",
    "pathway",
    "sessions_catalogue",
    "observations",
    "portfolio",
    "reminders",
    "insights",
]

MIDDLEWARE = [
    # Those that set headers come first, so that a request refused by the next ones has them too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pqs_portal.middleware.PrivateAnswersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "accounts.middleware.GivenBackMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.SessionAgeMiddleware",
    "accounts.middleware.SignInRequiredMiddleware",
    "accounts.middleware.WriterMiddleware",
    "accounts.middleware.OrganisationMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "pqs_portal.urls"
WSGI_APPLICATION = "pqs_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "pqs_portal.context_processors.page",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("gds",)
CRISPY_TEMPLATE_PACK = "gds"

# --- data -------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL")}
# A connection per request doubled the cost of a bare page; health checks replace one that has died.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["ATOMIC_REQUESTS"] = False
# Rate limits must hold and pages must work while Redis is away, so the cache is a table (docs/adr).
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"},
}

# --- background work --------------------------------------------------------------------------------------
REDIS_URL = required("REDIS_URL", "The task queue's address, like redis://localhost:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", default=False)
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# With the default throttle, tasks of a killed worker came back after 105 s.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    # A page must never wait for an absent broker: the row is saved and beat finds it.
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "plan reminders": {"task": "reminders.tasks.plan_reminders", "schedule": timedelta(seconds=60)},
    "send reminders": {"task": "reminders.tasks.send_reminders", "schedule": timedelta(seconds=60)},
    # Somebody sits in front of the page and waits for the link.
    "send account mail": {"task": "accounts.tasks.send_account_mail", "schedule": timedelta(seconds=10)},
    "build queued exports": {"task": "portfolio.tasks.build_waiting_exports", "schedule": timedelta(seconds=60)},
    "scan waiting files": {"task": "portfolio.tasks.scan_waiting_attachments", "schedule": timedelta(seconds=60)},
    # The share page waits for it; files that were there before the check are looked at in the same way.
    "look for names in files": {"task": "portfolio.tasks.look_into_waiting_files", "schedule": timedelta(seconds=30)},
    "scan files of steps": {"task": "pathway.tasks.scan_waiting_files", "schedule": timedelta(seconds=60)},
    "enrol who has accepted": {"task": "pathway.tasks.enrol_placed", "schedule": timedelta(seconds=60)},
    "bring people in": {"task": "pathway.tasks.run_waiting_imports", "schedule": timedelta(seconds=60)},
    # Some at a time of those that were not looked at for a week.
    "check links": {"task": "sessions_catalogue.tasks.check_links", "schedule": timedelta(hours=1)},
    "purge unclaimed files": {"task": "portfolio.tasks.purge_unclaimed", "schedule": timedelta(hours=6)},
}
# The modules whose due things and events make up everybody's year, named as MIDDLEWARE names middleware.
TIMELINE_MODULES = [
    "pathway.timeline",
    "sessions_catalogue.timeline",
    "observations.timeline",
    "portfolio.timeline",
    "insights.timeline",
    "pqs_portal.account_events",
]
# The modules that say which forms keep what is being typed, and who may write there.
DRAFT_MODULES = ["pathway.drafts", "sessions_catalogue.drafts", "observations.drafts", "portfolio.drafts"]

# --- people -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Invitations are accepted through a mailed link, which proves the address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _site.scheme
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Supervisors' Pathway"
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_AGE = 24 * 60 * 60
SESSION_ABSOLUTE_AGE = timedelta(days=7)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "pqs_portal.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- headers ----------------------------------------------------------------------------------------------
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.int("TRUSTED_PROXIES", default=0) else None
# The container's own health checks arrive by plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- files ------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "build" / "collected"
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "build" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEVELOPMENT
# Private: there is no MEDIA_URL, files leave only through a view that asks who may see them.
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=15 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# host:port of a clamd; empty means that no scanner is used.
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")

# --- mail -------------------------------------------------------------------------------------------------
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"Supervisors' Pathway <no-reply@{_site.hostname}>")
MAIL_SINK_DIR = env.str("MAIL_SINK_DIR", default="")

# --- the world outside ------------------------------------------------------------------------------------
# Whether addresses of resources are asked once a week if they answer. Nothing calls out while one tries things out.
LINK_CHECK = env.bool("LINK_CHECK", default=not DEVELOPMENT)

# --- words and time ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
USE_I18N = False
TIME_ZONE = "Europe/London"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "pqs_portal.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # fontTools tells every table of every font it subsets.
        "fontTools": {"level": "WARNING"},
        # A line for each page laid out, and with a broken text the text itself.
        "weasyprint": {"level": "ERROR"},
    },
}
