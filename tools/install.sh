#!/bin/sh
# Makes .venv/ hold exactly the packages of a lock, and lstm_edu from this checkout. Usage: tools/install.sh LOCK
set -eu

# uv does not read pip's settings: a machine that has its own index in them is served from there.
index=${PIP_INDEX_URL:-$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)}
if [ -n "$index" ]; then
    UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-$index}
    export UV_DEFAULT_INDEX
fi

echo "Installing the packages of $1"
.venv/bin/uv pip sync --python .venv/bin/python --require-hashes "$1"
# setuptools comes with the lock: no other build tool is fetched.
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
