import { type ChartValues, mergeValues } from "../../../src/modules/chart-values";

/** What a target writes for one position of a switch; laid over the base and over the other switches. */
export type Fragment = ChartValues;

const TOPIC = "arn:aws:sns:us-east-1:111122223333:oncall";
const STORES = {
  platform: { paths: ["dev/platform/"], namespaces: ["monitoring", "argocd"] },
};
const stored = (name: string) => ({ store: "platform", name: `dev/platform/${name}` });
const REPO = { url: "https://git.example.com/acme/fleet.git" };
const IDENTITY = { trustDomain: "dev.acme.internal" };
const MESH = { id: "acme", trustDomain: "dev.acme.internal" };
const CA =
  "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/11111111-2222-4333-8444-555555555555";
const WAF = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/edge/11111111-2222-4333-8444-555555555555";

/**
 * Every switch of a target's components, and every position of it; the first is "without it". What a position writes is
 * all that it needs of its own: needs of other switches are in `refused-pairs.ts`.
 */
export const switches = {
  release: {
    "2026.11": {},
    "2025.09": { release: "2025.09", cluster: { supportPolicy: "extended" } },
  },
  cni: {
    "cilium-eni": {},
    "cilium-overlay": { cni: { kind: "cilium-overlay", podCidr: "100.64.0.0/11" } },
    "cilium-chaining": { cni: { kind: "cilium-chaining" } },
    "vpc-cni": { cni: { kind: "vpc-cni" } },
  },
  zonalShift: { off: {}, on: { cluster: { zonalShift: true } } },
  nodeLocalDns: { off: {}, on: { network: { dns: { nodeLocalCache: true } } } },
  bgp: {
    off: {},
    services: {
      cni: {
        bgp: {
          asn: 64512,
          peers: { "router-a": { address: "10.0.3.4", asn: 64513 } },
          advertise: { services: ["198.18.0.0/24"] },
        },
      },
    },
  },
  egressGateway: {
    off: {},
    on: {
      cni: {
        egressGateway: {
          policies: {
            partner: {
              namespaces: ["payments"],
              destinations: ["203.0.113.0/24"],
              nodes: { role: "egress" },
            },
          },
        },
      },
      nodes: { main: { labels: { role: "egress" } } },
    },
  },
  mirror: {
    off: {},
    on: { images: { mirror: "111122223333.dkr.ecr.us-east-1.amazonaws.com" } },
  },
  karpenter: {
    off: {},
    on: { karpenter: { pools: { general: { class: "general", limits: { cpus: 64 } } } } },
    irsa: { karpenter: { identity: "irsa", pools: { general: { class: "general", limits: { cpus: 64 } } } } },
  },
  metricsServer: { off: {}, on: { metricsServer: {} } },
  keda: { off: {}, on: { keda: { queues: ["orders"] } } },
  verticalPodAutoscaler: {
    off: {},
    recommend: { verticalPodAutoscaler: {} },
    act: { verticalPodAutoscaler: { mode: "act" } },
  },
  secrets: {
    off: {},
    "external-secrets": { secrets: { stores: STORES } },
    csi: { secrets: { delivery: "csi" } },
    both: { secrets: { delivery: "both", stores: STORES } },
  },
  ingress: {
    off: {},
    internal: { ingress: { loadBalancers: { accessLogs: {} } } },
    public: { ingress: { loadBalancers: { publicNamespaces: ["edge"], wafAclArn: WAF } } },
  },
  dns: { off: {}, on: { ingress: { dns: { zones: { "example.com": "Z0123456789ABCDEFGHIJ" } } } } },
  certificates: { off: {}, on: { ingress: { certificates: { email: "platform@example.com" } } } },
  nginx: { off: {}, on: { ingress: { nginx: { reason: "moves to the Gateway API by spring" } } } },
  policies: {
    off: {},
    // The namespace `edge` is the one of the switch `ingress`: where namespaces are data, it has to be one of them.
    on: { namespaces: { edge: {}, payments: { limits: { defaultRequest: { cpus: 0.1 } } } } },
    weaker: {
      namespaces: { edge: {}, payments: { identity: "irsa" } },
      // The VPC CNI opens STS's endpoint by address.
      network: {
        endpoints: {
          stsAddresses: {
            "us-east-1a": "10.0.31.254",
            "us-east-1b": "10.0.95.254",
            "us-east-1c": "10.0.159.254",
          },
        },
      },
      policies: { admission: { readinessProbes: { action: "warn", reason: "jobs come first" } } },
    },
  },
  prometheus: {
    off: {},
    on: { observability: { prometheus: {} } },
    grafana: { observability: { prometheus: { grafana: { adminSecret: stored("grafana") } } } },
  },
  alerts: { off: {}, on: { observability: { alerts: { to: TOPIC } } } },
  containerInsights: {
    off: {},
    on: { observability: { containerInsights: {} } },
    metrics: { observability: { containerInsights: { logs: false } } },
  },
  logShipper: { off: {}, on: { observability: { logShipper: { kind: "fluent-bit" } } } },
  openTelemetry: { off: {}, on: { observability: { openTelemetry: { traces: { kind: "xray" } } } } },
  gitops: {
    off: {},
    on: { gitops: { repo: REPO } },
    full: {
      gitops: {
        repo: { ...REPO, credentials: stored("git") },
        projects: { payments: { namespaces: ["shop"], groups: ["payments"] } },
        argocd: {
          host: "argocd.example.com",
          sso: { issuer: "https://login.example.com", secret: stored("sso") },
        },
        rollouts: true,
      },
    },
  },
  identity: {
    off: {},
    spire: {
      identity: { kind: "spire", ...IDENTITY, caSubject: { country: "DE", organization: "Acme" } },
    },
    cilium: { identity: { kind: "cilium", ...IDENTITY } },
  },
  backup: { off: {}, snapshots: { backup: {} }, files: { backup: { volumes: "files" } } },
  mesh: {
    off: {},
    sidecars: { mesh: { kind: "istio", ...MESH } },
    gateway: { mesh: { kind: "istio", ...MESH, ingressGateway: {} } },
    "private-ca": {
      mesh: { kind: "istio", ...MESH, certificateAuthority: { kind: "aws-private-ca", arn: CA } },
    },
    ambient: { mesh: { kind: "istio-ambient", ...MESH } },
    cilium: {
      mesh: {
        kind: "cilium",
        id: "acme",
        clusterId: 1,
        certificateAuthority: { kind: "aws-private-ca", arn: CA },
      },
    },
  },
} as const satisfies Record<string, Record<string, Fragment>>;

export type SwitchName = keyof typeof switches;
export const switchNames = Object.keys(switches) as SwitchName[];

/** A position of each switch. */
export type Row = Readonly<Record<SwitchName, string>>;

export function positionsOf(name: SwitchName): readonly string[] {
  return Object.keys(switches[name]);
}

/** All switches at their first position. */
export function allOff(): Row {
  return Object.fromEntries(switchNames.map((name) => [name, positionsOf(name)[0] ?? ""])) as Row;
}

/** What the positions of a row write, laid over each other. */
export function configOf(row: Row): Fragment {
  return switchNames
    .map((name) => (switches[name] as Readonly<Record<string, Fragment>>)[row[name]] ?? {})
    .reduce<Fragment>(mergeValues, {});
}
