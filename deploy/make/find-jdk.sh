#!/bin/sh
# Prints the home of a JDK 25 or later: JAVA_HOME, then the java on the PATH, then the usual places on Linux and macOS.
# Prints one line of advice on standard error and fails when there is none.
set -eu

is_jdk_25() {
  [ -x "$1/bin/javac" ] || return 1
  major=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  [ "${major:-0}" -ge 25 ]
}

candidates() {
  [ -n "${JAVA_HOME:-}" ] && echo "$JAVA_HOME"
  if command -v javac >/dev/null 2>&1; then
    javac=$(command -v javac)
    while [ -L "$javac" ]; do javac=$(cd "$(dirname "$javac")" && readlink -f "$(basename "$javac")"); done
    dirname "$(dirname "$javac")"
  fi
  ls -d /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    2>/dev/null || true
}

candidates | while read -r home; do
  if is_jdk_25 "$home"; then
    echo "$home"
    exit 0
  fi
done | grep . || {
  echo "No JDK 25 found: install one (for example Eclipse Temurin 25) or set JAVA_HOME to it." >&2
  exit 1
}
