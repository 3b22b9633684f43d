import { eksCalendar } from "../../src/facts/eks-calendar";
import { poolDefaults } from "../../src/facts/defaults";
import { remoteServices, regionsWithEndpoint } from "../../src/facts/endpoint-reach";
import { offers, pricesIn } from "../../src/cost/price-list";
import { subnetTiers, tierShare } from "../../src/ip-capacity/subnet-layout";
import { enterpriseItems } from "../../src/readiness/enterprise-items";
import { networkingItems } from "../../src/readiness/networking-items";
import { pinOf } from "../../src/releases/pins";
import { releaseNames } from "../../src/releases/names";
import { releases } from "../../src/releases/releases";
import { textOf } from "../support/pages";

/** Cells of the rows of a page's tables. */
const rowsOf = (page: string) =>
  textOf(page)
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").map((cell) => cell.trim()));

test("the table of releases has their versions, and when standard support ends", () => {
  const rows = rowsOf("docs/releases.md");
  for (const name of releaseNames) {
    const release = releases[name];
    const version = (component: "cilium" | "istio" | "gateway-api") => pinOf(release, component).version;
    const [, , kubernetes, cilium, istio, bundle, purpose = ""] =
      rows.find(([, first]) => first === `\`${name}\``) ?? [];
    expect([kubernetes, cilium, istio, bundle]).toEqual([
      release.kubernetes.version,
      version("cilium"),
      version("istio"),
      version("gateway-api"),
    ]);
    const until = /until (\d{4}-\d\d-\d\d)/.exec(purpose)?.[1];
    if (until !== undefined) expect(until).toBe(eksCalendar[release.kubernetes.version]?.standard);
  }
});

test("the table of addresses has each tier's share of a /16", () => {
  const names = {
    pods: "pods",
    nodes: "nodes",
    public: "public",
    controlPlane: "control plane",
    firewall: "firewall",
    transitGateway: "transit gateway",
  };
  const rows = rowsOf("docs/architecture.md").filter(([, , , size = ""]) => size.startsWith("up to /"));
  expect(rows.map(([, tier, , size]) => [tier, size])).toEqual(
    subnetTiers.map((tier) => [names[tier], `up to /${tierShare(tier, 16, 4)}`]),
  );
});

test("what the sets of endpoints leave out is what synthesis tells of", () => {
  const rows = rowsOf("docs/egress.md").filter(([, first]) =>
    remoteServices.some(({ service }) => service === first),
  );
  expect(rows.map(([, service, , , endpoint]) => [service, endpoint])).toEqual(
    remoteServices.map(({ service, endpoint }) => [
      service,
      endpoint === undefined ? "-" : `\`${endpoint}\``,
    ]),
  );
  const [, , , , , where = ""] = rows.find(([, service]) => service === "Price List") ?? [];
  expect(where.match(/[a-z]{2}-[a-z]+-\d/g)?.sort()).toEqual(regionsWithEndpoint("pricing.api"));
});

test("numbers in words are those of the data", () => {
  expect([networkingItems.length, enterpriseItems.length]).toEqual([30, 14]);
  expect(textOf("docs/readiness.md").replace(/\s+/g, " ")).toMatch(/thirty items .* fourteen for enterprise/);

  const listed = new Set(offers.flatMap(pricesIn));
  expect(textOf("docs/cost.md").replace(/\s+/g, " ")).toContain(`and ${listed.size} of the prices above`);

  expect(textOf("docs/components/karpenter.md")).toContain(`minGeneration: ${poolDefaults.minGeneration}`);
});
