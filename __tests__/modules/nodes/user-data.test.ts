import { parse } from "yaml";
import type { KubeletSettings } from "../../../src/modules/nodes/kubelet-settings";
import {
  al2023UserData,
  bottlerocketSettings,
  type Registration,
} from "../../../src/modules/nodes/user-data";

// EKS User Guide, launch templates: settings in the user data win over EKS's own. Left alone, EKS tells kubelet the VPC
// CNI's figure whatever the CNI, and pods stay Pending on nodes with room.
test("AL2023 gets kubelet's maximum in a NodeConfig, which nodeadm lays over EKS's", () => {
  const [part, ...others] = al2023UserData(110);

  expect(others).toEqual([]);
  expect(part?.content_type).toBe("application/node.eks.aws");
  expect(parse(part?.content ?? "")).toEqual({
    apiVersion: "node.eks.aws/v1alpha1",
    kind: "NodeConfig",
    spec: { kubelet: { config: { maxPods: 110 } } },
  });
});

// The setting is an integer; text is refused and the node never starts.
test("Bottlerocket gets it as a number in TOML", () => {
  expect(bottlerocketSettings(29)).toBe('[settings.kubernetes]\n"max-pods" = 29\n');
});

const kubelet: KubeletSettings = {
  systemReserved: { cpus: 0.1, memoryMiB: 200 },
  kubeReserved: { ephemeralStorageGiB: 2 },
  evictionHard: { "memory.available": "200Mi", "nodefs.available": "12%" },
  imageGc: { highPercent: 75, lowPercent: 60 },
  cpuManagerPolicy: "static",
  topologyManagerPolicy: "single-numa-node",
  topologyManagerScope: "pod",
  podPidsLimit: 4096,
  containerLogMaxSizeMiB: 50,
  containerLogMaxFiles: 3,
  cpuCfsQuota: false,
};

// kubernetes/kubernetes staging/src/k8s.io/kubelet/config/v1beta1/types.go: names and types of KubeletConfiguration.
test("AL2023's kubelet has its settings by Kubernetes's names, quantities as text", () => {
  const [part] = al2023UserData(110, kubelet);

  expect(parse(part?.content ?? "")).toMatchObject({
    spec: {
      kubelet: {
        config: {
          maxPods: 110,
          systemReserved: { cpu: "100m", memory: "200Mi" },
          kubeReserved: { "ephemeral-storage": "2Gi" },
          evictionHard: { "memory.available": "200Mi", "nodefs.available": "12%" },
          imageGCHighThresholdPercent: 75,
          imageGCLowThresholdPercent: 60,
          cpuManagerPolicy: "static",
          topologyManagerPolicy: "single-numa-node",
          topologyManagerScope: "pod",
          podPidsLimit: 4096,
          containerLogMaxSize: "50Mi",
          containerLogMaxFiles: 3,
          cpuCFSQuota: false,
        },
      },
    },
  });
});

// bottlerocket-os/bottlerocket-settings-sdk@c135bcbc, settings-extensions/kubernetes/src/lib.rs, KubernetesSettingsV1.
test("Bottlerocket's kubelet has them by its API's names, tables after all plain keys", () => {
  expect(bottlerocketSettings(29, undefined, kubelet).split("\n")).toEqual([
    "[settings.kubernetes]",
    '"max-pods" = 29',
    '"image-gc-high-threshold-percent" = 75',
    '"image-gc-low-threshold-percent" = 60',
    '"cpu-manager-policy" = "static"',
    '"topology-manager-policy" = "single-numa-node"',
    '"topology-manager-scope" = "pod"',
    '"pod-pids-limit" = 4096',
    '"container-log-max-size" = "50Mi"',
    '"container-log-max-files" = 3',
    '"cpu-cfs-quota-enforced" = false',
    "[settings.kubernetes.system-reserved]",
    '"cpu" = "100m"',
    '"memory" = "200Mi"',
    "[settings.kubernetes.kube-reserved]",
    '"ephemeral-storage" = "2Gi"',
    "[settings.kubernetes.eviction-hard]",
    '"memory.available" = "200Mi"',
    '"nodefs.available" = "12%"',
    "",
  ]);
});

test("what is not said is not written: the image decides it", () => {
  expect(bottlerocketSettings(29, undefined, { evictionHard: {}, kubeReserved: {} })).toBe(
    bottlerocketSettings(29),
  );
});

const registration: Registration = {
  labels: { image: "hardened", team: "shop" },
  taints: [
    { key: "dedicated", value: "hardened", effect: "NoSchedule" },
    { key: "node.cilium.io/agent-not-ready", value: "true", effect: "NoExecute" },
  ],
};

// eksctl-io/eksctl pkg/nodebootstrap/al2023.go, createMinimalNodeConfig: flags of a managed group with an AMI of its own.
test("an AL2023 image of one's own registers with the labels and taints that EKS would give its own", () => {
  const [part] = al2023UserData(110, {}, registration);

  expect(parse(part?.content ?? "")).toMatchObject({
    spec: {
      kubelet: {
        flags: [
          "--node-labels=image=hardened,team=shop",
          "--register-with-taints=dedicated=hardened:NoSchedule,node.cilium.io/agent-not-ready=true:NoExecute",
        ],
      },
    },
  });
});

// terraform-aws-modules/eks 21.11.0, templates/bottlerocket_user_data.tpl: its head of the table comes first, and TOML takes one.
test("a Bottlerocket image of one's own has them as tables, below the table that the module begins", () => {
  expect(bottlerocketSettings(29, undefined, {}, registration).split("\n")).toEqual([
    '"max-pods" = 29',
    "[settings.kubernetes.node-labels]",
    '"image" = "hardened"',
    '"team" = "shop"',
    "[settings.kubernetes.node-taints]",
    '"dedicated" = ["hardened:NoSchedule"]',
    '"node.cilium.io/agent-not-ready" = ["true:NoExecute"]',
    "",
  ]);
});
