#!/bin/bash
# Part of an image's build: starts the service once, in the current folder, and leaves the JDK's ahead-of-time cache
# quayside.aot beside it; and an empty /journal, to be copied with its owner.
# usage: train.sh JVM-OPTIONS-FILE
set -euo pipefail
log=/tmp/training.log
mkdir -p /journal
# The cache is good for files with these very dates.
find . -exec touch --date="@${SOURCE_DATE_EPOCH:-0}" {} +
export QUAYSIDE_JOURNAL_DIRECTORY=/tmp/journal QUARKUS_FLYWAY_MIGRATE_AT_START=false QUARKUS_SHUTDOWN_DELAY=0S
java "@$1" -XX:AOTCacheOutput=quayside.aot -jar quarkus-run.jar >"$log" 2>&1 &
service=$!
until grep -q 'Listening on' "$log"; do
  kill -0 "$service" 2>/dev/null || { cat "$log" >&2; exit 1; }
  sleep 0.2
done
kill -TERM "$service"
wait "$service" || true
[ -s quayside.aot ] || { cat "$log" >&2; exit 1; }
