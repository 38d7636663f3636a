#!/bin/sh
# Parses the AsyncAPI document with AsyncAPI's own parser, where npm is installed; says so where it is not.
set -eu
here=$(dirname "$0")/asyncapi
if ! command -v npm >/dev/null 2>&1; then
  echo "npm is not installed: schemas/asyncapi.yaml was not parsed by AsyncAPI's own parser." >&2
  exit 0
fi
# Without scripts: one of its dependencies would report the installation.
npm ci --prefix "$here" --ignore-scripts --silent --no-audit --no-fund
exec node "$here/parse.mjs" schemas/asyncapi.yaml
