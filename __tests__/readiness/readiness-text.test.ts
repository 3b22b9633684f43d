import { readiness } from "../../src/readiness/readiness";
import { readinessText } from "../../src/readiness/readiness-text";
import { judge, targetInventory } from "../../src/synth/guard-targets";
import { aTarget } from "../support/fixtures";

function textOf(yaml: string): string {
  const target = aTarget(yaml, { environment: "prod" });
  const inventory = targetInventory(target);
  const asOf = () => "2026-11-21";
  return readinessText(
    readiness({ target, inventory, findings: judge(target, inventory, asOf).findings, asOf }),
  );
}

describe("on a terminal", () => {
  const lines = textOf("").split("\n");
  const statuses = (title: string) => {
    const start = lines.indexOf(title) + 1;
    const end = lines.indexOf("", start);
    return lines
      .slice(start, end < 0 ? undefined : end)
      .flatMap((line) => /^ {2,3}\d+ {2}(not met|decision needed|met|not decidable) /.exec(line)?.[1] ?? []);
  };

  test.each(["EKS networking readiness", "Enterprise networking checklist"])(
    "%s has what is open first, then what is met, then what only a cluster shows",
    (title) => {
      const order = ["not met", "decision needed", "met", "not decidable"];
      const shown = statuses(title);

      expect(shown.length).toBeGreaterThan(10);
      expect(shown).toEqual(shown.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
    },
  );

  test("an item that is open has its reason and at most three places below it, and the count of the others", () => {
    const start = lines.findIndex((line) => line.includes("Network ACLs are understood"));
    const indent = " ".repeat(23);

    expect(lines[start]).toBe(
      "   7  decision needed  VPC and subnets: Network ACLs are understood and let ephemeral ports through.",
    );
    expect(lines.slice(start + 1, start + 6)).toEqual([
      `${indent}network ACLs of your own: what they are for and which return traffic they let`,
      `${indent}through; write decisions.network-acls`,
      `${indent}prod-us-east-1-network/aws_network_acl.network-acls_public`,
      `${indent}prod-us-east-1-network/aws_network_acl.network-acls_nodes`,
      `${indent}prod-us-east-1-network/aws_network_acl.network-acls_control-plane`,
    ]);
    expect(lines[start + 6]).toMatch(/^ {23}and \d+ more$|^ {1,3}\d+ {2}/);
  });

  test("an item that is met is a line without places", () => {
    const start = lines.findIndex((line) => line.includes("Nodes have private subnets in two zones"));

    expect(lines[start]).toMatch(/^ {3}2 {2}met {14}VPC and subnets: Nodes have private subnets/);
    expect(lines.slice(start, start + 3).filter((line) => line.includes("aws_subnet"))).toEqual([]);
  });

  test.each([
    [3, []],
    [4, ["and 1 more"]],
    [9, ["and 6 more"]],
  ])("an open item with %i places shows three and how many are left", (count, more) => {
    const evidence = Array.from({ length: count }, (_, index) => `place ${index}`);
    const text = readinessText({
      target: "dev/us-east-1",
      asOf: "2026-11-21",
      counts: { met: 0, "not met": 1, "not decidable before apply": 0, "decision needed": 0 },
      items: [
        {
          list: "networking",
          group: "VPC",
          number: 1,
          asks: "Asked.",
          status: "not met",
          says: "why",
          evidence,
        },
      ],
    });

    const shown = text.split("\n").map((line) => line.trim());
    expect(shown.filter((line) => /^place|^and/.test(line))).toEqual([
      "place 0",
      "place 1",
      "place 2",
      ...more,
    ]);
  });
});
