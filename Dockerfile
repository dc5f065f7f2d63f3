# The lab in a container, and the image of a Docker Space (in the Space's README: sdk: docker, app_port: 7860).
#   docker build -t parrot-lab .
#   docker run -p 127.0.0.1:7860:7860 -v parrot-lab:/data parrot-lab
# For strangers add -e LAB_PUBLIC=1 (a Space: a variable of that name); see SECURITY.md.
FROM python:3.11-slim

# A Space runs its container as user 1000, who owns /data where it has lasting storage.
RUN useradd --create-home --uid 1000 user && mkdir /data /src && chown user /data /src
USER user
ENV HOME=/home/user PATH=/home/user/.local/bin:$PATH PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
WORKDIR /src

# What changes seldom comes first, so that a change of the lab does not fetch torch again.
COPY --chown=user requirements.txt ./
RUN pip install --user -r requirements.txt

COPY --chown=user pyproject.toml README.md LICENSE ./
COPY --chown=user lab lab
COPY --chown=user assets assets
COPY --chown=user recipes recipes
RUN pip install --user --no-deps .

ENV LAB_HOME=/data
WORKDIR /data
VOLUME /data
EXPOSE 7860
CMD ["lab", "serve", "--host", "0.0.0.0", "--port", "7860"]
