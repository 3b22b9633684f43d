import type { ChartPods } from "../../src/components/chart";
import { installed } from "../../src/components/components";
import type { InstalledRecord } from "../../src/components/component";

const records: readonly InstalledRecord[] = installed;

interface Rendered {
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  readonly hostNetwork: boolean;
  /** TCP; others are left out that nobody calls. */
  readonly ports: Readonly<Record<string, number>>;
}

/** Rendered by `helm template` with the samples' values at these versions. */
const RENDERED: readonly (readonly [source: string, pods: Readonly<Record<string, Rendered>>])[] = [
  [
    "cilium/cilium v1.19.6, install/kubernetes/cilium, of prod/us-east-1 and cluster-mesh/us-east-1",
    {
      cilium: rendered(
        "cilium",
        true,
        {
          "k8s-app": "cilium",
          "app.kubernetes.io/name": "cilium-agent",
          "app.kubernetes.io/part-of": "cilium",
        },
        { health: 9879, "peer-service": 4244, prometheus: 9962, "hubble-metrics": 9965 },
      ),
      "cilium-operator": rendered(
        "cilium-operator",
        true,
        {
          "io.cilium/app": "operator",
          name: "cilium-operator",
          "app.kubernetes.io/part-of": "cilium",
          "app.kubernetes.io/name": "cilium-operator",
        },
        { health: 9234, prometheus: 9963 },
      ),
      "hubble-relay": rendered(
        "hubble-relay",
        false,
        {
          "k8s-app": "hubble-relay",
          "app.kubernetes.io/name": "hubble-relay",
          "app.kubernetes.io/part-of": "cilium",
        },
        { grpc: 4245 },
      ),
      "hubble-ui": rendered(
        "hubble-ui",
        false,
        {
          "k8s-app": "hubble-ui",
          "app.kubernetes.io/name": "hubble-ui",
          "app.kubernetes.io/part-of": "cilium",
        },
        { http: 8081, grpc: 8090 },
      ),
      "clustermesh-apiserver": rendered(
        "clustermesh-apiserver",
        false,
        {
          "app.kubernetes.io/part-of": "cilium",
          "app.kubernetes.io/name": "clustermesh-apiserver",
          "k8s-app": "clustermesh-apiserver",
        },
        {
          etcd: 2379,
          "etcd-metrics": 9963,
          "apiserv-health": 9880,
          "apiserv-metrics": 9962,
          "kvmesh-health": 9881,
          "kvmesh-metrics": 9964,
        },
      ),
    },
  ],
  [
    "spiffe/helm-charts-hardened spire-0.30.0, charts/spire, of identity/us-east-1",
    {
      "spire-server": rendered(
        "spire-server",
        false,
        {
          "app.kubernetes.io/name": "server",
          "app.kubernetes.io/instance": "spire",
          "app.kubernetes.io/component": "server",
          component: "server",
          release: "spire",
          "release-namespace": "spire-mgmt",
        },
        { grpc: 8081, healthz: 8080, prom: 9988, https: 9443, "hp-cm": 8083, "pm-cm": 8082 },
      ),
      "spire-agent": rendered(
        "spire-agent",
        true,
        {
          "app.kubernetes.io/name": "agent",
          "app.kubernetes.io/instance": "spire",
          "app.kubernetes.io/component": "default",
        },
        { healthz: 9982, prom: 9988 },
      ),
    },
  ],
  [
    "kubernetes-sigs/aws-ebs-csi-driver v1.64.0, charts/aws-ebs-csi-driver",
    {
      "ebs-csi-controller": rendered(
        "ebs-csi-controller-sa",
        false,
        {
          app: "ebs-csi-controller",
          "app.kubernetes.io/name": "aws-ebs-csi-driver",
          "app.kubernetes.io/instance": "aws-ebs-csi-driver",
          "app.kubernetes.io/component": "csi-driver",
        },
        { healthz: 9808 },
      ),
      "ebs-csi-node": rendered(
        "ebs-csi-node-sa",
        false,
        {
          app: "ebs-csi-node",
          "app.kubernetes.io/name": "aws-ebs-csi-driver",
          "app.kubernetes.io/instance": "aws-ebs-csi-driver",
          "app.kubernetes.io/component": "csi-driver",
        },
        { healthz: 9808, "healthz-ndr": 9809 },
      ),
    },
  ],
  [
    "aws-observability/helm-charts main of 2026-08, charts/amazon-cloudwatch-observability; its agents are on the host network",
    {
      "cloudwatch-operator": rendered(
        "amazon-cloudwatch-observability-controller-manager",
        false,
        {
          "app.kubernetes.io/name": "amazon-cloudwatch-observability",
          "control-plane": "controller-manager",
        },
        { "webhook-server": 9443 },
      ),
    },
  ],
  [
    "coredns/deployment master, kubernetes/coredns.yaml.sed: what EKS's add-on is made of, whose own manifest is not published",
    {
      coredns: rendered(
        "coredns",
        false,
        { "k8s-app": "kube-dns" },
        {
          dns: 53,
          "dns-tcp": 53,
          metrics: 9153,
        },
      ),
    },
  ],
];

function rendered(
  serviceAccount: string,
  hostNetwork: boolean,
  labels: Rendered["labels"],
  ports: Rendered["ports"],
): Rendered {
  return { serviceAccount, hostNetwork, labels, ports };
}

const known = new Map(
  records.flatMap(({ pods = {} }) => Object.entries<ChartPods>(pods)).map(([key, facts]) => [key, facts]),
);

describe.each(RENDERED)("as %s renders them", (_, pods) => {
  test.each(Object.entries(pods))("%s", (name, real) => {
    const facts = known.get(name);

    expect(real.labels).toMatchObject({ ...facts?.labels });
    expect(facts?.labels).not.toEqual({});
    expect(real.ports).toMatchObject({ ...facts?.ports });
    expect(facts).toMatchObject({ serviceAccount: real.serviceAccount });
    expect(facts?.hostNetwork === true).toBe(real.hostNetwork);
  });
});
