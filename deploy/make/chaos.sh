#!/bin/bash
# Runs the fault suite and prints what became of every scenario. Fails when anything was lost or doubled, or when nothing
# ran. SCENARIOS picks some: a class (ServerFaultsIT), a method (ServerFaultsIT#brokerKilled), or several with commas.
#   chaos.sh <maven and its options>
set -uo pipefail
table=target/chaos/outcomes.txt
rm -rf target/chaos
mkdir -p target/chaos

"$@" -q -Pchaos verify ${SCENARIOS:+-Dit.test="$SCENARIOS"}
status=$?

printf '\n%-58s %6s %12s %8s %5s %10s %9s\n' scenario sent acknowledged applied lost duplicated time
if [[ ! -s $table ]]; then
  echo "No scenario came to its end: logs in target/chaos, reports in target/failsafe-reports"
  exit 1
fi
cat "$table"
if ((status)); then
  echo "FAILED: logs in target/chaos, reports in target/failsafe-reports"
  exit 1
fi
echo "$(wc -l <"$table") scenarios, nothing lost, nothing doubled"
