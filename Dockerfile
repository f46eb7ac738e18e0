# The command `recourse` in a container of its own, without compilers, run by a user who owns nothing but /data.
FROM python:3.13-slim AS build
WORKDIR /src
COPY . .
RUN python -m venv /opt/recourse && /opt/recourse/bin/pip install --no-cache-dir --disable-pip-version-check .

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin recourse && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=build /opt/recourse /opt/recourse
ENV PATH=/opt/recourse/bin:$PATH RECOURSE_HOME=/data PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
VOLUME /data
ENTRYPOINT ["recourse"]
CMD ["--help"]
