import { list, object } from "../../support/live-answers";
import { backup, GET_BACKUPS } from "./delivery-cases";
import { type LiveCase, node } from "./objects";

const review = (changes: readonly object[], drift: readonly object[] = []) => ({
  "octarine drift dev/us-east-1 --json": { version: 1, changes, drift, leftBehind: [] },
});
const TEST = "cilium connectivity test";
const RECEIVES = "kubectl get pod/octarine-verify-receives -n kube-system -o 'jsonpath={.status.podIP}'";
const SENDS = "kubectl logs octarine-verify-sends -n kube-system -c probe";
const RESTORE = "kubectl get restores.velero.io octarine-verify-payments -n velero";
const restored = (status: object) => ({
  [RESTORE]: object("octarine-verify-payments", { status }, "velero", "Restore"),
});

export const requestedCases: readonly LiveCase[] = [
  {
    id: "DRIFT-NONE",
    answers: review([]),
    faults: [
      {
        changed: review([
          {
            stack: "dev-us-east-1-nodes",
            address: "aws_launch_template.a",
            action: "update",
            impact: "disruption",
          },
        ]),
        says: /dev-us-east-1-nodes aws_launch_template\.a: update \(disruption\)/,
      },
      {
        changed: review([], [{ stack: "dev-us-east-1-network", address: "aws_subnet.a" }]),
        says: /1 resource were changed by hand: dev-us-east-1-network aws_subnet\.a/,
      },
    ],
  },
  {
    id: "CILIUM-CONNECTIVITY",
    yaml: "cni: { kind: cilium-eni }",
    answers: {
      [TEST]:
        "✅ [cilium-test-1] All 74 tests (605 actions) successful, 44 tests skipped, 1 scenarios skipped.\n",
    },
    faults: [
      {
        changed: {
          [TEST]:
            "📋 Test Report [cilium-test-1]\n❌ 2/74 tests failed (6/605 actions), 44 tests skipped, 1 scenarios skipped:\nTest [no-policies]:\n  ❌ no-policies/pod-to-pod\nTest [to-fqdns]:\n",
        },
        says: /2 of 74 tests failed: no-policies, to-fqdns/,
      },
    ],
  },
  {
    id: "NODES-THROUGHPUT",
    answers: {
      "kubectl get nodes": list(node("a"), node("b")),
      [RECEIVES]: "10.0.1.9",
      [SENDS]: "sent 2000000000 in 400\n",
    },
    faults: [
      { changed: { [SENDS]: "sent 2000000000 in 3200\n" }, says: /a to b: 0\.50 Gbit\/s, less than 1/ },
    ],
  },
  {
    id: "RESTORE-WORKS",
    yaml: "backup: {}",
    answers: {
      [GET_BACKUPS]: list(backup("all-2", "Completed", "2026-11-29T02:10:00Z")),
      ...restored({ phase: "Completed", progress: { itemsRestored: 12 } }),
    },
    faults: [
      { changed: restored({ phase: "Completed" }), says: /all-2 holds nothing of payments/ },
      {
        changed: restored({ phase: "PartiallyFailed", errors: 2, failureReason: "no such bucket" }),
        says: /the restore of payments is PartiallyFailed, 2 errors: no such bucket/,
      },
      {
        changed: { [GET_BACKUPS]: list(backup("all-2", "Failed", "2026-11-29T02:10:00Z")) },
        says: /none of 1 backup is complete/,
      },
    ],
  },
];
