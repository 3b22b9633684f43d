import { alertRules, type AlertSettings } from "../../../src/modules/observability/alert-rules";
import { istioMonitors } from "../../../src/components/istio/istio-monitors";

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}

const rulesOf = (settings: AlertSettings): Rule[] =>
  Object.values(alertRules(settings)).flatMap(({ spec }) =>
    (spec as unknown as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules),
  );

const eni: AlertSettings = { addresses: "cilium-eni", cilium: true, subnetAddressesLeft: 300 };
const chaining: AlertSettings = { ...eni, addresses: "vpc-cni" };
const overlay: AlertSettings = { ...eni, addresses: "cilium-overlay" };
const vpcCni: AlertSettings = { ...chaining, cilium: false };

// What fails in EKS networks: addresses run out, connections are dropped, names don't resolve, NAT has no ports left.
test.each<[string, AlertSettings, string[]]>([
  [
    "cilium-eni",
    eni,
    ["SubnetAddressesLow", "SubnetAddressesEndSoon", "EniCallsFail", "NodesWithoutAddresses"],
  ],
  ["cilium-chaining", chaining, ["NodePodAddressesUsedUp", "EniCallsFail", "CiliumMapsFull"]],
  ["cilium-overlay", overlay, ["NodePodAddressesLow", "CiliumMapsFull"]],
  ["vpc-cni", vpcCni, ["NodePodAddressesUsedUp", "EniCallsFail"]],
])("with %s the alerts are of what its address manager counts", (_name, settings, names) => {
  const alerts = rulesOf(settings).map(({ alert }) => alert);

  expect(alerts).toEqual(expect.arrayContaining(names));
  expect(alerts).toEqual(
    expect.arrayContaining(["CoreDnsSlow", "CoreDnsFails", "PodsPending", "NodeDnsPacketsDropped"]),
  );
  expect(new Set(alerts).size).toBe(alerts.length);
});

test("no alert asks for metrics that the CNI does not have", () => {
  expect(JSON.stringify(rulesOf(vpcCni))).not.toMatch(/cilium_/);
  expect(JSON.stringify(rulesOf(eni))).not.toMatch(/awscni_/);
  expect(JSON.stringify(rulesOf(overlay))).not.toMatch(/awscni_|cilium_operator/);
});

// istio/istio pilot/pkg, security/pkg, cni/pkg (1.27.9, 1.29.6) and Cilium's metrics.rst (1.18.11, 1.19.6) have these metrics.
test.each([
  ["istio", "SidecarInjectionFails", /citadel_server|pilot_total_xds_rejects/, /clustermesh/],
  ["istio-ambient", "IstioCniNotReady", /istio_cni_install_ready/, /clustermesh|sidecar_injection/],
  ["cilium", "ClusterMeshPeerUnready", /cilium_clustermesh_remote_cluster_readiness_status/, /istio|citadel/],
] as const)("with the mesh %s its failures are told, and no other's", (mesh, alert, asked, notAsked) => {
  const rules = rulesOf({ ...eni, mesh });

  expect(rules.map((each) => each.alert)).toContain(alert);
  expect(JSON.stringify(rules)).toMatch(asked);
  expect(JSON.stringify(rules)).not.toMatch(notAsked);
  expect(JSON.stringify(rulesOf(eni))).not.toMatch(/istio|citadel|clustermesh/);
});

test("the threshold of subnets is the config's", () => {
  expect(rulesOf(eni).find(({ alert }) => alert === "SubnetAddressesLow")?.expr).toMatch(/< 300$/);
});

test.each([eni, chaining, overlay, vpcCni])(
  "every alert says what and what to do, and waits ($addresses)",
  (settings) => {
    for (const { for: duration, labels, annotations } of rulesOf(settings)) {
      expect(duration).toMatch(/^\d+[mh]$/);
      expect(["critical", "warning"]).toContain(labels.severity);
      expect(annotations.summary).not.toBe("");
      expect(annotations.description).not.toBe("");
    }
  },
);

test("parentheses and braces of every expression are balanced", () => {
  const meshes = (["istio", "istio-ambient", "cilium"] as const).flatMap((mesh) => rulesOf({ ...eni, mesh }));
  for (const { expr } of [...rulesOf(eni), ...rulesOf(vpcCni), ...rulesOf(overlay), ...meshes]) {
    for (const [open, close] of ["()", "{}", "[]"].map((pair) => [...pair])) {
      expect(expr.split(open ?? "").length).toBe(expr.split(close ?? "").length);
    }
  }
});

// prometheus-operator, pkg/prometheus/promcfg.go: the job of a PodMonitor is its namespace and name, that of a sidecar its service.
test("errors of sidecars are not counted as errors of gateways", () => {
  const { expr = "" } =
    rulesOf({ ...eni, mesh: "istio" }).find(({ alert }) => alert === "GatewayErrors") ?? {};
  const jobs = [...expr.matchAll(/istio_requests_total\{job=~"([^"]+)"/g)].map(
    ([, job = ""]) => new RegExp(`^(?:${job})$`),
  );
  const monitors = Object.keys(istioMonitors("ambient")).filter((name) => name.endsWith("gateways"));

  expect(jobs).toHaveLength(expr.split("istio_requests_total").length - 1);
  expect([jobs.length, monitors.length]).toEqual([2, 2]);
  for (const job of jobs) {
    for (const name of monitors) expect(`monitoring/${name}`).toMatch(job);
    expect("istio-gateways").not.toMatch(job);
    expect("monitoring/istiod").not.toMatch(job);
  }
});
