import { conditions, list, object } from "../../support/live-answers";
import { type LiveCase, SYSTEM, node, nodes, daemonSet, deployment, pod, slice } from "./objects";

const budget = (disruptionsAllowed: number, currentHealthy: number, desiredHealthy: number) => ({
  "kubectl get poddisruptionbudgets -A": list(
    object(
      "orders",
      { status: { disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods: 3 } },
      "payments",
    ),
  ),
});

export const nodeCases: readonly LiveCase[] = [
  {
    id: "NODES-DRAINABLE",
    answers: budget(1, 3, 2),
    faults: [
      {
        changed: budget(0, 3, 3),
        says: /payments\/orders lets none of 3 healthy pods go \(3 have to stay\)/,
      },
    ],
  },
  {
    id: "NODES-READY",
    answers: { "kubectl get nodes": nodes() },
    faults: [
      { changed: { "kubectl get nodes": nodes({ ready: "Unknown" }) }, says: /^a is not Ready/ },
      {
        changed: { "kubectl get nodes": nodes({ pressure: "True" }) },
        says: /^a: DiskPressure: the disk is full/,
      },
      { changed: { "kubectl get nodes": list(node("a")) }, says: /1 nodes, and the groups have at least 3/ },
    ],
  },
  {
    id: "NODES-PRIVATE",
    answers: { "kubectl get nodes": nodes({ addresses: [{ type: "InternalIP", address: "10.0.16.4" }] }) },
    faults: [
      {
        changed: {
          "kubectl get nodes": nodes({ addresses: [{ type: "ExternalIP", address: "198.51.100.7" }] }),
        },
        says: /^a has a public address: 198.51.100.7/,
      },
    ],
  },
  {
    id: "NODES-VERSION",
    answers: { "kubectl get nodes": nodes() },
    faults: [
      {
        changed: { "kubectl get nodes": nodes({ version: "v1.33.1" }) },
        says: /^a runs v1.33.1, the release says 1.35/,
      },
      { changed: { "kubectl get nodes": nodes({ spec: { unschedulable: true } }) }, says: /^a is cordoned/ },
    ],
  },
  {
    id: "KARPENTER-READY",
    yaml: "karpenter: { pools: { general: { class: general, limits: { cpus: 64 } } } }",
    answers: {
      "kubectl get nodepools": list(object("general", conditions(["Ready", "True"]))),
      "kubectl get ec2nodeclasses": list(object("general", conditions(["Ready", "True"]))),
      "kubectl get nodeclaims": list(),
    },
    faults: [
      {
        changed: {
          "kubectl get ec2nodeclasses": list(
            object(
              "general",
              conditions(
                ["Ready", "False", "not ready"],
                ["SubnetsReady", "False", "SubnetSelector did not match any Subnets"],
              ),
            ),
          ),
        },
        says: /ec2nodeclasses\/general is not Ready: SubnetSelector/,
      },
      {
        changed: {
          "kubectl get nodeclaims": list(
            object("general-x", {
              metadata: { creationTimestamp: "2026-11-29T11:30:00Z" },
              ...conditions(["Registered", "Unknown"]),
            }),
          ),
        },
        says: /general-x has no node after 30 minutes/,
      },
    ],
  },
  {
    id: "PLATFORM-RUNNING",
    answers: {
      "kubectl get deployments,statefulsets,daemonsets -A": list(
        deployment("coredns"),
        daemonSet("cilium"),
        deployment("orders", 0, "payments"),
      ),
      "kubectl get pods -A": list(pod("coredns-1")),
    },
    faults: [
      {
        changed: { "kubectl get deployments,statefulsets,daemonsets -A": list(deployment("coredns", 1)) },
        says: /Deployment kube-system\/coredns: 1 of 2 pods/,
      },
      {
        changed: { "kubectl get deployments,statefulsets,daemonsets -A": list(daemonSet("cilium", 2)) },
        says: /DaemonSet kube-system\/cilium: 2 of 3/,
      },
      {
        changed: {
          "kubectl get pods -A": list(
            pod("coredns-1", {
              status: {
                phase: "Pending",
                containerStatuses: [
                  {
                    name: "coredns",
                    state: { waiting: { reason: "ImagePullBackOff", message: "no such host" } },
                  },
                ],
              },
            }),
          ),
        },
        says: /coredns-1, container coredns: ImagePullBackOff: no such host/,
      },
    ],
  },
  {
    id: "DNS-RUNNING",
    answers: {
      [`kubectl get deployment coredns -n ${SYSTEM}`]: deployment("coredns"),
      [`kubectl get endpointslices -n ${SYSTEM} -l kubernetes.io/service-name=kube-dns`]: list(
        slice("kube-dns", SYSTEM, [
          ["a", true],
          ["b", true],
        ]),
      ),
    },
    faults: [
      {
        changed: { [`kubectl get deployment coredns -n ${SYSTEM}`]: deployment("coredns", 0) },
        says: /0 of 2 replicas/,
      },
      {
        changed: {
          [`kubectl get endpointslices -n ${SYSTEM} -l kubernetes.io/service-name=kube-dns`]: list(
            slice("kube-dns", SYSTEM, [["a", false]]),
          ),
        },
        says: /no ready endpoint/,
      },
      {
        changed: {
          [`kubectl get endpointslices -n ${SYSTEM} -l kubernetes.io/service-name=kube-dns`]: list(
            slice("kube-dns", SYSTEM, [
              ["a", true],
              ["a", true],
            ]),
          ),
        },
        says: /are on one node/,
      },
    ],
  },
];
