#!/usr/bin/env bash
# check.sh ORACLE OUT ENVS: every flow that the targets of ENVS declare and don't, judged over the folder OUT that they were
# synthesized to, by ORACLE: a program of your own that is called as ORACLE OUT --target TARGET --queries FILE --quiet, prints a
# verdict as its last line, and ends with 1 where an answer is not as expected. Notes of Istio's own analysis count as failures, too.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -eq 3 ] || { echo "usage: check.sh ORACLE OUT ENVS" >&2; exit 2; }
oracle=$1 out=$2 envs=$3 failed=0
queries=$(mktemp -d)
trap 'rm -rf "$queries"' EXIT
npx tsx tools/policy-queries/write-queries.ts "$queries" "$envs" >/dev/null
compgen -G "$queries/*.yaml" >/dev/null || { echo "check.sh: no target of $envs has policies" >&2; exit 2; }
for file in "$queries"/*.yaml; do
  target=$(basename "$file" .yaml)
  for each in "$file" __tests__/policy-queries/"$target".yaml; do
    [ -f "$each" ] || continue
    answer=$("$oracle" "$out" --target "$target" --queries "$each" --quiet 2>&1) || failed=1
    printf '%s: %s\n' "$target" "$(tail -n 1 <<<"$answer")"
    grep -v '^# charts' <<<"$answer" | head -n -1 || true
    if grep -q 'istio: analyze' <<<"$answer"; then failed=1; fi
  done
done
exit "$failed"
