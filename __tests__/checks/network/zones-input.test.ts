import fc from "fast-check";
import { zonesOf } from "../../../src/model/zones";
import { ENVIRONMENT, problemsIn, problemsOf } from "../../support/problems";

const network = (lines: string) => `network:\n  vpcCidr: 10.0.0.0/16\n${lines.replace(/^/gm, "  ")}\n`;
const said = (lines: string) => problemsIn(network(lines)).join("\n");

// Amazon EKS User Guide, "View Amazon EKS networking requirements for VPC and subnets": subnets that are added must be in the
// set of zones that the cluster was made with; aws/containers-roadmap#2258 (open) asks for more.
describe("zones of the control plane", () => {
  test.each([
    ["two zones", "zones: [us-east-1a, us-east-1b]"],
    ["three zones", "zones: [us-east-1a, us-east-1b, us-east-1c]"],
    [
      "four zones with the control plane's said",
      "zones: [us-east-1a, us-east-1b, us-east-1c, us-east-1d]\ncontrolPlaneZones: [us-east-1a, us-east-1b, us-east-1c]",
    ],
    [
      "a control plane in a zone that nodes have left",
      "zones: [us-east-1a, us-east-1b]\ncontrolPlaneZones: [us-east-1a, us-east-1c]",
    ],
  ])("%s are taken", (_what, lines) => {
    expect(said(lines)).toBe("");
  });

  test("have to be said with a fourth zone, since they can't follow it", () => {
    expect(said("zones: [us-east-1a, us-east-1b, us-east-1c, us-east-1d]")).toMatch(
      /network\.controlPlaneZones.*is required with more than 3 zones: EKS keeps a control plane in the zones that it was made in\. Write those of the running cluster, or two or three for a new one, for example \[us-east-1a, us-east-1b, us-east-1c\]/s,
    );
  });

  test("have to be said where a zone retires: the control plane does not", () => {
    expect(said("zones: [us-east-1a, us-east-1b]\nretiringZones: [us-east-1c]")).toMatch(
      /network\.controlPlaneZones.*is required with retiringZones.*for example \[us-east-1a, us-east-1b, us-east-1c\]/s,
    );
  });

  test.each([
    ["one zone", "controlPlaneZones: [us-east-1a]", /has too few zones; EKS puts a control plane in two/],
    ["one zone twice", "controlPlaneZones: [us-east-1a, us-east-1a]", /is one zone, and EKS puts/],
    ["another region's", "controlPlaneZones: [us-east-1a, eu-west-1a]", /is not in us-east-1/],
  ])("are not %s", (_what, line, message) => {
    expect(said(`zones: [us-east-1a, us-east-1b]\n${line}`)).toMatch(message);
  });

  test("have the subnets that are given by hand", () => {
    const lines = `zones: [us-east-1a, us-east-1b]
controlPlaneZones: [us-east-1a, us-east-1c]
subnets: { controlPlane: { cidrs: { us-east-1a: 10.0.250.0/28, us-east-1b: 10.0.250.16/28 } } }`;

    expect(said(lines)).toMatch(/has no subnet for us-east-1c/);
    expect(said(lines)).toMatch(/is for a zone that network\.controlPlaneZones does not name/);
  });
});

describe("retiring zones", () => {
  test("are not in use as well", () => {
    expect(
      said(
        "zones: [us-east-1a, us-east-1b, us-east-1c]\ncontrolPlaneZones: [us-east-1a, us-east-1b]\nretiringZones: [us-east-1c]",
      ),
    ).toMatch(
      /retiringZones\[0\].*is also in network\.zones, so nothing would leave it; remove it from one of them/s,
    );
  });

  test("hold no node group", () => {
    const problems = problemsOf({
      "dev/environment.yaml": ENVIRONMENT,
      "dev/us-east-1.yaml":
        network(
          "zones: [us-east-1a, us-east-1b]\ncontrolPlaneZones: [us-east-1a, us-east-1c]\nretiringZones: [us-east-1c]",
        ) +
        "nodes: { main: { instanceTypes: [m7i.large], size: { min: 2, max: 4 }, zones: [us-east-1c] } }\n",
    });
    expect(problems.join("\n")).toMatch(/nodes\.main\.zones\[0\].*is not in network\.zones/s);
  });
});

test("adding a zone, or retiring one, never moves a control plane whose zones are said", () => {
  const zone = fc.constantFrom("us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d");
  const lists = fc.record({
    zones: fc.uniqueArray(zone, { minLength: 2 }),
    retiringZones: fc.uniqueArray(zone),
    controlPlaneZones: fc.uniqueArray(zone, { minLength: 2 }),
  });
  fc.assert(
    fc.property(lists, zone, (network, added) => {
      const zones = [...network.zones, added];
      const [before, after] = [zonesOf(network), zonesOf({ ...network, zones })];

      expect(after.controlPlane).toEqual(before.controlPlane);
      expect(after.kept).toEqual(expect.arrayContaining([...before.kept, added]));
      expect(after.inUse).toEqual([...new Set(zones)].sort());
    }),
  );
});
