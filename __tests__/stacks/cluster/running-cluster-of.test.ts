import { aTarget } from "../../support/fixtures";
import { parsed, synthTarget } from "../../support/synth";

const TIERS: readonly (readonly [string, string])[] = [
  ["the tiers that every target has", ""],
  ["pods of their own", "network: { subnets: { pods: { prefix: 19 } } }\ncni: { kind: cilium-eni }"],
  [
    "a zone that retires",
    "network: { zones: [us-east-1a, us-east-1b], controlPlaneZones: [us-east-1a, us-east-1b, us-east-1c], retiringZones: [us-east-1c] }",
  ],
];

interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

/** Ranges that the network stack makes, and those that its plan takes for the config's. */
function rangesOf(yaml: string) {
  const { network } = synthTarget(aTarget(yaml));
  const { data = {}, resource = {} } = parsed(network);
  const made = Object.values(resource.aws_subnet ?? {}).map(
    (each) => (each as { cidr_block: string }).cidr_block,
  );
  const kept = data.aws_subnets?.["running-cluster_subnets-kept"] as unknown as { filter: readonly Filter[] };
  return { made: made.sort(), kept: kept.filter.find(({ name }) => name === "cidr-block")?.values };
}

test.each(TIERS)(
  "the plan of a network with %s waits for interfaces in every other subnet, and in none of its own",
  (_name, yaml) => {
    const { made, kept } = rangesOf(yaml);

    expect(made.length).toBeGreaterThan(5);
    expect(kept).toEqual(made);
  },
);

test("a tier that is taken out of the config is waited for, in each of its zones", () => {
  const withPods = rangesOf(TIERS[1]?.[1] ?? "");
  const { kept } = rangesOf("");
  const gone = withPods.made.filter((each) => !kept?.includes(each));

  expect(gone).toHaveLength(3);
  expect(withPods.kept).toEqual(expect.arrayContaining(gone));
});
