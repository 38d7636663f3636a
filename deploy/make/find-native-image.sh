#!/bin/sh
# Prints the home of a GraalVM or Mandrel 25: GRAALVM_HOME, JAVA_HOME, then the native-image on the PATH. Prints one line
# of advice on standard error and fails when there is none.
set -eu

is_builder_25() {
  [ -x "$1/bin/native-image" ] || return 1
  major=$("$1/bin/native-image" --version 2>/dev/null | sed -n 's/^native-image \([0-9]*\).*/\1/p' | head -n 1)
  [ "${major:-0}" -ge 25 ]
}

candidates() {
  [ -n "${GRAALVM_HOME:-}" ] && echo "$GRAALVM_HOME"
  [ -n "${JAVA_HOME:-}" ] && echo "$JAVA_HOME"
  if command -v native-image >/dev/null 2>&1; then
    builder=$(readlink -f "$(command -v native-image)")
    # GraalVM links bin/native-image to lib/svm/bin/native-image.
    dirname "$(dirname "$builder")"
    dirname "$(dirname "$(dirname "$(dirname "$builder")")")"
  fi
}

candidates | while read -r home; do
  if is_builder_25 "$home"; then
    echo "$home"
    exit 0
  fi
done | grep . || {
  echo "No native-image 25 found: install Mandrel 25 or GraalVM 25 and set GRAALVM_HOME to it (\`make images\` builds the executable in a container instead)." >&2
  exit 1
}
