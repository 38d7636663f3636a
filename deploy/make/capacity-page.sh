#!/usr/bin/env bash
# Puts what `make capacity` and `make outage` print into deploy/CAPACITY.md, between its marks. Argument: the Makefile's make.
set -euo pipefail
cd "$(dirname "$0")/../.."
page=deploy/CAPACITY.md

# Replaces what is between <!-- NAME --> and <!-- end of NAME --> with the standard input.
put() {
  awk -v name="$1" -v text="$(cat)" '
    $0 == "<!-- end of " name " -->" { skip = 0 }
    !skip { print }
    $0 == "<!-- " name " -->" { print ""; print text; print ""; skip = 1 }
  ' "$page" >"$page.new"
  mv "$page.new" "$page"
}

"$1" -s capacity | put capacity
"$1" -s capacity OPTIONS=--figures | put figures
"$1" -s outage OPTIONS="--rate 1000 --kafka-away 30" | put outage
