import fs from "node:fs";
import path from "node:path";
import { formatCidr } from "../../src/ip-capacity/cidr";
import { connectTargets, type Target } from "../../src/model/target";
import { aTarget } from "../support/fixtures";
import { problemsIn } from "../support/problems";

const root = path.join(__dirname, "..", "..");

/** Every part, by name: what a target has beside `with`. */
function partsOf(target: Target): [string, unknown][] {
  return Object.getOwnPropertyNames(Object.getPrototypeOf(target))
    .filter((name) => name !== "constructor" && name !== "with")
    .map((name) => [name, target[name as Exclude<keyof Target, "with">]]);
}

const RICH = `
karpenter: { pools: { general: { class: general, limits: { cpus: 64 } } } }
namespaces: { shop: { team: shop } }
ingress: {}
mesh: { kind: istio, id: acme, trustDomain: acme.internal }`;

describe("a target", () => {
  test("makes each of its parts once", () => {
    const target = aTarget(RICH);
    const first = partsOf(target);

    expect(first.length).toBeGreaterThan(20);
    expect(partsOf(target).filter(([, part], index) => part !== first[index]?.[1])).toEqual([]);
  });

  test("and its parts can't be changed", () => {
    const target = aTarget(RICH);
    const lists = partsOf(target).filter(([, part]) => typeof part === "object" && part !== null);

    expect(Object.isFrozen(target)).toBe(true);
    expect(
      lists.filter(([, part]) => !(part instanceof Map || part instanceof Set) && !Object.isFrozen(part)),
    ).toEqual([]);
    expect(() => target.config.network.zones.push("us-east-1d")).toThrow(TypeError);
  });

  test("with something else given derives its parts from that", () => {
    const target = aTarget("network: { vpcCidr: 10.0.0.0/16 }");
    const other = target.with({ config: aTarget("network: { vpcCidr: 10.9.0.0/16 }").config });

    expect(target.vpcCidrs.map(formatCidr)).toEqual(["10.0.0.0/16"]);
    expect(other.vpcCidrs.map(formatCidr)).toEqual(["10.9.0.0/16"]);
    expect(other.name).toBe(target.name);
  });

  test("says what holds in a namespace: its own settings, or those of all", () => {
    const { namespaces } = aTarget(`
namespaces:
  own: { podSecurity: { level: baseline, reason: an old image } }
  open: { defaultDeny: { enabled: false, reason: a migration } }
  plain: {}
cni: { kind: cilium-eni }`);

    expect(namespaces.own).toMatchObject({ podSecurity: { level: "baseline" }, closed: true, inMesh: false });
    expect(namespaces.open).toMatchObject({ podSecurity: { level: "restricted" }, closed: false });
    expect(namespaces.plain).toMatchObject({ podSecurity: { level: "restricted" }, closed: true });
  });

  test("knows the ranges of its peers", () => {
    const peering = (peer: string, vpcCidr: string) =>
      `network: { vpcCidr: ${vpcCidr}, connections: { peers: [${peer}], peersVia: peering } }`;
    const [east] = connectTargets([
      aTarget(peering("dev/us-west-2", "10.0.0.0/16")),
      aTarget(peering("dev/us-east-1", "10.1.0.0/16"), { region: "us-west-2" }),
    ]);

    expect(east?.peerRanges.map(formatCidr)).toEqual(["10.1.0.0/16"]);
    expect(east?.federation.peered.map(({ name }) => name)).toEqual(["dev/us-west-2"]);
  });
});

describe("a subnet that does not fit", () => {
  test("is left out, and the others are there", () => {
    const { subnets, subnetProblems } = aTarget("network: { subnets: { nodes: { prefix: 18 } } }");

    expect(subnets.get("nodes")?.size).toBe(0);
    expect(subnets.get("controlPlane")?.size).toBe(3);
    expect(subnetProblems.map(({ tier }) => tier)).toEqual(["nodes"]);
  });

  test("is one problem, whatever else of the config speaks of subnets", () => {
    const problems = problemsIn(`
network: { vpcCidr: 10.0.0.0/16, zones: [us-east-1a, us-east-1b, us-east-1c], subnets: { nodes: { prefix: 18 } } }
namespaces: { shop: { allow: [{ from: { loadBalancer: public, port: 8080 } }] } }`);

    expect(problems).toEqual([
      expect.stringMatching(/network\.subnets\.nodes\.prefix: 18 {2}\/18 does not fit/),
    ]);
  });
});

/** Functions of the model that make a part: whoever has the target reads the part. */
const MAKERS = [
  ...[
    "zonesOf",
    "vpcCidrsOf",
    "layoutOf",
    "connectedRanges",
    "ownRanges",
    "routedRanges",
    "transitGatewaysOf",
  ],
  ...[
    "podNetworkOf",
    "loadBalancerTargets",
    "gatewaysOf",
    "stacksOf",
    "federatedPeers",
    "usedComponents",
    "usedRecords",
    "flowsOf",
  ],
  ...["policyEnforcer", "policiesOf", "namespacesOf", "platformNamespacesOf", "meshOf", "capacityOf"],
  ...["workloadsOf", "meshPeerNames"],
];

test("nobody after the model derives again what a target has", () => {
  const sources = fs
    .readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/^(model|config)\//.test(file));
  const derived = sources.flatMap((file) => {
    const imports = fs
      .readFileSync(path.join(root, "src", file), "utf8")
      .matchAll(/import \{([^}]*)\} from "[^"]*\/model\//g);
    const names = [...imports].flatMap(([, list = ""]) => list.split(",").map((each) => each.trim()));
    return names.filter((each) => MAKERS.includes(each)).map((each) => `${file}: ${each}`);
  });

  expect(derived).toEqual([]);
});
