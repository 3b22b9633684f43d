import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import YAML from "yaml";
import { loadFleet } from "../../../src/fleet/load-fleet";
import type { Target } from "../../../src/model/target";
import { askedEnd } from "../../../src/reachability/path/asked-end";
import { judgeNeed } from "../../../src/reachability/path/judge-needs";
import { remedyOf } from "../../../src/reachability/path/remedy";
import { reachOf, sample } from "../support";

const envs = path.join(__dirname, "..", "..", "..", "envs");
const TARGET = "prod/us-east-1";
const dirs: string[] = [];
afterAll(() => dirs.forEach((dir) => fs.rmSync(dir, { recursive: true })));

/** Hops that deny a call, and what is told to write against each. */
function denials(target: Target, from: string, to: string): Map<string, string | undefined> {
  const { world } = reachOf(target);
  const called = askedEnd(to, world);
  const [one] = askedEnd(from, world)?.ends ?? [];
  const [other] = called?.ends ?? [];
  if (one === undefined || other === undefined) throw new Error(`${from} or ${to} is nobody`);
  const need = {
    kind: "declared call",
    from: one,
    to: other,
    port: called?.port ?? 443,
    protocol: "TCP",
    why: "asked",
    source: "",
  } as const;
  const { hops } = judgeNeed(world, need);
  return new Map(
    hops.filter(({ verdict }) => verdict === "denied").map((hop) => [hop.at, remedyOf(hop, need, hops)]),
  );
}

/** The sample after somebody has written what they were told: `workloads.ledger.callers: [...]`. */
function withWritten(...remedies: readonly string[]): Target {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-remedy-"));
  dirs.push(dir);
  fs.cpSync(envs, dir, { recursive: true });
  for (const remedy of remedies) {
    const [, setting = "", value = ""] = /^([\w.-]+): (.*)$/.exec(remedy) ?? [];
    const [section = "", name = "", key = ""] = setting.split(".");
    const [file, at] =
      section === "workloads"
        ? [`prod/workloads/${name}.yaml`, [key]]
        : ["prod/environment.yaml", [section, name, key]];
    const document = YAML.parseDocument(fs.readFileSync(path.join(dir, file), "utf8"));
    const rules: unknown = YAML.parse(value);
    const before = document.getIn(at);
    document.setIn(at, [...(YAML.isSeq(before) ? before.toJSON() : []), ...(rules as unknown[])]);
    fs.writeFileSync(path.join(dir, file), document.toString());
  }
  const found = loadFleet(dir).targets.find(({ name }) => name === TARGET);
  if (found === undefined) throw new Error(`no ${TARGET}`);
  return found;
}

const told = (from: string, to: string) => denials(sample(TARGET), from, to);

test.each([
  ["payments/ledger", "payments/orders:8080", "workloads.ledger.dependencies: [{ workload: orders }]"],
  [
    "payments/ledger",
    "fqdn:api.stripe.com:443",
    "workloads.ledger.dependencies: [{ fqdn: api.stripe.com, port: 443 }]",
  ],
  [
    "payments/ledger",
    "cidr:10.201.20.0/24:3306",
    "workloads.ledger.dependencies: [{ cidr: 10.201.20.0/24, port: 3306 }]",
  ],
  [
    "edge/app=front",
    "cidr:10.202.0.0/16:5432",
    "namespaces.edge.allow: [{ to: { cidr: 10.202.0.0/16, port: 5432 } }]",
  ],
])(
  "a call by %s of %s is told what opens it, and passes the policies once that is written",
  (from, to, remedy) => {
    const before = told(from, to);
    const policies = [...before].filter(([at]) => at.startsWith("policy of"));

    expect(policies.length).toBeGreaterThan(0);
    expect(policies.map(([, remedies]) => remedies)).toEqual(policies.map(() => remedy));
    const after = denials(withWritten(remedy), from, to);
    expect([...after.keys()].filter((at) => at.startsWith("policy of"))).toEqual([]);
  },
);

test("where both ends have to be opened, each is told, and with both written the whole way is open", () => {
  const told = denials(sample(TARGET), "edge/app=front", "payments/ledger:50051");

  expect([...told]).toEqual([
    ["policy of the sender", "namespaces.edge.allow: [{ to: { namespace: payments, port: 50051 } }]"],
    ["mesh of the receiver", "workloads.ledger.callers: [{ namespace: edge }]"],
    ["policy of the receiver", "workloads.ledger.callers: [{ namespace: edge }]"],
  ]);
  const written = new Set([...told.values()].flatMap((each) => each ?? []));
  expect([...denials(withWritten(...written), "edge/app=front", "payments/ledger:50051")]).toEqual([]);
});

test("a range without a route is told as a network on premises; a namespace of the platform is opened by no setting", () => {
  expect(told("payments/orders", "cidr:10.250.1.0/24:443").get("route out")).toBe(
    "network.connections.onPremises.cidrs: [10.250.1.0/24]",
  );
  expect(told("payments/orders", "monitoring/prometheus:9090").get("policy of the receiver")).toBeUndefined();
});
