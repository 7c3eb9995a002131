# feedsvc in a container: not root, on a read-only root file system, its data in /data, its configuration in /config.
ARG BASE=python:3.13-slim-bookworm

FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements.lock ./
# What is only published as source is built with the setuptools of the lock.
RUN python -m venv /opt/venv \
    && sed -n '/^setuptools==/,/[^\\]$/p' requirements.lock > build.lock \
    && /opt/venv/bin/pip install --require-hashes -r build.lock \
    && PIP_USE_PEP517=1 /opt/venv/bin/pip install --require-hashes --no-build-isolation -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY feedsvc ./feedsvc
# The root will be read-only, so what Python would compile at every start is compiled here.
RUN /opt/venv/bin/pip install --no-deps --no-build-isolation . \
    && /opt/venv/bin/pip uninstall --yes setuptools pip \
    && /opt/venv/bin/python -m compileall -q /opt/venv/lib

FROM ${BASE}
LABEL org.opencontainers.image.title="feedsvc" \
      org.opencontainers.image.description="Clean Atom, RSS and JSON feeds by topic and by region, from any source" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT"
# Slim images come without the standard library's bytecode.
RUN python -m compileall -q "$(python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" \
    && groupadd --gid 10001 feedsvc \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin feedsvc
COPY --from=build /opt/venv /opt/venv
COPY deploy/healthy.py /opt/healthy.py
COPY config /config
# A volume that is mounted for the first time begins with the sample articles that the bundled configuration names.
COPY --chown=10001:10001 config/samples /data/inbox
RUN chown 10001:10001 /data
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    FEEDSVC_BIND=0.0.0.0:8080 \
    FEEDSVC_CONFIG=/config \
    FEEDSVC_DATA_DIR=/data
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
# Well while feeds can be served; the first start waits until the configuration is taken over.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["python", "/opt/healthy.py"]
ENTRYPOINT ["feedsvc"]
CMD ["run"]
