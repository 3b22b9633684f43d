import { type Answers, conditions, list, object } from "../../support/live-answers";

export interface LiveCase {
  readonly id: string;
  readonly yaml?: string;
  readonly answers: Answers;
  readonly faults: readonly { readonly changed: Answers; readonly says: RegExp }[];
}

export const NOW = Date.parse("2026-11-29T12:00:00Z");

export const CLUSTER = "dev-us-east-1";

export const SYSTEM = "kube-system";

export const describeCluster = (changed: object = {}) => ({
  cluster: {
    status: "ACTIVE",
    version: "1.35",
    health: { issues: [] },
    resourcesVpcConfig: { vpcId: "vpc-1", endpointPublicAccess: false, endpointPrivateAccess: true },
    ...changed,
  },
});

export interface NodeProps {
  readonly ready?: string;
  readonly pressure?: string;
  readonly addresses?: readonly object[];
  readonly version?: string;
  readonly spec?: object;
}

export const node = (name: string, props: NodeProps = {}) => {
  const { ready = "True", pressure = "False", addresses = [], version = "v1.35.0-eks-1", spec = {} } = props;
  const { status } = conditions(
    ["Ready", ready, "kubelet says so"],
    ["DiskPressure", pressure, "the disk is full"],
  ) as {
    status: object;
  };
  return object(
    name,
    { spec, status: { ...status, addresses, nodeInfo: { kubeletVersion: version } } },
    undefined,
    "Node",
  );
};

export const nodes = (first: NodeProps = {}) => list(node("a", first), node("b"), node("c"));

export const daemonSet = (name: string, ready = 3, desired = 3, spec: object = {}) =>
  object(
    name,
    { spec, status: { numberReady: ready, desiredNumberScheduled: desired } },
    SYSTEM,
    "DaemonSet",
  );

export const deployment = (name: string, ready = 2, namespace = SYSTEM) =>
  object(name, { spec: { replicas: 2 }, status: { readyReplicas: ready } }, namespace, "Deployment");

export const pod = (name: string, more: object = {}, namespace = SYSTEM) =>
  object(
    name,
    { spec: { nodeName: "a", containers: [{ name: "app" }] }, status: { phase: "Running" }, ...more },
    namespace,
    "Pod",
  );

export const GET_SETS = `kubectl get daemonsets -n ${SYSTEM}`;

export const SUBNETS = {
  "10.0.16.0/20": "us-east-1a",
  "10.0.80.0/20": "us-east-1b",
  "10.0.144.0/20": "us-east-1c",
  "10.0.8.0/24": "us-east-1a",
  "10.0.72.0/24": "us-east-1b",
  "10.0.136.0/24": "us-east-1c",
};

export const subnets = (left: Readonly<Record<string, number>> = {}, isTagged = true) => ({
  Subnets: Object.entries(SUBNETS).map(([CidrBlock, AvailabilityZone]) => ({
    SubnetId: `subnet-${CidrBlock}`,
    CidrBlock,
    AvailabilityZone,
    AvailableIpAddressCount: left[CidrBlock] ?? (CidrBlock.endsWith("/24") ? 240 : 3500),
    Tags: isTagged
      ? [
          {
            Key: CidrBlock.endsWith("/24") ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb",
            Value: "1",
          },
        ]
      : [],
  })),
});

export const GET_CLUSTER = `aws eks describe-cluster --name ${CLUSTER}`;

export const hooks = (caBundle?: string) =>
  list(
    object("policy", {
      webhooks: [
        {
          name: "validate.example.com",
          failurePolicy: "Fail",
          clientConfig: { caBundle, service: { namespace: "policy", name: "webhook" } },
        },
      ],
    }),
  );

export const GET_HOOKS = "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations";

export const slice = (
  service: string,
  namespace: string,
  ready: readonly (readonly [node: string, ready: boolean])[],
) =>
  object(
    `${service}-1`,
    {
      metadata: { labels: { "kubernetes.io/service-name": service } },
      endpoints: ready.map(([nodeName, isReady], index) => ({
        addresses: [`10.0.16.${index + 10}`],
        nodeName,
        conditions: { ready: isReady },
      })),
    },
    namespace,
  );

export const CILIUM_ENI = "cni: { kind: cilium-eni, prefixDelegation: true }";

export const health = (...states: readonly string[]) => ({
  TargetHealthDescriptions: states.map((State, index) => ({
    Target: { Id: `10.0.16.${index + 10}`, Port: 8080 },
    TargetHealth: { State, Description: "Health checks failed" },
  })),
});

export const GET_AGENTS = `kubectl get pods -n ${SYSTEM} -l k8s-app=cilium`;

export const STATUS = `kubectl exec -n ${SYSTEM} cilium-1 -c cilium-agent -- cilium-dbg status`;

export const ciliumStatus = (changed: object = {}) => ({
  cilium: { state: "Ok", msg: "1.19.6 (v1.19.6-0)" },
  kubernetes: { state: "Ok", msg: "1.35" },
  "kube-proxy-replacement": { mode: "True" },
  routing: { "inter-host-routing-mode": "Native", "intra-host-routing-mode": "BPF" },
  encryption: { mode: "Disabled" },
  ...changed,
});
