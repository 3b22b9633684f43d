import { aTarget } from "../../support/fixtures";
import { NETWORK, problemsIn } from "../../support/problems";

const said = (text: string) => problemsIn(NETWORK + text).join("\n");
const migration = (from: string) =>
  `cluster: { migration: { from: ${from}, way: new-groups, reason: "dev moves first: PLAT-42" } }\n`;
const group = (more: string) =>
  `nodes: { main: { instanceTypes: [m7i.large], size: { min: 3, max: 30 }${more} } }\n`;

describe("a change of the pods' network that is asked for", () => {
  test("is taken with what ran before, and with groups that are new ones", () => {
    expect(said(migration("vpc-cni prefix") + group(", generation: 2"))).toBe("");
  });

  test("needs a new group for every old one", () => {
    expect(said(migration("vpc-cni prefix"))).toMatch(
      /nodes\.main\.generation.*is required with cluster\.migration, so that a new group starts beside the old one; write 2/s,
    );
  });

  test("is refused where pods are networked that way already", () => {
    expect(said(migration("cilium-eni prefix") + group(", generation: 2"))).toMatch(
      /cluster\.migration\.from.*is how cni networks pods now, so nothing changes; remove cluster\.migration/s,
    );
  });

  test.each(["calico", "vpc-cni Prefix!"])("names a network that there is: not %s", (from) => {
    expect(said(migration(from) + group(", generation: 2"))).toMatch(/is not how pods can be networked/);
  });

  test("keeps the pods' own subnets, which old nodes use, until it is taken out", () => {
    const subnets = "  subnets: { pods: { prefix: 19 } }\n";
    const overlay = "cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }\n" + group(", generation: 2");

    expect(said(subnets + migration("cilium-eni prefix pod-subnets") + overlay)).toBe("");
    expect(said(subnets + overlay)).toMatch(/network\.subnets\.pods.*has no effect with cilium-overlay/s);
  });

  test("says why", () => {
    expect(
      said("cluster: { migration: { from: vpc-cni prefix, way: new-groups } }\n" + group(", generation: 2")),
    ).toMatch(/cluster\.migration\.reason/);
  });
});

describe("how pods are networked", () => {
  const of = (yaml: string) => aTarget(yaml).podNetwork;

  test.each([
    ["cilium-eni prefix", "cni: { kind: cilium-eni }"],
    ["cilium-eni secondary-ip", "cni: { kind: cilium-eni, prefixDelegation: false }"],
    ["cilium-eni prefix pod-subnets", "network: { subnets: { pods: { prefix: 19 } } }"],
    ["cilium-overlay geneve 100.64.0.0/11 nodes/24", "cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }"],
    [
      "cilium-overlay vxlan 100.64.0.0/11 nodes/24",
      "cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11, tunnel: vxlan }",
    ],
    ["vpc-cni prefix", "cni: { kind: vpc-cni }"],
    [
      "vpc-cni secondary-ip custom-networking",
      "cni: { kind: vpc-cni, addressMode: secondary-ip, customNetworking: true }",
    ],
    ["cilium-chaining prefix", "cni: { kind: cilium-chaining }"],
  ])("is %s with %s", (text, yaml) => {
    expect(of(yaml)).toBe(text);
    // AWS, "Tag naming and usage conventions": 256 characters of these.
    expect(text).toMatch(/^[\w .:/=+\-@]{1,256}$/);
  });

  test("does not change with what nodes can take over while they run", () => {
    expect(of("cni: { kind: vpc-cni, warmPrefixTarget: 3, networkPolicy: false }")).toBe(
      of("cni: { kind: vpc-cni }"),
    );
    expect(of("cni: { kind: cilium-eni, encryption: wireguard }")).toBe(of("cni: { kind: cilium-eni }"));
  });
});
