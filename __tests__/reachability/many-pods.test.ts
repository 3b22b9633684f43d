import { fromJson } from "../../src/guardrails/read/expression";
import { podsAbout, serviceNamed, servicesAbout } from "../../src/reachability/cluster-index";
import type { MeshHost, MeshWorld } from "../../src/reachability/mesh/mesh-world";
import { hostOf } from "../../src/reachability/mesh/workloads";
import { takers } from "../../src/reachability/mesh/scope";
import { Unknown } from "../../src/values/value";
import { scansOf } from "../support/scans";
import { pods } from "./policy/worlds";

const COUNT = 50;
const indexes = Array.from({ length: COUNT }, (_, index) => index);
const name = (index: number) => `app${index}`;

const services = indexes.map((index) =>
  fromJson({
    kind: "Service",
    metadata: { namespace: "shop", name: name(index) },
    spec: { selector: { app: name(index) }, ports: [{ port: 80 }] },
  }),
);
const cluster = { services, pods: indexes.map((index) => pods(`shop/${name(index)}`, name(index))) };
const host = (index: number, more: Partial<MeshHost> = {}): MeshHost => ({
  object: `Service shop/${name(index)}`,
  namespace: "shop",
  names: [`${name(index)}.shop.svc.cluster.local`],
  exportTo: ["*"],
  ports: [{ number: 8000 + index, protocol: "http", target: 8080 }],
  addresses: [],
  outside: false,
  selector: { app: name(index) },
  ...more,
});
const entry = (index: number) => host(index, { object: `ServiceEntry shop/${name(index)}`, outside: true });
const mesh = { hosts: indexes.flatMap((index) => [host(index), entry(index)]) } as unknown as MeshWorld;

/** How often a list of all was gone through while each of them was looked up. */
function passes(look: (index: number) => void): number {
  const { byLength } = scansOf(COUNT, () => {
    indexes.forEach(look);
  });
  return Math.max(0, ...byLength.values());
}

test.each<[string, (index: number) => readonly unknown[], (index: number) => readonly unknown[]]>([
  ["Services by name", (index) => [serviceNamed(cluster, "shop", name(index))], (index) => [services[index]]],
  [
    "Services that select pods",
    (index) => servicesAbout(cluster, "shop", { app: name(index) }),
    (index) => [services[index]],
  ],
  [
    "pods that a Service selects",
    (index) => podsAbout(cluster, "shop", fromJson({ app: name(index) })),
    (index) => [cluster.pods[index]],
  ],
  [
    "the host of a mesh that leads to pods",
    (index) => [hostOf(pods(`shop/${name(index)}`, name(index)), 8080, mesh)?.host.object],
    (index) => [`Service shop/${name(index)}`],
  ],
  [
    "entries of a mesh that take a call",
    (index) =>
      takers(
        {
          port: 8000 + index,
          name: `${name(index)}.shop.svc.cluster.local`,
          request: { method: "GET", path: "/", host: name(index), headers: {} },
        },
        mesh,
      ).map((each) => each.host.object),
    (index) => [`ServiceEntry shop/${name(index)}`],
  ],
])("%s are found without a look at all of them for each", (_what, find, expected) => {
  const found: (readonly unknown[])[] = [];

  expect(passes((index) => found.push(find(index)))).toBeLessThanOrEqual(3);
  expect(found).toEqual(indexes.map(expected));
});

test("a label that only Terraform knows may be any", () => {
  const unknown = new Unknown(true, "a label");

  expect(servicesAbout(cluster, "shop", { app: "none" })).toEqual([]);
  expect(servicesAbout(cluster, "shop", { app: unknown })).toEqual(services);
  expect(podsAbout(cluster, "shop", { app: unknown })).toEqual(cluster.pods);
});
