import { firstPlan, takesOver } from "../../src/adopt/first-plan";
import { changeRow, summary, unsaidLines } from "../../src/adopt/told";
import { withSaid } from "../../src/adopt/write-adoption";
import type { Adoption } from "../../src/config/schema/adoption";
import { readPlan } from "../../src/plan-review/read/read-plan";
import { parse } from "yaml";

const NOTHING: Adoption = { imports: {}, changes: {}, creates: [], replaces: [] };

interface Entry {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly importing?: unknown;
}

function plan(...entries: readonly Entry[]) {
  const resource_changes = entries.map(({ address, ...change }) => ({
    address,
    mode: "managed",
    type: address.split(".")[0],
    change,
  }));
  const text = JSON.stringify({ format_version: "1.2", resource_changes });
  return readPlan({ stack: "network", source: "plan.json", text });
}

const importing = { id: "x-1" };
const imported: Entry = {
  address: "aws_vpc.a",
  actions: ["no-op"],
  before: { id: "vpc-1" },
  after: { id: "vpc-1" },
  importing,
};
const renamed: Entry = {
  address: "aws_subnet.a",
  actions: ["update"],
  before: { cidr_block: "10.0.0.0/24", tags: { Name: "old" }, tags_all: { Name: "old" }, arn: "arn:1" },
  after: { cidr_block: "10.0.0.0/24", tags: { Name: "new" }, tags_all: { Name: "new" } },
  after_unknown: { arn: true },
  importing,
};

test("what is taken over as it is needs no word; attributes that change, and those nobody knows before, need one each", () => {
  const changes = firstPlan(plan(imported, renamed), NOTHING);

  expect(changes).toEqual([
    {
      address: "aws_subnet.a",
      does: "changes",
      imported: true,
      attributes: ["arn", "tags"],
      unsaid: ["arn", "tags"],
    },
    { address: "aws_vpc.a", does: "nothing", imported: true, attributes: [], unsaid: [] },
  ]);
  const said = { ...NOTHING, changes: { "aws_subnet.a": ["tags"] } };
  expect(unsaidLines(firstPlan(plan(imported, renamed), said))).toEqual([
    "aws_subnet.a: taken over, changes arn, tags (not said: arn)",
  ]);
  expect(summary(changes)).toBe("2 taken over, 1 of them changed");
});

test.each([
  ["creates", ["create"], "creates"],
  ["deletes", ["delete"], "replaces"],
  ["replaces", ["delete", "create"], "replaces"],
  ["replaces", ["create", "delete"], "replaces"],
  ["deletes", ["forget"], "replaces"],
] as const)("what %s (%j) is refused until it is said under %s", (does, actions, key) => {
  const entry: Entry = {
    address: "aws_eip.a",
    actions,
    before: { id: "1" },
    after: actions.includes("create" as never) ? { id: null } : null,
  };
  expect(firstPlan(plan(entry), NOTHING)).toMatchObject([{ does, unsaid: ["*"] }]);
  expect(firstPlan(plan(entry), { ...NOTHING, [key]: ["aws_eip.a"] })).toMatchObject([{ does, unsaid: [] }]);
  const others = {
    creates: ["aws_eip.a"],
    replaces: ["aws_eip.a"],
    changes: { "aws_eip.a": ["*"] },
    [key]: [],
  };
  expect(firstPlan(plan(entry), { ...NOTHING, ...others })).toMatchObject([{ does, unsaid: ["*"] }]);
});

test("an action that nobody knows counts as the worst", () => {
  const entry: Entry = { address: "aws_eip.a", actions: ["vanish"], before: {}, after: {} };
  expect(firstPlan(plan(entry), { ...NOTHING, creates: ["aws_eip.a"] })).toMatchObject([
    { does: "replaces", unsaid: ["*"] },
  ]);
});

test("what is only in a state is nobody's loss, and a plan without imports is no first one", () => {
  const own: Entry = { address: "terraform_data.workspace", actions: ["create"], after: {} };
  expect(firstPlan(plan(own), NOTHING)).toEqual([]);
  expect(takesOver(plan(own))).toBe(false);
  expect(takesOver(plan(own, imported))).toBe(true);
});

describe("the file", () => {
  test("is begun with a word on what it is, and grows without losing what people wrote", () => {
    const first = withSaid(undefined, "dev/us-east-1", "network", { imports: { "aws_vpc.a[0]": "vpc-1" } });
    expect(first).toMatch(/^# What dev\/us-east-1 takes over/);
    const edited = first.replace("vpc-1", "vpc-2 # asked Ann");
    const second = withSaid(edited, "dev/us-east-1", "network", {
      imports: { "aws_subnet.b": "subnet-1" },
      changes: { "aws_subnet.b": ["tags"] },
      creates: ["aws_eip.c", "aws_eip.a"],
    });
    const third = withSaid(second, "dev/us-east-1", "network", {
      changes: { "aws_subnet.b": ["arn", "tags"] },
      creates: ["aws_eip.a", "aws_eip.d"],
    });

    expect(second).toContain("# asked Ann");
    expect(parse(third)).toEqual({
      network: {
        imports: { "aws_vpc.a[0]": "vpc-2", "aws_subnet.b": "subnet-1" },
        changes: { "aws_subnet.b": ["arn", "tags"] },
        creates: ["aws_eip.a", "aws_eip.c", "aws_eip.d"],
      },
    });
  });

  test("of another stack stays as it is", () => {
    const both = withSaid("cluster: { creates: [aws_eip.z] }\n", "dev/us-east-1", "network", {
      creates: ["aws_eip.a"],
    });
    expect(parse(both)).toEqual({ cluster: { creates: ["aws_eip.z"] }, network: { creates: ["aws_eip.a"] } });
  });
});

test("what came with a VPC is never said to be created: it is emptied", () => {
  const [table] = firstPlan(
    plan({ address: "aws_default_route_table.a", actions: ["create"], after: {} }),
    NOTHING,
  );
  expect(table && changeRow(table)).toEqual([
    "aws_default_route_table.a",
    "taken over without an import: it loses the routes and rules that the stack does not have",
    "not said",
  ]);
});
