import { unusedOf } from "../../../src/reachability/path/unused";
import type { Resource } from "../../../src/guardrails/resource";
import { aTarget } from "../../support/fixtures";
import { reachOf } from "../support";

const shop = (allow: string, more = "") =>
  aTarget(`policies: {}\nnamespaces:\n  shop:\n    allow: [${allow}]\n${more}`);

function told(target: ReturnType<typeof aTarget>, added: readonly Resource[] = []): string[] {
  const { world } = reachOf(target, (all) => [...all, ...added]);
  return unusedOf(world, target.flows).map(({ what, why }) => `${what}: ${why}`);
}

const rule = (name: string, cidr: string, ports: readonly [number, number] = [443, 443]): Resource => ({
  type: "sg-rule",
  address: `aws_vpc_security_group_ingress_rule.${name}`,
  stack: "dev-us-east-1-network",
  source: "input",
  attributes: {
    direction: "ingress",
    protocol: "tcp",
    fromPort: ports[0],
    toPort: ports[1],
    cidrs: [cidr],
    groups: [],
    prefixLists: [],
    group: "sg-0a1b2c3d4e5f60718",
  },
});

test("an entry is of no use where another entry of the namespace covers its range", () => {
  expect(
    told(shop("{ to: { cidr: 10.201.0.0/16, port: 3306 } }, { to: { cidr: 10.201.20.0/24, port: 3306 } }")),
  ).toEqual(["what namespaces.shop.allow.1 allows: namespaces.shop.allow.0 allows all of it"]);
});

test("requests that an entry lists are of no use beside an entry for all of them", () => {
  const own = "pods: { app: api }, from:";
  const entries = [
    `{ ${own} { namespace: edge, pods: { app: web }, port: 8080 }, http: [{ method: GET }] }`,
    `{ ${own} { namespace: edge, port: 8080 } }`,
    `{ ${own} { namespace: edge, pods: { app: web }, port: 8081 }, http: [{ method: GET }] }`,
  ];

  expect(told(shop(entries.join(", "), "  edge: {}\n"))).toEqual([
    "what namespaces.shop.allow.0 allows: namespaces.shop.allow.1 allows all of it",
  ]);
});

test.each([
  [
    "another port",
    "{ to: { cidr: 10.201.0.0/16, port: 3306 } }, { to: { cidr: 10.201.20.0/24, port: 5432 } }",
  ],
  [
    "another protocol",
    "{ to: { cidr: 10.201.0.0/16, port: 53 } }, { to: { cidr: 10.201.20.0/24, port: 53, protocol: UDP } }",
  ],
  [
    "another direction",
    "{ to: { cidr: 10.201.0.0/16, port: 80 } }, { from: { cidr: 10.201.20.0/24, port: 80 } }",
  ],
  [
    "pods of a service, which entries without labels leave out",
    "{ to: { cidr: 10.201.0.0/16, port: 80 } }, { pods: { app: api }, to: { cidr: 10.201.20.0/24, port: 80 } }",
  ],
  [
    "more than the listed requests",
    "{ to: { cidr: 10.201.0.0/16, port: 80 }, http: [{ method: GET }] }, { to: { cidr: 10.201.20.0/24, port: 80 } }",
  ],
  [
    "names that a wildcard may or may not hold",
    '{ to: { fqdn: "*.a.test", port: 443 } }, { to: { fqdn: b.a.test, port: 443 } }',
  ],
])("an entry for %s is of use", (_, allow) => {
  expect(told(shop(allow))).toEqual([]);
});

test("reports labels that no pods of a platform's namespace have, with those that are there", () => {
  const called = (name: string) =>
    shop(
      `{ to: { namespace: cert-manager, pods: { app.kubernetes.io/name: ${name} }, port: 9402 } }`,
      "ingress: { dns: { zones: { example.com: Z0123456789ABCDEFGHIJ } }, certificates: { email: a@example.com } }\n",
    );

  expect(told(called("cert-manger"))).toEqual([
    expect.stringMatching(
      /^what namespaces\.shop\.allow\.0 allows: no pods of cert-manager have app\.kubernetes\.io\/name: cert-manger; its pods are cert-manager\/cert-manager/,
    ),
  ]);
  expect(told(called("webhook"))).toEqual([]);
});

test("a rule of a security group is of no use where another rule covers it, and of use where it reaches further", () => {
  const wide = rule("wide", "10.0.0.0/8");
  const target = aTarget();

  expect(told(target, [wide, rule("narrow", "10.1.0.0/16")])).toEqual([
    "what it lets through for 10.1.0.0/16: aws_vpc_security_group_ingress_rule.wide lets all of it through",
  ]);
  expect(told(target, [wide, rule("other", "10.1.0.0/16", [443, 444])])).toEqual([]);
  expect(told(target, [wide, rule("same", "10.0.0.0/8")])).toHaveLength(1);
});
