#!/usr/bin/env bash
# Writes the rules of deploy/alerts as resources of the Prometheus operator: ingress.rules.yml becomes the PrometheusRule
# quayside-ingress, and so on. With --check it changes nothing and fails when they differ.
set -euo pipefail
cd "$(dirname "$0")/.."
TARGET=kubernetes/components/monitoring/rules.yaml

resources() {
  echo "# Made by \`make rules\` from deploy/alerts/*.rules.yml: change those."
  for file in alerts/*.rules.yml; do
    echo "---"
    grep '^#' "$file"
    cat <<END
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: quayside-$(basename "$file" .rules.yml)
spec:
END
    grep -v '^#' "$file" | sed 's/^\(.\)/  \1/'
  done
}

if [ "${1:-}" = --check ]; then
  resources | diff -u "$TARGET" - >&2 || {
    echo "deploy/$TARGET is not what deploy/alerts says: make rules" >&2
    exit 1
  }
else
  resources >"$TARGET"
fi
