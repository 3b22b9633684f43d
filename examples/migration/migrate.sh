#!/usr/bin/env bash
# Moves namespaces from one cluster into another with Velero (docs/components/backup.md, "Migration").
#
#   migrate.sh OLD_CONTEXT NEW_CONTEXT NAMESPACE...
#
# Both are contexts of kubectl. The old cluster has Velero with file backups; the new one is a target whose
# backup.restoreFrom names the old one's bucket. Nothing is changed in the old cluster but a backup made, and traffic is
# not switched: that is DNS, and a person's decision. Safe to run again: it makes another backup, and objects that are
# there already are left as they are.
set -euo pipefail

if [ "$#" -lt 3 ]; then
  echo "usage: migrate.sh OLD_CONTEXT NEW_CONTEXT NAMESPACE..." >&2
  exit 2
fi
old=$1 new=$2
shift 2

for namespace in "$@"; do
  case $namespace in
    kube-* | velero | argocd | monitoring | istio-system | external-secrets | cert-manager)
      echo "$namespace is the platform's: the new cluster has its own; leave it out" >&2
      exit 2
      ;;
  esac
done
if [ "$old" = "$new" ]; then
  echo "$old is both the old and the new cluster; name two contexts" >&2
  exit 2
fi
namespaces=$(IFS=,; echo "$*")
name=migration-$(date -u +%Y%m%d%H%M%S)

step() { echo "== $1" >&2; }

step "the new cluster reads the old one's backups"
phase=$(kubectl --context "$new" -n velero get backupstoragelocation restore-from -o 'jsonpath={.status.phase}')
if [ "$phase" != Available ]; then
  echo "location restore-from is ${phase:-unknown} in $new; check backup.restoreFrom, the bucket's policy and its key" >&2
  exit 1
fi

step "backup $name of $namespaces in $old"
# Objects that belong to one cluster stay: nodes, leases, and what controllers of AWS made there.
velero --kubecontext "$old" backup create "$name" --include-namespaces "$namespaces" \
  --exclude-resources nodes,events,leases.coordination.k8s.io,ciliumendpoints.cilium.io,ciliumidentities.cilium.io,targetgroupbindings.elbv2.k8s.aws \
  --default-volumes-to-fs-backup --wait
phase=$(kubectl --context "$old" -n velero get backup "$name" -o 'jsonpath={.status.phase}')
if [ "$phase" != Completed ]; then
  echo "backup $name ended as $phase: velero --kubecontext $old backup logs $name" >&2
  exit 1
fi

step "$name arrives in $new"
for _ in $(seq 1 60); do
  kubectl --context "$new" -n velero get backup "$name" >/dev/null 2>&1 && break
  sleep "${POLL_SECONDS:-5}"
done
kubectl --context "$new" -n velero get backup "$name" >/dev/null

step "restore into $new"
# Load balancers are made anew: the old ones' node ports and addresses mean nothing here.
velero --kubecontext "$new" restore create "$name" --from-backup "$name" --existing-resource-policy none \
  --preserve-nodeports=false --wait
phase=$(kubectl --context "$new" -n velero get restore "$name" -o 'jsonpath={.status.phase}')
if [ "$phase" != Completed ]; then
  echo "restore $name ended as $phase: velero --kubecontext $new restore describe $name --details" >&2
  exit 1
fi

step "workloads are ready in $new"
for namespace in "$@"; do
  for kind in deployment statefulset daemonset; do
    for workload in $(kubectl --context "$new" -n "$namespace" get "$kind" -o name); do
      kubectl --context "$new" -n "$namespace" rollout status "$workload" --timeout=10m >&2
    done
  done
done

echo "$namespaces run in $new. Next: compare them, switch DNS, watch, then take the old cluster down."
