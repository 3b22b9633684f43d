import { list, object } from "../../support/live-answers";
import {
  ciliumStatus,
  GET_AGENTS,
  STATUS,
  type LiveCase,
  SYSTEM,
  nodes,
  daemonSet,
  pod,
  GET_SETS,
  CILIUM_ENI,
} from "./objects";

const CILIUM_CONFIG = {
  ipam: "eni",
  "routing-mode": "native",
  "kube-proxy-replacement": "true",
  "aws-enable-prefix-delegation": "true",
};

const configMap = (data: object) => object("cilium-config", { data }, SYSTEM, "ConfigMap");

const VPC_CNI = "cni: { kind: vpc-cni, addressMode: prefix }";

export const cniCases: readonly LiveCase[] = [
  {
    id: "CNI-AGENTS",
    answers: { [GET_SETS]: list(daemonSet("cilium")), "kubectl get nodes": nodes() },
    faults: [
      { changed: { [GET_SETS]: list() }, says: /there is no DaemonSet cilium/ },
      { changed: { [GET_SETS]: list(daemonSet("cilium", 2)) }, says: /cilium: 2 of 3 agents are ready/ },
      { changed: { [GET_SETS]: list(daemonSet("cilium", 2, 2)) }, says: /wanted on 2 of 3 nodes/ },
    ],
  },
  {
    id: "CNI-ALONE",
    answers: { [GET_SETS]: list(daemonSet("cilium")), "kubectl get pods -A": list(pod("cilium-1")) },
    faults: [
      {
        changed: { [GET_SETS]: list(daemonSet("cilium"), daemonSet("aws-node")) },
        says: /DaemonSet kube-system\/aws-node is there/,
      },
      {
        changed: { [GET_SETS]: list(daemonSet("cilium"), daemonSet("kube-proxy")) },
        says: /kube-proxy is there/,
      },
      {
        changed: {
          "kubectl get pods -A": list(
            pod("aws-node-x", { metadata: { ownerReferences: [{ kind: "DaemonSet", name: "aws-node" }] } }),
          ),
        },
        says: /pods of aws-node run: aws-node-x/,
      },
    ],
  },
  {
    id: "CILIUM-CONFIG",
    yaml: CILIUM_ENI,
    answers: { [`kubectl get configmap cilium-config -n ${SYSTEM}`]: configMap(CILIUM_CONFIG) },
    faults: [
      {
        changed: {
          [`kubectl get configmap cilium-config -n ${SYSTEM}`]: configMap({
            ...CILIUM_CONFIG,
            "kube-proxy-replacement": "false",
          }),
        },
        says: /kube-proxy-replacement is false, the configuration says true/,
      },
      {
        changed: {
          [`kubectl get configmap cilium-config -n ${SYSTEM}`]: configMap({ ipam: "cluster-pool" }),
        },
        says: /aws-enable-prefix-delegation is not set/,
      },
    ],
  },
  {
    id: "CILIUM-STATUS",
    answers: { [GET_AGENTS]: list(pod("cilium-1")), [`${STATUS}`]: ciliumStatus() },
    faults: [
      {
        changed: { [STATUS]: ciliumStatus({ cilium: { state: "Failure", msg: "BPF maps are full" } }) },
        says: /cilium-1 on a: Cilium: Failure: BPF maps are full/,
      },
      {
        changed: { [STATUS]: ciliumStatus({ "kube-proxy-replacement": { mode: "False" } }) },
        says: /kube-proxy replacement is False/,
      },
      {
        changed: { [STATUS]: ciliumStatus({ routing: { "inter-host-routing-mode": "Tunnel" } }) },
        says: /routing is Tunnel/,
      },
    ],
  },
  {
    id: "CILIUM-ADDRESSES",
    yaml: CILIUM_ENI,
    answers: {
      "kubectl get ciliumnodes": list(
        object("a", {
          spec: { ipam: { pool: { "10.0.16.5": {}, "10.0.16.6": {} } } },
          status: { ipam: { used: { "10.0.16.5": {} }, "operator-status": {} } },
        }),
      ),
    },
    faults: [
      {
        changed: {
          "kubectl get ciliumnodes": list(
            object("a", { status: { ipam: { "operator-status": { error: "no more subnets available" } } } }),
          ),
        },
        says: /a: no more subnets available/,
      },
      {
        changed: {
          "kubectl get ciliumnodes": list(
            object("a", {
              spec: { ipam: { pool: { "10.0.16.5": {} } } },
              status: { ipam: { used: { "10.0.16.5": {} } } },
            }),
          ),
        },
        says: /a: all 1 addresses/,
      },
    ],
  },
  {
    id: "VPC-CNI-CONFIG",
    yaml: VPC_CNI,
    answers: {
      [`kubectl get daemonset aws-node -n ${SYSTEM}`]: daemonSet("aws-node", 3, 3, {
        template: {
          spec: {
            containers: [{ name: "aws-node", env: [{ name: "ENABLE_PREFIX_DELEGATION", value: "true" }] }],
          },
        },
      }),
    },
    faults: [
      {
        changed: {
          [`kubectl get daemonset aws-node -n ${SYSTEM}`]: daemonSet("aws-node", 3, 3, {
            template: {
              spec: {
                containers: [
                  { name: "aws-node", env: [{ name: "ENABLE_PREFIX_DELEGATION", value: "false" }] },
                ],
              },
            },
          }),
        },
        says: /ENABLE_PREFIX_DELEGATION is false, the configuration says true/,
      },
    ],
  },
];
