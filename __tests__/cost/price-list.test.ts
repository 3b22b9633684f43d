import { OfferReader, offerPath, offers, pricesIn } from "../../src/cost/price-list";
import { priceNames } from "../../src/cost/price-names";

const HEAD = `"FormatVersion","v1.0"
"Disclaimer","For information, with a comma and ""quotes"""
"Publication Date","2026-09-21T19:47:12Z"
"Version","20260921194712"
"OfferCode","AmazonEC2"
"SKU","TermType","PriceDescription","StartingRange","Unit","PricePerUnit","Currency","Product Family","Location Type","Instance Type","Tenancy","Operating System","usageType","operation","CapacityStatus","Pre Installed S/W","Volume API Name"`;

interface Cells {
  readonly term?: string;
  readonly text?: string;
  readonly from?: string;
  readonly unit?: string;
  readonly usd: string;
  readonly family?: string;
  readonly place?: string;
  readonly instance?: readonly string[];
  readonly usage?: string;
  readonly volume?: string;
}

/** A row of the list. `instance` is type, tenancy, system, operation, state of the capacity and software. */
function row({
  term = "OnDemand",
  text = "",
  from = "0",
  unit = "Hrs",
  usd,
  family = "",
  ...more
}: Cells): string {
  const { place = "AWS Region", instance = [], usage = "", volume = "" } = more;
  const [type = "", tenancy = "", system = "", operation = "", state = "", software = ""] = instance;
  const cells = [
    "SKU1",
    term,
    text,
    from,
    unit,
    usd,
    "USD",
    family,
    place,
    type,
    tenancy,
    system,
    usage,
    operation,
  ];
  return [...cells, state, software, volume].map((cell) => `"${cell}"`).join(",");
}

const LINUX = ["m7i.large", "Shared", "Linux", "RunInstances", "Used", "NA"];
const compute = (usd: string, instance: readonly string[], more: Partial<Cells> = {}) =>
  row({ usd, instance, family: "Compute Instance", usage: "USW2-BoxUsage:m7i.large", ...more });

function read(...rows: readonly string[]) {
  const reader = new OfferReader("AmazonEC2", new Set(["m7i.large"]));
  [HEAD, ...rows]
    .join("\n")
    .split("\n")
    .forEach((line) => reader.line(line));
  return reader.result();
}

// The figures of this file show the form; they are no prices.
test("takes the instance-hour of Linux on demand on shared hardware, and its day", () => {
  const { prices } = read(
    compute("0.10", LINUX, { text: "0.10 per hour, Linux" }),
    compute("0.20", LINUX.with(1, "Dedicated")),
    compute("0.30", LINUX.with(2, "Windows")),
    compute("0.40", LINUX.with(4, "AllocatedCapacityReservation")),
    compute("0.50", LINUX.with(5, "SQL Web")),
    compute("0.60", LINUX, { term: "Reserved" }),
    compute("0.70", LINUX, { place: "AWS Local Zone" }),
    compute("0.80", LINUX.with(0, "m7i.xlarge")),
  );

  expect(prices).toEqual({ "instances.m7i.large": { usd: 0.1, offer: "AmazonEC2", asOf: "2026-09-21" } });
});

test.each([
  ["NatGateway-Hours", "us-east-1"],
  ["USW2-NatGateway-Hours", "us-west-2"],
  ["EU-NatGateway-Hours", "eu-west-1"],
])("takes %s, whatever region's code it begins with", (usage) => {
  const { prices } = read(row({ usd: "0.01", family: "NAT Gateway", usage }));
  expect(prices.natGatewayHour?.usd).toBe(0.01);
});

test("takes the first tier that costs something", () => {
  const nat = { family: "NAT Gateway", usage: "NatGateway-Bytes", unit: "GB" };
  expect(
    read(row({ ...nat, usd: "0.05" }), row({ ...nat, usd: "0.04", from: "10240" })).prices.natGB?.usd,
  ).toBe(0.05);
  expect(read(row({ ...nat, usd: "0.00" })).prices).toEqual({});
});

test("does not choose between figures", () => {
  const nat = { family: "NAT Gateway", usage: "NatGateway-Hours" };
  const { prices, ambiguous } = read(row({ ...nat, usd: "0.05" }), row({ ...nat, usd: "0.06" }));

  expect([prices, ambiguous]).toEqual([{}, ["natGatewayHour"]]);
});

test.each(["", "<html>Access denied</html>", '"Publication Date","soon"\n"SKU"'])("refuses %j", (text) => {
  const reader = new OfferReader("AmazonEC2", new Set());
  text.split("\n").forEach((line) => reader.line(line));
  expect(() => reader.result()).toThrow("not a price list");
});

test("every price that is looked for is one that an estimate knows, in one list", () => {
  const all = offers.flatMap(pricesIn);

  expect(all.filter((name) => !priceNames.some((known) => known === name))).toEqual([]);
  expect(new Set(all).size).toBe(all.length);
});

test("lists are looked for where AWS publishes them", () => {
  expect(offerPath("AmazonEKS", "eu-west-1")).toBe("/offers/v1.0/aws/AmazonEKS/current/eu-west-1/index.csv");
});
