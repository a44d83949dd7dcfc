#!/bin/sh
# Makes .venv/ and puts the locked uv into it. Usage: tools/make_venv.sh [python]
# Without an argument the newest of Python 3.11 to 3.13 on the PATH is taken. A .venv/ that works is kept.
set -eu

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'

if ! .venv/bin/python -c "$fits" 2>/dev/null; then
    python=
    for name in ${1:-python3.13 python3.12 python3.11 python3 python}; do
        # Run it: a name on the PATH may be a shim for a version that is not installed.
        if "$name" -c "$fits" 2>/dev/null; then
            python=$name
            break
        fi
    done
    if [ -z "$python" ]; then
        echo "${1:-The PATH} gives no Python from 3.11 to 3.13: install one, or name it: make PYTHON=/path/to/python3.12" >&2
        exit 1
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "$python has no venv with pip: on Debian and Ubuntu, apt-get install $(basename "$python")-venv" >&2
        exit 1
    fi
    echo "Making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tools/locks/uv.txt
