import { type ChartRelease, chartReleases, everything } from "../support/chart-releases";
import { moduleInputs, synthYaml } from "../support/synth";

/** Targets with all that each CNI can have; what each row of docs/chart-traps.md says of values is read off them. */
const targets = {
  eni: everything({ release: "2026.11", cni: "cilium-eni", mesh: "gateway", identity: "spire" }),
  "eni with logs by Fluent Bit": everything({ cni: "cilium-eni", logShipper: "on", mesh: "ambient" }),
  overlay: everything({ release: "2026.11", cni: "cilium-overlay", identity: "spire" }),
  "overlay on 1.18": everything({ release: "2025.09", cni: "cilium-overlay", identity: "cilium" }),
  "chaining on 1.18": everything({ release: "2025.09", cni: "cilium-chaining", mesh: "sidecars" }),
  "vpc-cni": everything({ release: "2026.11", cni: "vpc-cni", mesh: "private-ca" }),
} as const;
type TargetName = keyof typeof targets;
const names = Object.keys(targets) as TargetName[];
const overlays = names.filter((name) => name.startsWith("overlay"));
const others = names.filter((name) => !name.startsWith("overlay"));

const known = new Map<TargetName, Map<string, ChartRelease>>();
function releases(name: TargetName): Map<string, ChartRelease> {
  const found = known.get(name) ?? chartReleases(targets[name]);
  known.set(name, found);
  return found;
}

function release(target: TargetName, name: string): ChartRelease {
  const found = releases(target).get(name);
  if (found === undefined)
    throw new Error(`no ${name}; there are ${[...releases(target).keys()].join(", ")}`);
  return found;
}

/** Keys by which pods go onto their node's network, by release. */
const HOST_NETWORK = [
  ["metrics-server", "hostNetwork.enabled"],
  ["cert-manager", "webhook.hostNetwork"],
  ["external-secrets", "webhook.hostNetwork"],
  ["keda", "metricsServer.useHostNetwork"],
  ["keda", "webhooks.useHostNetwork"],
  ["aws-load-balancer-controller", "hostNetwork"],
  ["opentelemetry-operator", "hostNetwork"],
  ["kube-prometheus-stack", "prometheusOperator.hostNetwork"],
  ["vpa", "admissionController.useHostNetwork"],
] as const;

describe("webhooks and aggregated APIs in an overlay", () => {
  test.each(overlays.flatMap((target) => HOST_NETWORK.map(([name, key]) => [target, name, key] as const)))(
    "%s: %s is on the host network by %s",
    (target, name, key) => {
      expect(release(target, name).values).toHaveProperty(key, true);
    },
  );

  test.each(others.flatMap((target) => HOST_NETWORK.map(([name, key]) => [target, name, key] as const)))(
    "%s: %s is not, by %s",
    (target, name, key) => {
      expect(release(target, name).values).not.toHaveProperty(key, true);
    },
  );

  // Ports that the charts' pods open on a node, those of their defaults among them (octarine render).
  test.each(overlays)("%s: no two of them listen on one port of a node, nor on the kubelet's", (target) => {
    const read = (name: string, ...keys: string[]) =>
      keys.map((key) => key.split(".").reduce<unknown>(at, release(target, name).values)).map(Number);
    const ports = [
      ...read("metrics-server", "containerPort"),
      ...read("cert-manager", "webhook.securePort"),
      ...[6080, 9402], // cert-manager's webhook: health, metrics
      ...read(
        "external-secrets",
        "webhook.port",
        "webhook.metrics.listen.port",
        "webhook.readinessProbe.port",
      ),
      ...read("keda", "service.portHttpsTarget", "prometheus.metricServer.port"),
      ...read("keda", "webhooks.port", "webhooks.healthProbePort", "prometheus.webhooks.port"),
      ...read("aws-load-balancer-controller", "webhookBindPort"),
      ...[8080, 61779], // load balancer controller: metrics, health
      ...read("opentelemetry-operator", "manager.ports.webhookPort", "manager.ports.healthzPort"),
      8443, // OpenTelemetry operator: metrics
      ...read("kube-prometheus-stack", "prometheusOperator.tls.internalPort"),
      ...[8000, 8944], // VPA: webhook, metrics
      ...[4240, 4244, 6081, 9100, 9234, 9878, 9879, 9962, 9963, 9964, 9965, 9982, 9988], // Cilium, exporter, SPIRE
    ];

    expect(ports.filter((port) => !Number.isInteger(port))).toEqual([]);
    expect(ports.filter((port, index) => ports.indexOf(port) !== index)).toEqual([]);
    expect(ports).not.toContain(10250);
  });

  // The charts' ports, and on the host network those of the test above (docs/chart-traps.md has the sources). For 10250 the module has a rule of its own.
  test.each<[TargetName, number[]]>([
    ["eni", [6443, 8000, 8443, 9443, 15017]],
    ["vpc-cni", [6443, 8000, 8443, 9443, 15017]],
    ["overlay", [4443, 8000, 9443, 10260, 10270, 10280, 16443, 19443, 19453]],
  ])("%s: the control plane is let through to each of them, and to nothing it lacks", (target, ports) => {
    const inputs = moduleInputs(synthYaml(targets[target]).cluster, "cluster_eks");
    const rules = inputs.node_security_group_additional_rules as Record<string, Record<string, unknown>>;
    const admitted = Object.values(rules)
      .filter((rule) => rule.source_cluster_security_group === true)
      .map(({ from_port }) => Number(from_port));

    expect([...new Set(admitted)].sort((a, b) => a - b)).toEqual(ports);
  });

  test.each(names)("%s: a load balancer controller that is down blocks no Service", (target) => {
    expect(release(target, "aws-load-balancer-controller").values).toMatchObject({
      enableServiceMutatorWebhook: false,
    });
    const charts = [...releases(target).values()].map(({ values }) => JSON.stringify(values));
    for (const values of charts.filter((each) => each.includes('"type":"LoadBalancer"'))) {
      expect(values).toContain('"loadBalancerClass":"service.k8s.aws/nlb"');
    }
  });
});

describe("kinds and what needs them", () => {
  test.each(names)("%s: Karpenter's kinds are a release that Helm upgrades", (target) => {
    expect(release(target, "karpenter").block).toMatchObject({ skip_crds: true });
    expect(release(target, "karpenter-crd").chart).toContain("/karpenter-crd");
  });

  test.each(names)("%s: kinds of the Prometheus operator come before all that has monitors", (target) => {
    const before = ["autoscaling", "cni", "secrets", "ingress"];
    for (const { stack, values } of releases(target).values()) {
      if (before.includes(stack)) expect(JSON.stringify(values)).not.toMatch(/serviceMonitor|servicemonitor/);
    }
    expect(release(target, "kube-prometheus-stack").values).toMatchObject({ crds: { enabled: false } });
    expect(release(target, "kube-prometheus-stack").block.depends_on).toContain(
      "helm_release.prometheus_crds_release",
    );
  });

  test.each(names)("%s: only Cilium and Istio ask for a Gateway API bundle", (target) => {
    expect(release(target, "aws-load-balancer-controller").values).toMatchObject({
      controllerConfig: { featureGates: { ALBGatewayAPI: false, NLBGatewayAPI: false } },
    });
    expect(JSON.stringify(release(target, "cert-manager").values)).not.toContain("enableGatewayAPI");
    expect(JSON.stringify(release(target, "external-dns").values)).not.toContain("gateway");
  });
});

describe("values that make every plan differ, or hide a secret in a state", () => {
  test.each(names)("%s: the certificate of the load balancer controller stays", (target) => {
    expect(release(target, "aws-load-balancer-controller").values).toMatchObject({ keepTLSSecret: true });
  });

  test.each(names)("%s: no password is in any value", (target) => {
    expect(release(target, "kube-prometheus-stack").values).toMatchObject({
      grafana: { admin: { existingSecret: "grafana-admin" } },
    });
    for (const { values, block } of releases(target).values()) {
      if (block.version === undefined) continue; // Octarine's own manifests: names of fields in AWS
      expect(JSON.stringify(values)).not.toMatch(/"(adminPassword|password|secretKey|clientSecret)":"(?!\$)/);
    }
  });
});

describe("keys that charts no longer have and silently ignore", () => {
  const gone: readonly [string, readonly string[]][] = [
    ["argocd", ["applicationSet.enabled"]],
    [
      "cilium",
      ["tunnel", "nodePort", "enableCiliumEndpointSlice", "ciliumEndpointSlice.sliceMode", "customCalls"],
    ],
    ["cilium", ["encryption.keyFile", "encryption.strictMode", "egressMasqueradeInterfaces"]],
    ["istiod", ["pilot", "defaults"]],
    ["istio-cni", ["cni", "defaults"]],
    ["karpenter", ["webhook"]],
    ["velero", ["configuration.provider", "deployRestic"]],
    ["cert-manager", ["installCRDs", "prometheus.serviceMonitor"]],
    ["external-dns", ["aws"]],
  ];

  test.each(names.flatMap((target) => gone.map(([name, keys]) => [target, name, keys] as const)))(
    "%s: %s has none of %j",
    (target, name, keys) => {
      const there = releases(target).get(name)?.values ?? {};
      for (const key of keys) expect(there).not.toHaveProperty(key);
    },
  );
});

describe("service accounts", () => {
  const accounts: readonly [string, string, string][] = [
    ["aws-load-balancer-controller", "serviceAccount.name", "aws-load-balancer-controller"],
    ["external-secrets", "serviceAccount.name", "external-secrets"],
    ["external-dns", "serviceAccount.name", "external-dns"],
    ["velero", "serviceAccount.server.name", "velero-server"],
  ];

  test.each(names.flatMap((target) => accounts.map((each) => [target, ...each] as const)))(
    "%s: that of %s is pinned by %s",
    (target, name, key, account) => {
      expect(release(target, name).values).toHaveProperty(key, account);
    },
  );

  test.each(names)("%s: a role is named in an annotation only where IRSA was asked for", (target) => {
    const annotated = [...releases(target)].filter(([, { values }]) =>
      JSON.stringify(values).includes("eks.amazonaws.com/role-arn"),
    );

    expect(annotated.map(([name]) => name)).toEqual(["karpenter"]); // karpenter.identity: irsa
  });
});

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
