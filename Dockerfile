# An image that holds converter, the libraries it needs, and nothing to build them with.
#
#   docker build -t converter .
#   docker run --rm -v "$PWD:/work" converter build edition.toml -o out

# All wheels, each held against its hash; that of converter is made here.
FROM python:3.11-slim-bookworm AS wheels
WORKDIR /source
COPY requirements.lock ./
RUN pip wheel --no-cache-dir --require-hashes --no-deps -r requirements.lock -w /wheels
COPY pyproject.toml README.md LICENSE ./
COPY converter converter
COPY templates templates
RUN pip install --no-cache-dir --no-index --find-links /wheels hatchling editables \
    && pip wheel --no-cache-dir --no-deps --no-build-isolation . -w /wheels

# Of them only what converter needs to run.
FROM python:3.11-slim-bookworm AS installed
COPY --from=wheels /wheels /wheels
RUN python -m venv --without-pip /opt/converter \
    && pip --python /opt/converter/bin/python install --no-cache-dir --no-index \
        --find-links /wheels "converter[typst,watch]"

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
COPY --from=installed /opt/converter /opt/converter
ENV PATH="/opt/converter/bin:$PATH" CONVERTER_CACHE=/cache
RUN useradd --create-home reader && mkdir /cache && chown reader /cache
USER reader
WORKDIR /work
VOLUME /cache
ENTRYPOINT ["converter"]
CMD ["--help"]
