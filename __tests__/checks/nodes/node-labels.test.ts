import { ENVIRONMENT, NETWORK, problemsIn } from "../../support/problems";

/** What is said of a target whose managed group, pool or service has the text added. */
const said = (text: string) => problemsIn(`${NETWORK}${text}`).map((line) => line.replace(/^\S+ {2}/, ""));
const inGroup = (text: string) => said(`nodes: { main: { ${text} } }\n`);
const inPool = (text: string) =>
  said(`karpenter: { pools: { general: { class: general, limits: { cpus: 64 }, ${text} } } }\n`);

/**
 * Keys that kubelet lets its own node have (k8s.io/kubelet v0.35.3, pkg/apis/well_known_labels.go: KubeletLabels and
 * KubeletLabelNamespaces), which EKS refuses in a managed group all the same, and keys that keep kubelet from starting.
 */
const RESERVED = [
  "kubernetes.io/hostname",
  "topology.kubernetes.io/zone",
  "failure-domain.beta.kubernetes.io/zone",
  "node.kubernetes.io/instance-type",
  "node.kubernetes.io/lifecycle",
  "kubelet.kubernetes.io/role",
  "beta.kubernetes.io/os",
  "node-role.kubernetes.io/worker",
  "node-restriction.kubernetes.io/team",
  "kubernetes.io/role",
  "k8s.io/cluster-autoscaler",
  "kops.k8s.io/instancegroup",
  "eks.amazonaws.com/nodegroup",
  "eks.amazonaws.com/capacityType",
];

test.each(RESERVED)("refuses the label %s on a managed group", (key) => {
  expect(inGroup(`labels: { ${key}: "true" }`)).toEqual([
    `nodes.main.labels."${key}"  is a label that only EKS and Kubernetes set on nodes of a managed group (kubernetes.io, k8s.io, eks.amazonaws.com): EKS refuses it, or the nodes never join; write a key of your own, for example workload`,
  ]);
});

test.each(["kubernetes.io/role", "node-role.kubernetes.io/ci", "eks.amazonaws.com/compute"])(
  "refuses the taint %s on a managed group",
  (key) => {
    expect(inGroup(`taints: ["${key}=x:PreferNoSchedule"]`)).toEqual([
      `nodes.main.taints[0]: ${key}=x:PreferNoSchedule  has a key that EKS refuses on managed groups (kubernetes.io, k8s.io, eks.amazonaws.com); write a key of your own, for example dedicated`,
    ]);
  },
);

test.each([
  ["a key without a prefix", 'workload: "general"'],
  ["a key of one's own domain", "acme.example/tier: gold"],
  ["63 characters with the prefix", `${"a".repeat(20)}.example/${"b".repeat(34)}: x`],
])("takes %s on a managed group", (_what, labels) => {
  expect(inGroup(`labels: { ${labels} }`)).toEqual([]);
});

const KEY_FORM =
  "is not a label's key; write letters, digits, dots, dashes and underscores, at most 63, with a DNS name and a slash in front if need be";
const VALUE_FORM =
  "is not a label's value; write letters, digits, dots, dashes and underscores, at most 63, with a letter or digit at both ends";

/** Forms by k8s.io/apimachinery v0.35.3, pkg/util/validation: IsQualifiedName and IsValidLabelValue. */
test.each([
  ["a space in a key", '"team a": x', `nodes.main.labels."team a"  ${KEY_FORM}`],
  ["a prefix with capitals", "Acme.example/tier: x", `nodes.main.labels."Acme.example/tier"  ${KEY_FORM}`],
  ["two slashes", "a/b/c: x", `nodes.main.labels."a/b/c"  ${KEY_FORM}`],
  ["an empty key", '"": x', `nodes.main.labels.""  ${KEY_FORM}`],
  ["a key of dashes", "-a-: x", `nodes.main.labels."-a-"  ${KEY_FORM}`],
  ["a value with a slash", "tier: a/b", `nodes.main.labels.tier: a/b  ${VALUE_FORM}`],
  [
    "a value of 64 characters",
    `tier: ${"x".repeat(64)}`,
    `nodes.main.labels.tier: ${"x".repeat(64)}  ${VALUE_FORM}`,
  ],
  ["a number", "tier: 4200", "nodes.main.labels.tier: 4200  must be text; put the label's value in quotes"],
  [
    "no value, which Kubernetes would take",
    'tier: ""',
    "nodes.main.labels.tier  is empty, and EKS refuses labels without a value; write one, for example true",
  ],
  [
    "a key of 64 characters with its prefix, which Kubernetes would take",
    `${"a".repeat(21)}.example/${"b".repeat(34)}: x`,
    `nodes.main.labels."${"a".repeat(21)}.example/${"b".repeat(34)}"  is too long; EKS takes at most 63 characters with the prefix`,
  ],
])("refuses %s in a managed group's labels", (_what, labels, problem) => {
  expect(inGroup(`labels: { ${labels} }`)).toEqual([problem]);
});

test.each([
  "karpenter.sh/nodepool",
  "karpenter.k8s.aws/instance-cpu",
  "kubernetes.io/role",
  "eks.amazonaws.com/x",
])("refuses the label %s on a pool", (key) => {
  expect(inPool(`labels: { ${key}: x }`)).toEqual([
    `karpenter.pools.general.labels."${key}"  is a label that Karpenter, Kubernetes or EKS sets; write a key of your own, for example workload`,
  ]);
});

test("lets a pool have what kubelet could not give itself, for Karpenter sets it", () => {
  expect(inPool('labels: { node-restriction.kubernetes.io/team: x, empty: "" }')).toEqual([]);
  expect(inPool('labels: { node.kubernetes.io/exclude-from-external-load-balancers: "true" }')).toEqual([]);
});

describe("taints", () => {
  const form =
    "is not a taint; write key=value:NoSchedule (or PreferNoSchedule, NoExecute), with a key and a value as labels have them";

  test.each([
    "a/b/c=x:NoSchedule",
    "Team A=x:NoSchedule",
    "team=a/b:NoSchedule",
    "team=x",
    "team=x:noschedule",
  ])("refuses %s", (taint) => {
    expect(inGroup(`taints: ["${taint}"]`)).toEqual([`nodes.main.taints[0]: ${taint}  ${form}`]);
    expect(inPool(`taints: ["${taint}"]`)).toEqual([`karpenter.pools.general.taints[0]: ${taint}  ${form}`]);
  });

  test("refuses a key and an effect twice, of which one was dropped", () => {
    const twice = 'taints: ["team=a:NoSchedule", "team=b:NoSchedule", "team=a:NoExecute"]';
    const problem = "has the key and the effect of taints[0], and a node takes one of them; remove one";

    expect(inGroup(`${twice}`)).toEqual([`nodes.main.taints[1]: team=b:NoSchedule  ${problem}`]);
    expect(inPool(twice)).toContain(`karpenter.pools.general.taints[1]: team=b:NoSchedule  ${problem}`);
  });

  test("refuses more than EKS takes", () => {
    const all = Array.from({ length: 51 }, (_, index) => `"t${index}=x:PreferNoSchedule"`).join(", ");

    expect(inGroup(`taints: [${all}]`)).toEqual([
      "nodes.main.taints  are more than EKS takes; write at most 50",
    ]);
  });
});

test.each([
  [
    "a service's nodes",
    "workloads: { a: { namespace: x, image: a:1, resources: { cpus: 1, memoryMiB: 1 }, ports: {}, placement: { nodeLabels: { 'a b': x } } } }",
    "nodeLabels",
  ],
  [
    "pods that may be called",
    "namespaces: { x: { allow: [{ from: { namespace: x, pods: { 'a b': x }, port: 80 } }] } }",
    "pods",
  ],
  ["pods without traffic", "namespaces: { x: { isolate: { 'a b': [x] } } }", "isolate"],
  ["labels of a namespace", "namespaces: { x: { labels: { 'a b': x } } }", "labels"],
])("holds a selection of %s to the same form", (_what, text, key) => {
  expect(said(`${text}\n`).filter((line) => line.includes(`${key}."a b"`))).toEqual([
    expect.stringContaining(KEY_FORM),
  ]);
});

test("the environment of these tests has no problem by itself", () => {
  expect(problemsIn(NETWORK, ENVIRONMENT)).toEqual([]);
});
