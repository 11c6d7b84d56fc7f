# One image for web, worker, beat and the set-up commands; they differ by command alone (docker-compose.yml).
# Nothing secret is needed to build it and nothing secret is in it: every setting arrives as an environment variable.

FROM debian:bookworm-slim AS base
# Pango lays out the PDF, Liberation stands in for Arial; ca-certificates for mail servers and databases by TLS.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends \
      ca-certificates python3 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation \
 && rm -rf /var/lib/apt/lists/*

# --- the design system's files; Node stays in this stage ---------------------------------------------------
FROM base AS assets
RUN apt-get update \
 && apt-get install --yes --no-install-recommends nodejs npm \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# No script of a third party runs; the lock file's checksums are verified.
RUN npm ci --ignore-scripts
COPY devtools/build_assets.py ./
RUN python3 build_assets.py node_modules static

# --- the Python packages that production needs, by checksum, none compiled here ----------------------------
FROM base AS packages
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3-venv \
 && rm -rf /var/lib/apt/lists/*
COPY requirements.txt /build/
# pip has done its work when the packages are there: what is not in the image cannot be used against it.
RUN python3 -m venv /opt/portal \
 && /opt/portal/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /build/requirements.txt \
 && /opt/portal/bin/pip uninstall --yes --quiet setuptools pip

# --- the portal's own files, as the image holds them --------------------------------------------------------
FROM base AS portal
COPY --from=packages /opt/portal /opt/portal
WORKDIR /srv/portal
# .dockerignore lets in what the portal is made of, and nothing else.
COPY . ./
COPY --from=assets /build/static build/static
# The settings ask for the four variables; collectstatic uses none of them, and they end with this line.
# Modes come from whoever checked the sources out, and may shut out the user that the image runs as.
RUN SECRET_KEY=only-while-building SITE_URL=https://build.invalid \
    DATABASE_URL=postgresql://build.invalid/none REDIS_URL=redis://build.invalid \
    /opt/portal/bin/python manage.py collectstatic --noinput \
 && /opt/portal/bin/python -m compileall -q . \
 && chmod -R u=rwX,go=rX .

# --- the image ---------------------------------------------------------------------------------------------
FROM base
RUN groupadd --gid 10001 portal \
 && useradd --uid 10001 --gid portal --no-create-home --home-dir /srv/portal --shell /usr/sbin/nologin portal \
 && install --directory --owner portal --group portal --mode 0700 /srv/media
COPY --from=packages /opt/portal /opt/portal
COPY --from=portal /srv/portal /srv/portal
WORKDIR /srv/portal
ENV PATH=/opt/portal/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORTAL_ENV=production \
    MEDIA_ROOT=/srv/media \
    XDG_CACHE_HOME=/tmp
USER portal
VOLUME /srv/media
EXPOSE 8000
# Over plain HTTP from inside, under the name that the portal answers to.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", "\
import os, urllib.parse, urllib.request as ask; \
host = urllib.parse.urlsplit(os.environ['SITE_URL']).hostname; \
ask.urlopen(ask.Request('http://127.0.0.1:8000/healthz', headers={'Host': host}), timeout=4)"]
# No access log: addresses hold invitations and reset links. Workers: WEB_CONCURRENCY, further options: GUNICORN_CMD_ARGS.
CMD ["gunicorn", "pqs_portal.wsgi:application", "--bind", "0.0.0.0:8000", "--threads", "8", "--timeout", "120", \
     "--graceful-timeout", "20", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
