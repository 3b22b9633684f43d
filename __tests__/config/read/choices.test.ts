import { loadFleet, readFleet } from "../../../src/fleet/load-fleet";
import { aFolder, BASE_YAML } from "../../support/fixtures";

/** What a target has at a key whose lower layer and own file say different things. */
function merged(key: string, lower: string, upper: string, more = ""): unknown {
  const own = (key === "cni" ? BASE_YAML.replace(/^cni: .*\n/m, "") : BASE_YAML).replace(
    /^runner: .*\n/m,
    "",
  );
  const dir = aFolder({
    "dev/environment.yaml": `${key === "runner" ? "" : "runner: { reach: in-vpc }\n"}${lower}\n${more}`,
    "dev/us-east-1.yaml": `${own.replace(/^network:/m, "network:")}${upper}\n`,
  });
  const [target] = loadFleet(dir).targets;
  return target?.config[key as keyof typeof target.config];
}

/** Every choice of the schema by which a test can go without much beside it. */
test.each<[string, string, string, string, unknown]>([
  [
    "kind",
    "cni",
    "cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11, tunnel: vxlan }",
    "cni: { kind: vpc-cni }",
    { kind: "vpc-cni" },
  ],
  [
    "reach",
    "runner",
    "runner: { reach: peered, cidrs: [10.9.0.0/24] }",
    "runner: { reach: in-vpc }",
    { reach: "in-vpc" },
  ],
  [
    "api, whose gateways were kept and blamed a line that was right",
    "traffic",
    "traffic: { api: istio, gateways: { web: { hosts: [a.example.com], namespaces: [shop], tls: { secret: web } } } }",
    "traffic: { api: alb-ingress }",
    { api: "alb-ingress" },
  ],
  [
    "keys alone, of which no option has both",
    "capacity",
    "capacity: { surge: { nodesPerZone: 2 } }",
    "capacity: { surge: { percent: 30 } }",
    { surge: { percent: 30 } },
  ],
])("another choice replaces the one below it: by %s", (_how, key, lower, upper, expected) => {
  const more =
    key === "traffic"
      ? "namespaces: { shop: {} }\nmesh: { kind: istio, id: acme, trustDomain: prod.acme.internal, ingressGateway: {} }\n"
      : "";
  const mesh = key === "traffic" ? "\nmesh: null\ningress: {}" : "";

  expect(merged(key, lower, upper + mesh, more)).toMatchObject(expected as object);
});

test("keys of the choice below do not stay", () => {
  const lower = "cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }";

  expect(merged("cni", lower, "cni: { kind: vpc-cni }")).not.toHaveProperty("podCidr");
  expect(
    merged("capacity", "capacity: { surge: { nodesPerZone: 2 } }", "capacity: { surge: { percent: 30 } }"),
  ).toHaveProperty("surge", { percent: 30 });
});

test("a later layer adds to the same choice, with its word or without", () => {
  const lower = "cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }";

  expect(merged("cni", lower, "cni: { tunnel: vxlan }")).toMatchObject({
    podCidr: { prefix: 11 },
    tunnel: "vxlan",
  });
  expect(merged("cni", lower, "cni: { kind: cilium-overlay, tunnel: vxlan }")).toMatchObject({
    podCidr: { prefix: 11 },
    tunnel: "vxlan",
  });
});

test("names a key that does not belong to the choice below, and keeps the choice", () => {
  const dir = aFolder({
    "dev/environment.yaml": "runner: { reach: in-vpc }\ncni: { kind: cilium-eni, hubble: {} }\n",
    "dev/us-east-1.yaml": `${BASE_YAML.replace(/^(cni|runner): .*\n/gm, "")}cni: { networkPolicy: false }\n`,
  });
  const said = readFleet(dir).problems.map(({ path: at, message }) => `${at} ${message}`);

  expect(said.join("\n")).toMatch(/cni.networkPolicy is not a known key/);
  expect(said).toHaveLength(1);
});
