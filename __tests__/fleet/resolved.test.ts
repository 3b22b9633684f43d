import { loadFleet } from "../../src/fleet/load-fleet";
import { resolvedTarget } from "../../src/fleet/resolved";
import { aTarget } from "../support/fixtures";
import { runCommand } from "../support/run-command";

const SERVICE =
  "image: registry.corp/x:1, ports: { http: { port: 80, targetPort: 8080, protocol: http } }, resources: { cpus: 0.1, memoryMiB: 64 }";
const resolved = resolvedTarget(
  aTarget(`
namespaces:
  shop: { allow: [{ pods: { app: job }, to: { fqdn: api.example.com, port: 443 } }, { from: { loadBalancer: internal, port: 8443 } }] }
  lab: { podSecurity: { level: baseline, reason: charts bought run as root } }
workloads:
  web: { namespace: shop, ${SERVICE}, dependencies: [{ cidr: 10.9.0.0/24, port: 53, protocol: UDP }] }
`),
);

test("subnets stand by tier and zone, with their ranges", () => {
  const nodes = resolved.subnets.filter(({ tier }) => tier === "nodes");

  expect(nodes.map(({ zone }) => zone)).toEqual(resolved.zones.kept);
  for (const { cidr } of nodes) expect(cidr).toMatch(/^\d+\.\d+\.\d+\.\d+\/\d+$/);
});

test("each stack comes after those that it names", () => {
  const names: readonly string[] = resolved.stacks.map(({ name }) => name);

  expect(names.slice(0, 4)).toEqual(["network", "cluster", "cni", "nodes"]);
  for (const { name, after } of resolved.stacks) {
    for (const earlier of after) expect(names.indexOf(earlier)).toBeLessThan(names.indexOf(name));
  }
});

test("namespaces have what holds in them, the target's defaults applied", () => {
  expect(resolved.namespaces.map(({ name, podSecurity }) => [name, podSecurity])).toEqual([
    ["lab", "baseline"],
    ["shop", "restricted"],
  ]);
});

test("every declared flow says its ends, its ports and where it is declared", () => {
  expect(resolved.flows).toEqual([
    { from: "shop/app=job", to: "api.example.com", ports: "443/TCP", at: "namespaces.shop.allow[0]" },
    { from: "internal load balancer", to: "shop", ports: "8443/TCP", at: "namespaces.shop.allow[1]" },
    { from: "shop/web", to: "10.9.0.0/24", ports: "53/UDP", at: "workloads.web.dependencies[0]" },
  ]);
});

test.each(loadFleet("envs").targets.map((target) => [target.name, target] as const))(
  "%s resolves to plain values, the same each time",
  (_, target) => {
    const text = JSON.stringify(resolvedTarget(target));

    expect(JSON.parse(text)).toEqual(resolvedTarget(target));
    expect(JSON.stringify(resolvedTarget(target))).toBe(text);
  },
);

describe("octarine config explain --resolved", () => {
  const explain = (...more: string[]) =>
    runCommand("--envs", "envs", "config", "explain", "prod/us-east-1", "--resolved", ...more);

  test("shows each part with its number", async () => {
    const { output } = await explain();

    expect(output).toContain("target            prod/us-east-1, production");
    expect(output).toMatch(/^subnets \(12\)$/m);
    expect(output).toMatch(/^ {2}cluster {8}after network$/m);
    expect(output).toMatch(
      /^ {2}payments\/orders +-> +payments\/ledger +50051\/TCP +workloads\.orders\.dependencies\[0\]$/m,
    );
  });

  test("gives a script the same as JSON", async () => {
    const { output } = await explain("--json");

    expect(JSON.parse(output)).toMatchObject({
      name: "prod/us-east-1",
      cluster: "prod-us-east-1",
      family: "ipv4",
    });
  });

  test("takes no path", async () => {
    await expect(explain("network")).rejects.toThrow("--resolved shows the whole target");
  });
});
