import { assess } from "../../src/plan-review/assess";
import { formatHtml } from "../../src/plan-review/format/html";
import { formatMarkdown } from "../../src/plan-review/format/markdown";
import { formatText } from "../../src/plan-review/format/text";
import { flat } from "../../src/plan-review/model/phrase";
import { readPlan } from "../../src/plan-review/read/read-plan";
import { entry, planText } from "./support";

const PLACEHOLDERS = [
  { value: "vpc-preview-network-vpc-id", mark: "preview-network-vpc-id", output: "network.vpc_id" },
  { value: "192.0.2.1", mark: "192.0.2.1", output: "network.nat_public_ips[0]" },
];
const review = assess([
  readPlan({
    stack: "test",
    source: "plan.json",
    placeholders: PLACEHOLDERS,
    text: planText([
      entry("aws_security_group", { after: { vpc_id: "vpc-preview-network-vpc-id", name: "a" } }),
      entry("aws_x", { address: "aws_x.y", after: { rule: [{ cidrs: ["192.0.2.1/32"] }], name: "b" } }),
      entry("aws_x", { address: "aws_x.z", after: { cidr: "192.0.2.10/32", name: "vpc-preview" } }),
    ]),
  }),
]);
const marked = (address: string) => review.changes.find((each) => each.address === address)?.placeholders;

test("an attribute that holds a placeholder is marked with what it stands for", () => {
  expect(marked("aws_security_group.x")).toEqual(["vpc_id (network.vpc_id)"]);
  expect(marked("aws_x.y")).toEqual(["rule (network.nat_public_ips[0])"]);
});

test("an attribute that holds a longer text is not", () => {
  expect(marked("aws_x.z")).toEqual([]);
});

test("a review says on top that it rests on placeholders, and at the end what it can't see for them", () => {
  expect(review.warnings.map(flat)).toEqual([
    "test: planned with placeholders for what is not deployed yet: network.vpc_id and network.nat_public_ips",
  ]);
  expect(review.blindSpots.join(" ")).toContain("placeholders");
});

test.each([
  ["text", formatText(review)],
  ["markdown", formatMarkdown(review)],
  ["html", formatHtml(review)],
])("%s tells changes with placeholders from those without", (_form, text) => {
  expect(text).toContain("create aws_security_group, with placeholders");
  expect(text).toMatch(/create aws_x(?!, with)/);
});

test("a plan without any has no mark", () => {
  const plain = assess([
    readPlan({ stack: "s", source: "p", text: planText([entry("aws_x", { after: {} })]) }),
  ]);
  expect([plain.warnings, plain.changes[0]?.placeholders]).toEqual([[], []]);
});
