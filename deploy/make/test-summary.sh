#!/bin/sh
# Adds up the reports of all test runs in the folders given and prints one line. Fails when a test failed or none ran.
set -eu
find "$@" -name 'TEST-*.xml' -exec sed -n 's/.*<testsuite .*/&/p' {} + | awk '
  function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
  { tests += value("tests"); skipped += value("skipped"); failed += value("failures") + value("errors") }
  END {
    printf "%d passed, %d failed, %d skipped\n", tests - failed - skipped, failed, skipped
    exit (failed > 0 || tests == 0)
  }'
