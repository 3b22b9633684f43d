import { layerJsonSchema } from "../../src/config/json-schema/editor-schema";
import {
  DEFAULT_MAX_UNAVAILABLE_PERCENT,
  DEFAULT_REPLICAS,
  S3_RETENTION_DAYS,
  poolDefaults,
} from "../../src/facts/defaults";
import { certificateNameservers } from "../../src/model/hosted-zones";
import { drainSecondsOf } from "../../src/model/load-balanced";
import { targetSchema } from "../../src/config/schema/target";
import { trafficSchema } from "../../src/config/schema/workloads/traffic";
import { assumptionTable } from "../../src/cost/assumptions";
import { awsQuotas, loadBalancerAddresses } from "../../src/facts/aws-quotas";
import { canarySteps } from "../../src/modules/workloads/canary";
import { destinationRule } from "../../src/modules/workloads/traffic/destination-rule";
import { defaultHealthCheck } from "../../src/modules/workloads/traffic/health-check";
import { aTarget } from "../support/fixtures";
import { schemaKeys } from "../support/schema-keys";
import { releaseValues, resource, synthYaml } from "../support/synth";

/** Figures in words of which others decide: where they say so. */
const OF_OTHERS: Readonly<Record<string, string>> = {
  "workloads.*.traffic.destination.connections.connectTimeout":
    "Istio, DestinationRule, ConnectionPoolSettings.TCPSettings: connectTimeout, default 10s",
  "workloads.*.traffic.destination.connections.idleTimeout":
    "Istio, DestinationRule, ConnectionPoolSettings.HTTPSettings: idleTimeout, default 1 hour",
  "workloads.*.traffic.ingress.idleTimeoutSeconds":
    "Elastic Load Balancing API reference, LoadBalancerAttribute: idle_timeout.timeout_seconds, default 60",
  "workloads.*.traffic.ingress.maxBodySize":
    "kubernetes/ingress-nginx, docs/user-guide/nginx-configuration/configmap.md: proxy-body-size, default 1m",
  "karpenter.pools.*.weight": "Karpenter, NodePools, spec.weight: 0 where it is not given",
};

/** Figures in words that the platform itself applies where the key is left out: what it applies. */
const APPLIED: Readonly<Record<string, () => readonly (string | number)[]>> = {
  "network.subnets.public": () => [prefixOf("public")],
  "network.subnets.controlPlane": () => [prefixOf("controlPlane")],
  "network.subnets.firewall": () => [
    prefixOf("firewall", "egress: { kind: firewall, domains: [a.example] }"),
  ],
  "network.subnets.transitGateway": () => [
    prefixOf("transitGateway", "egress: { kind: transit-gateway, transitGatewayId: tgw-0123456789abcdef0 }"),
  ],
  "nodes.*.maxUnavailablePercent": () => [DEFAULT_MAX_UNAVAILABLE_PERCENT],
  "network.flowLogs.retentionDays": () => [S3_RETENTION_DAYS],
  "ingress.loadBalancers.accessLogs.retentionDays": () => [
    expiryDays("ingress: { loadBalancers: { accessLogs: {} } }"),
  ],
  "ingress.nginx.replicas": () => [nginx("").replicaCount ?? NaN],
  "ingress.nginx.autoscaling.cpuPercent": () => [
    `${nginx("autoscaling: { max: 4 }").autoscaling?.targetCPUUtilizationPercentage}, unless`,
  ],
  "karpenter.pools.*.minGeneration": () => [poolDefaults.minGeneration],
  "karpenter.pools.*.vcpus": () => [`min ${poolDefaults.minVcpus}`],
  "capacity.infrastructureAddresses": () => [aTarget().capacity.infrastructureAddresses ?? 0],
  "capacity.loadBalancers.internal": () => [aTarget().capacity.loadBalancers ?? NaN],
  "capacity.loadBalancers.public": () => [
    `${aTarget().capacity.publicLoadBalancers} where there are such subnets`,
    `else ${aTarget(networkOf("egress: { kind: none }")).capacity.publicLoadBalancers}`,
  ],
  "capacity.loadBalancers.addressesEach": () => [loadBalancerAddresses.freePerSubnet],
  "capacity.survive.zonesLost": () => [
    `${aTarget("", { environment: "prod" }).capacity.zonesLost} in production`,
    `else ${aTarget().capacity.zonesLost}`,
  ],
  "ingress.certificates.nameservers": () =>
    certificateNameservers(aTarget("ingress: { certificates: { email: a@example.com } }")).map((each) =>
      each.replace(":53", ""),
    ),
  "observability.prometheus.memoryGiB": () => {
    const [none, one] = [0, 1].map(prometheusMemoryMiB);
    return [`${(none ?? NaN) / 1024} GiB`, `${(one ?? NaN) - (none ?? NaN)} MiB for each node`];
  },
  "workloads.*.replicas": () => [DEFAULT_REPLICAS],
  "workloads.*.traffic.canary": () => {
    const steps = trafficSchema.parse({ canary: {} }).canary?.steps ?? [];
    expect(canarySteps(steps)).toEqual(canarySteps());
    return [`${steps.map(({ weight }) => weight).join(" and ")} percent`, "10 minutes each"];
  },
  "workloads.*.traffic.destination.outliers.maxEjectionPercent": () => [
    ejectionPercent(false),
    `clusters, ${ejectionPercent(true)}`,
  ],
  "workloads.*.traffic.ingress.healthCheck.successCodes": () => [
    defaultHealthCheck(false).codes,
    `gRPC, ${defaultHealthCheck(true).codes}`,
  ],
  "workloads.*.shutdown.drainSeconds": () => [
    drainSeconds("{ kind: cluster-ip }"),
    `${drainSeconds("{ kind: cluster-ip }", "{ ingress: {} }")} behind an ALB`,
    `${drainSeconds("{ kind: nlb }")} behind an NLB`,
  ],
};

const keys = schemaKeys(layerJsonSchema(), targetSchema);
const inWords = new Map(
  keys.flatMap(({ path, json }) => {
    const words = /Default: (.*)/.exec(json.description ?? "")?.[1];
    if (words === undefined || json.default !== undefined) return [];
    return [[path.replace(/\|\d+/g, ""), words] as const];
  }),
);

test("every figure of a default in words is compared with what is applied, or names who decides it", () => {
  const figures = [...inWords].filter(([, words]) => /\d/.test(words)).map(([path]) => path);
  const tables = /^(capacity\.quotas|cost\.assumptions)\./;

  expect(figures.filter((path) => !tables.test(path)).sort()).toEqual(
    [...Object.keys(APPLIED), ...Object.keys(OF_OTHERS)].sort(),
  );
});

test.each(Object.keys(APPLIED))("what is said of %s is what is applied", (path) => {
  for (const figure of APPLIED[path]?.() ?? []) expect(inWords.get(path)).toContain(String(figure));
});

test.each([
  ["capacity.quotas", awsQuotas],
  ["cost.assumptions", assumptionTable],
])("what is said of %s is what is calculated with", (at, table: Record<string, { default: number }>) => {
  for (const [name, { default: figure }] of Object.entries(table)) {
    expect(inWords.get(`${at}.${name}`)).toMatch(new RegExp(`^${figure}\\b`));
  }
});

function expiryDays(yaml: string): number {
  const { rule } = resource(synthYaml(yaml).ingress, "aws_s3_bucket_lifecycle_configuration") as unknown as {
    rule: { expiration: { days: number }[] }[];
  };
  return rule[0]?.expiration[0]?.days ?? NaN;
}

interface NginxController {
  readonly replicaCount?: number;
  readonly autoscaling?: { readonly targetCPUUtilizationPercentage: number };
}

function nginx(scaling: string): NginxController {
  const yaml = `metricsServer: {}\ningress: { nginx: { reason: "rewrites: WEB-811", ${scaling} } }`;
  return releaseValues(synthYaml(yaml).ingress, "ingress-nginx_release").controller as NginxController;
}

const networkOf = (egress: string) => `network: { ${egress} }`;

function prefixOf(tier: "public" | "controlPlane" | "firewall" | "transitGateway", network = ""): string {
  const ranges = aTarget(network === "" ? "" : networkOf(network)).subnets.get(tier);
  return `/${[...(ranges?.values() ?? [])][0]?.prefix}`;
}

function prometheusMemoryMiB(nodes: number): number {
  const group = `nodes: { main: { size: { min: ${nodes}, max: 30 } } }`;
  const json = synthYaml(`observability: { prometheus: {} }\n${group}`).observability;
  const { prometheus } = releaseValues(json, "prometheus_stack_release") as unknown as {
    prometheus: { prometheusSpec: { resources: { requests: { memory: string } } } };
  };
  return Number.parseInt(prometheus.prometheusSpec.resources.requests.memory, 10);
}

function ejectionPercent(failsOver: boolean): number {
  const outliers = { consecutive5xxErrors: 5, interval: "10s", baseEjectionTime: "30s" };
  const rule = destinationRule(
    { name: "orders", namespace: "shop" } as Parameters<typeof destinationRule>[0],
    { subsets: {}, destination: { outliers } },
    { mesh: { dataPlane: "sidecar", peers: failsOver }, api: "istio" } as Parameters<
      typeof destinationRule
    >[2],
  ) as unknown as { spec: { trafficPolicy: { outlierDetection: { maxEjectionPercent: number } } } };
  return rule.spec.trafficPolicy.outlierDetection.maxEjectionPercent;
}

function drainSeconds(service: string, traffic?: string): number {
  const { config } = aTarget(`
traffic: { api: alb-ingress }
workloads:
  orders:
    namespace: shop
    image: registry.example.com/shop/orders:1.0.0
    ports: { http: { port: 80, targetPort: 8080, protocol: http } }
    resources: { cpus: 0.25, memoryMiB: 256 }
    service: ${service}
    ${traffic === undefined ? "" : `traffic: ${traffic.replace("{ ingress", "{ hosts: [a.example.com], ingress")}`}
`);
  return drainSecondsOf("orders", config.workloads!.orders!, config);
}
