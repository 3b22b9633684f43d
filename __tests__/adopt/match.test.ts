import fc from "fast-check";
import fs from "node:fs";
import path from "node:path";
import { type Existing, textAt } from "../../src/adopt/existing";
import { kinds } from "../../src/adopt/kinds/kinds";
import { match, oldAddresses } from "../../src/adopt/match";
import { type PlannedStack, plannedStack } from "../../src/adopt/planned";
import { parsePlan } from "../../src/terraform-plan/plan-document";
import type { Json, JsonObject } from "../../src/terraform-plan/json";

const fixture = (name: string): PlannedStack => {
  const file = path.join(__dirname, "fixtures", name);
  return plannedStack(parsePlan(fs.readFileSync(file, "utf8"), name));
};

const VPC = "module.network_vpc.aws_vpc.this[0]";

/** An account that has what a plan would make: each resource with an id, and with those of what it refers to. */
function accountOf({ created, refer }: PlannedStack): Map<string, Existing> {
  const made = new Map<string, JsonObject>();
  const idOf = (address: string) =>
    `id-${[...address].reduce((sum, each) => (sum * 31 + each.charCodeAt(0)) % 1e9, 7)}`;
  const own = (address: string, attributes: JsonObject): JsonObject => {
    const id = idOf(address);
    return {
      id,
      arn: `arn:${id}`,
      key_id: id,
      allocation_id: id,
      name: id,
      association_id: id,
      default_network_acl_id: `d-${id}`,
      default_route_table_id: `r-${id}`,
      ...attributes,
    };
  };
  for (const { address, attributes } of created) made.set(address, own(address, attributes));
  const wired = created.map(({ address, type, attributes }): readonly [string, Existing] => {
    const names = [
      "vpc_id",
      "subnet_id",
      "route_table_id",
      "allocation_id",
      "security_group_id",
      "role",
      "policy_arn",
      "target_key_id",
      "cluster_name",
      "source_security_group_id",
      "resolver_query_log_config_id",
      "resource_id",
      "default_network_acl_id",
      "default_route_table_id",
      "log_destination",
      "url",
    ];
    const refs = names.flatMap((name): [string, Json][] => {
      const reference = refer(address, name);
      const from = reference && made.get(reference.address);
      if (attributes[name] !== undefined || from === undefined || reference === undefined) return [];
      return [[name, from[reference.path] ?? `${idOf(reference.address)}.${reference.path}`]];
    });
    const prefixed = Object.entries(attributes).flatMap(([key, value]): [string, Json][] =>
      key.endsWith("name_prefix")
        ? [[key.replace(/_prefix$/, ""), `${JSON.stringify(value).slice(1, -1)}2026`]]
        : [],
    );
    return [
      address,
      {
        type,
        attributes: {
          ...(type.startsWith("aws_default_") && { vpc_id: idOf(VPC) }),
          ...made.get(address),
          ...Object.fromEntries(refs),
          ...Object.fromEntries(prefixed),
        },
      },
    ];
  });
  return new Map(wired);
}

const addresses = (all: readonly { readonly address: string }[]) => all.map(({ address }) => address);
const [network, cluster] = [fixture("network.json"), fixture("cluster.json")];

/** What only a second plan can tell, when the groups and the cluster are imported and their ids are known in it. */
const LATER = [
  "module.cluster_eks.aws_iam_openid_connect_provider.oidc_provider[0]",
  'module.cluster_eks.aws_security_group_rule.cluster["ingress_nodes_443"]',
  'module.cluster_eks.aws_security_group_rule.node["ingress_cluster_443"]',
  'module.cluster_eks.aws_security_group_rule.node["ingress_cluster_kubelet"]',
];

test.each([
  ["network", network, []],
  ["cluster", cluster, LATER],
])(
  "an account that has what the %s stack makes is taken over, each for its own address",
  (_, stack, later) => {
    const account = accountOf(stack);
    const { matches, doubts, absent, unknown } = match(stack, [...account.values()]);

    expect(matches.filter(({ address, existing }) => account.get(address) !== existing)).toEqual([]);
    expect(doubts).toEqual([]);
    expect(addresses(absent)).toEqual(later);
    expect(matches.length + absent.length + unknown.length).toBe(stack.created.length);
  },
);

test("whatever is missing, and in whatever order AWS answers, nothing is taken for something else", () => {
  const account = accountOf(network);
  const all = [...account.values()];
  fc.assert(
    fc.property(fc.shuffledSubarray(all), (some) => {
      const { matches, doubts, absent } = match(network, some);
      const sorted = match(
        network,
        all.filter((each) => some.includes(each)),
      );
      expect([matches, doubts, absent]).toEqual([sorted.matches, sorted.doubts, sorted.absent]);
      expect(matches.filter(({ address, existing }) => account.get(address) !== existing)).toEqual([]);
      expect(doubts).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test("two ranges alike are told apart by the name, and without it by nobody; what lies in them waits", () => {
  const account = accountOf(network);
  const own = account.get(VPC)!;
  const other: Existing = {
    ...own,
    attributes: { ...own.attributes, id: "vpc-other", tags: { Name: "other" } },
  };

  expect(
    match(network, [...account.values(), other]).matches.find(({ address }) => address === VPC)?.existing,
  ).toBe(own);

  const nameless: Existing = { ...own, attributes: { ...own.attributes, tags: {} } };
  const others = [...account.values()].filter((each) => each !== own);
  const { matches, doubts } = match(network, [...others, nameless, other]);
  const fits = [
    { id: textAt(own.attributes, "id") ?? "", name: textAt(own.attributes, "id") ?? "" },
    { id: "vpc-other", name: "vpc-other other" },
  ];
  expect(doubts).toEqual([{ address: VPC, type: "aws_vpc", fits, rivals: [] }]);
  expect(matches.filter(({ type }) => type === "aws_subnet")).toEqual([]);
});

test("one table of routes for all zones fits two addresses, and neither gets it", () => {
  const account = accountOf(network);
  const tableOf = (zone: string) => `aws_route_table.network_routes-private-us-east-1${zone}`;
  const made = account.get(tableOf("a"))!;
  const one: Existing = { ...made, attributes: { ...made.attributes, tags: { Name: "private" } } };
  const all = [...account].flatMap(([address, each]): Existing[] => {
    if (address === tableOf("a")) return [one];
    if (address === tableOf("b")) return [];
    const isOfB = each.attributes.route_table_id === account.get(tableOf("b"))?.attributes.id;
    return [
      isOfB
        ? { ...each, attributes: { ...each.attributes, route_table_id: one.attributes.id ?? null } }
        : each,
    ];
  });

  const { doubts, matches } = match(network, all);
  expect(doubts.map(({ address, fits, rivals }) => [address, fits.map(({ id }) => id), rivals])).toEqual([
    [tableOf("a"), [one.attributes.id], [tableOf("b")]],
    [tableOf("b"), [one.attributes.id], [tableOf("a")]],
  ]);
  // Whoever decides writes it down; then it is the other's no more.
  const decided = match(network, all, { [tableOf("a")]: textAt(one.attributes, "id") ?? "" });
  expect(decided.doubts).toEqual([
    expect.objectContaining({ address: tableOf("b"), rivals: [tableOf("a")] }),
  ]);
  expect(addresses(matches)).not.toContain("aws_route.network_private-nat-us-east-1a");
  expect(addresses(decided.matches)).toContain("aws_route.network_private-nat-us-east-1a");
});

test("a rule whose source is not known yet is not a rule without a source", () => {
  const account = accountOf(cluster);
  const [address = ""] = LATER.slice(1);
  const { source_security_group_id: _unknown, ...rest } = account.get(address)!.attributes;
  const fromAll: Existing = {
    type: "aws_security_group_rule",
    attributes: { ...rest, cidr_blocks: ["0.0.0.0/0"] },
  };
  const { matches } = match(cluster, [...account.values(), fromAll]);

  expect(addresses(matches)).not.toContain(address);
});

test("every type that a stack of the samples makes in AWS is looked for, or said not to be", () => {
  const types = [network, cluster].flatMap(({ created }) => created.map(({ type }) => type));
  expect([...new Set(types)].filter((type) => !kinds.has(type)).sort()).toEqual([
    // Written over by whoever makes it: nothing to lose.
    "aws_ec2_tag",
    "terraform_data",
    "time_sleep",
  ]);
});

test("the old project gives up whatever is imported, found now or before, or written by hand", () => {
  const existing: readonly Existing[] = [
    { type: "aws_vpc", attributes: { id: "vpc-1" }, address: "module.v.aws_vpc.this[0]" },
    { type: "aws_vpc", attributes: { id: "vpc-2" }, address: "aws_vpc.other" },
    {
      type: "aws_route",
      attributes: { id: "r-1", route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0" },
      address: "aws_route.out",
    },
    { type: "aws_sqs_queue", attributes: { id: "https://sqs/q" }, address: "aws_sqs_queue.q" },
    { type: "aws_default_route_table", attributes: { id: "rtb-0", vpc_id: "vpc-1" } },
  ];
  const imports = {
    [VPC]: "vpc-1",
    "aws_route.a": "rtb-1_0.0.0.0/0",
    "aws_sqs_queue.b": "https://sqs/q",
    "module.network_vpc.aws_default_route_table.default[0]": "vpc-1",
  };

  expect(oldAddresses(existing, imports)).toEqual([
    "aws_route.out",
    "aws_sqs_queue.q",
    "module.v.aws_vpc.this[0]",
  ]);
});
