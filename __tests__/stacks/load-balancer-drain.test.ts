import { problemsIn, NETWORK } from "../support/problems";
import { chartReleases, everything } from "../support/chart-releases";
import { resourcesOf, synthYaml } from "../support/synth";

const IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/open/api:1.0.0";
const service = (more: string, port = "tcp: { port: 9000, protocol: tcp }") =>
  `api: { namespace: open, image: "${IMAGE}", ports: { ${port} }, resources: { cpus: 0.1, memoryMiB: 128 }, callers: [], dependencies: [], ${more} }`;
const target = (workload: string, more = "") =>
  `ingress: {}\npolicies: {}\nnamespaces: { open: { quota: { cpus: 10 } }, closed: {} }\nworkloads: { ${workload} }\n${more}`;
const NLB = "service: { kind: nlb }";
const HTTP = "http: { port: 80, targetPort: 8080, protocol: http }";
const ALB = "traffic: { hosts: [api.example.com], ingress: { class: alb } }";
const BY_ALB = "traffic: { api: alb-ingress }";

interface Seconds {
  readonly delay?: number;
  readonly drain?: number;
  readonly grace?: number;
}

/** What a stack's text says of a pod's end, behind all of its escapes. */
function secondsIn(json: string): Seconds {
  const text = json.replaceAll("\\", "");
  const number = (pattern: RegExp) => {
    const found = pattern.exec(text)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  return {
    delay: number(/deregistration_delay\.timeout_seconds=(\d+)/),
    drain:
      number(/"preStop":\{"sleep":\{"seconds":(\d+)\}\}/) ??
      number(/"command":\["sh","-c","sleep (\d+); \/wait-shutdown"\]/),
    grace: number(/"terminationGracePeriodSeconds":(\d+)/),
  };
}

const labelsOf = (yaml: string, namespace: string) =>
  (
    resourcesOf(synthYaml(yaml).policies, "kubernetes_namespace_v1")[`namespace-${namespace}_namespace`] as {
      metadata: { labels: Record<string, string> };
    }
  ).metadata.labels;
const GATE = "elbv2.k8s.aws/pod-readiness-gate-inject";

describe("pods that a load balancer sends requests to", () => {
  // kubernetes-sigs/aws-load-balancer-controller, docs/deploy/pod_readiness_gate.md at v3.5.0.
  test("are ready only when it has them: their namespace has the controller's label, and others don't", () => {
    const yaml = target(service(NLB));

    expect(labelsOf(yaml, "open")).toMatchObject({ [GATE]: "enabled" });
    expect(labelsOf(yaml, "closed")).not.toHaveProperty([GATE]);
  });

  test("also for a team's own load balancers", () => {
    const yaml = "ingress: {}\nnamespaces: { own: { quota: { loadBalancers: 1 } } }\n";

    expect(labelsOf(yaml, "own")).toMatchObject({ [GATE]: "enabled" });
  });

  test.each([
    ["a network load balancer", target(service(NLB)), { delay: 120, drain: 135, grace: 165 }],
    ["an ALB", target(service(ALB, HTTP), BY_ALB), { delay: 30, drain: 45, grace: 75 }],
    [
      "an ALB, for longer requests",
      target(service(`${ALB}, shutdown: { drainSeconds: 120 }`, HTTP), BY_ALB),
      { delay: 105, drain: 120, grace: 150 },
    ],
    ["nobody but the cluster", target(service("", HTTP)), { drain: 10, grace: 40 }],
  ])("serve until %s has stopped, then end", (_what, yaml, seconds) => {
    expect(secondsIn(synthYaml(yaml).workloads)).toEqual({ delay: undefined, ...seconds });
  });

  test("of an overlay are no targets: there is nothing to wait for", () => {
    const yaml = target(service(NLB), "cni: { kind: cilium-overlay, podCidr: 10.32.0.0/13 }");

    expect(labelsOf(yaml, "open")).not.toHaveProperty([GATE]);
    expect(secondsIn(synthYaml(yaml).workloads)).toMatchObject({ delay: undefined, drain: 10 });
  });

  test("that would be gone before it has stopped are refused", () => {
    const problems = (seconds: number) =>
      problemsIn(`${NETWORK}${target(service(`${NLB}, shutdown: { drainSeconds: ${seconds} }`))}`).filter(
        (each) => each.includes("drainSeconds"),
      );

    expect(problems(134).join()).toContain(
      "ends before a network load balancer has stopped sending requests; write at least 135, or leave it out for 135",
    );
    expect(problems(135)).toEqual([]);
  });
});

// The kind: whatever of the platform is behind a load balancer with pods as targets.
test.each([
  [
    "with gateways of Istio",
    everything({ release: "2026.11", cni: "cilium-eni", mesh: "gateway", nginx: "on" }),
  ],
  ["with ingress-nginx", everything({ release: "2025.09", cni: "vpc-cni", nginx: "on" })],
])("%s: no chart's pods end before their load balancer has let them go", (_what, yaml) => {
  const behind = [...chartReleases(yaml).values()]
    .map(({ chart, values, block }) => ({ chart, text: JSON.stringify(values), block }))
    .filter(({ text }) => text.includes('aws-load-balancer-nlb-target-type":"ip"'));

  expect(behind.length).toBeGreaterThan(0);
  for (const { chart, text } of behind) {
    const { delay = Infinity, drain = 0, grace = 0 } = secondsIn(text);
    expect([chart, drain >= delay + 15, grace > drain]).toEqual([chart, true, true]);
    expect(text).toMatch(/healthcheck-port":"(15021|10254)"/);
    // kubernetes/ingress-nginx controller-v1.15.1, nginx.go, Stop(): /healthz fails before that sleep, not after it.
    expect(text).not.toContain("shutdown-grace-period");
  }
  for (const { block } of behind) expect(gatedNamespaces(yaml)).toContain(block.namespace);
});

/** Namespaces of the stacks with the controller's label. */
function gatedNamespaces(yaml: string): string[] {
  return Object.values(synthYaml(yaml)).flatMap((json) => [
    ...Object.values(resourcesOf(json, "kubernetes_labels"))
      .filter(({ labels }) => JSON.stringify(labels).includes(GATE))
      .map(({ metadata }) => (metadata as { name: string }).name),
    ...[
      ...json
        .replaceAll("\\", "")
        .matchAll(/"kind":"Namespace","metadata":\{"name":"([a-z-]+)","labels":\{([^}]*)\}/g),
    ]
      .filter(([, , labels]) => labels?.includes(GATE))
      .map(([, name = ""]) => name),
  ]);
}
