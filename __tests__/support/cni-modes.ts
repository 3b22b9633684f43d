/** One YAML fragment for each way in which a target's CNI changes its stacks. */
export const CNI_MODES = {
  "cilium-eni": "cni: { kind: cilium-eni }",
  "cilium-eni on 1.18 with pod subnets": `
release: "2025.09"
cluster: { supportPolicy: extended }
network: { subnets: { pods: { prefix: 19 } } }
cni: { kind: cilium-eni }`,
  "cilium-overlay": "cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }",
  "cilium-chaining": "cni: { kind: cilium-chaining }",
  "vpc-cni": "cni: { kind: vpc-cni }",
} as const;

export type CniModeName = keyof typeof CNI_MODES;

export const cniModes = Object.entries(CNI_MODES) as [CniModeName, string][];
