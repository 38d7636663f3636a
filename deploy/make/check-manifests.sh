#!/usr/bin/env bash
# Renders every overlay and reads it strictly, without a cluster: $1 is the Maven command.
# Kubernetes' and Strimzi's resources are read by deploy/kubernetes/check; KEDA's and Prometheus' need npm.
set -euo pipefail
cd "$(dirname "$0")/../kubernetes"
../make/prometheus-rules.sh --check

if ! command -v kubectl >/dev/null 2>&1; then
  echo "kubectl is missing: the manifests are not checked (install 1.28 or later)" >&2
  exit 0
fi
(cd ../.. && $1 -q -f deploy/kubernetes/check/pom.xml verify)
if ! command -v npm >/dev/null 2>&1; then
  echo "npm is missing: the resources of KEDA and Prometheus are not read" >&2
  exit 0
fi
npm ci --prefix check/npm --silent --no-audit --no-fund
for overlay in overlays/*/; do
  printf '%s: ' "$(basename "$overlay")"
  kubectl kustomize "$overlay" | node check/npm/strict.mjs
done
