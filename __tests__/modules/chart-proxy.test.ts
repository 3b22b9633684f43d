import { parse, stringify } from "yaml";
import { withProxy } from "../../src/modules/chart-proxy";
import { releases } from "../../src/releases/releases";
import { chartReleases, everything } from "../support/chart-releases";

const PROXY = "http://proxy.corp.example:3128";
const proxy = { httpProxy: PROXY, httpsProxy: PROXY, noProxy: ["10.0.0.0/16", ".svc"] };

/** Charts whose pods leave the VPC, each with a value that shows how. */
const CALLING_OUT = [
  ["cert-manager", "https_proxy"],
  ["external-dns", "env"],
  ["aws-load-balancer-controller", "env"],
  ["karpenter", "controller.env"],
  ["keda", "env"],
  ["external-secrets", "extraEnv"],
  ["argo-cd", "global.env"],
  ["argo-rollouts", "controller.extraEnv"],
  ["istiod", "env"],
  ["velero", "configuration.extraEnvVars"],
  ["kube-prometheus-stack", "alertmanager.config.global.http_config.proxy_url"],
] as const;

describe("behind egress: proxy", () => {
  const target = parse(everything({ release: "2026.11", cni: "cilium-eni", mesh: "gateway" })) as {
    readonly network: object;
  };
  const egress = { kind: "proxy", httpsProxy: PROXY };
  const behindProxy = stringify({ ...target, network: { ...target.network, egress } });
  const all = () => [...chartReleases(behindProxy).values()];

  test.each(CALLING_OUT)("%s calls out by the proxy (%s)", (chart, path) => {
    const found = all().find((each) => each.chart === chart || each.chart.endsWith(`/${chart}`));

    expect(found?.values).toHaveProperty(path);
    expect(JSON.stringify(found?.values)).toContain(PROXY);
  });

  test("Argo CD's parts reach each other without it", () => {
    const found = all().find(({ chart }) => chart === "argo-cd");

    expect(JSON.stringify(found?.values)).toMatch(/"NO_PROXY","value":"[^"]*argocd-repo-server/);
  });
});

test.each(Object.values(releases).map((release) => [release.name, release.charts] as const))(
  "of every chart of release %s it is said whether it calls out",
  (_name, charts) => {
    for (const { name } of Object.values(charts)) expect(() => withProxy(name, {}, proxy)).not.toThrow();
  },
);

test("variables that a chart has already stay", () => {
  const { env } = withProxy("external-dns", { env: [{ name: "AWS_REGION", value: "us-east-1" }] }, proxy);

  expect(env).toContainEqual({ name: "AWS_REGION", value: "us-east-1" });
  expect(env).toContainEqual({ name: "HTTPS_PROXY", value: PROXY });
});

test("a chart of which nobody has said it stops the synthesis", () => {
  expect(() => withProxy("new-chart", {}, proxy)).toThrow("say in a component's record how it calls out");
});
