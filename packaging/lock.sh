#!/bin/sh
# Renews packaging/requirements.lock from pyproject.toml: one lock with hashes for Python 3.11-3.13.
# Needs uv and the package index; run it after a change of dependencies and commit what it wrote.

set -eu
cd "$(dirname "$0")/.."
UV=${UV:-uv}
command -v "$UV" >/dev/null || {
    echo "lock: uv is missing; install it, or name it in the variable UV" >&2
    exit 1
}
"$UV" pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --group dev pyproject.toml --no-emit-index-url -o packaging/requirements.lock "$@" >/dev/null
echo "lock: $(grep -c '^[a-z].*==' packaging/requirements.lock) packages" >&2
