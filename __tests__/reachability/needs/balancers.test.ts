import type { Resource } from "../../../src/guardrails/resource";
import { items, type Attributes, isMap } from "../../../src/values/value";
import { aTarget } from "../../support/fixtures";
import { objectOf, ended, reachOf } from "../support";

const target = aTarget(`network: { vpcCidr: 10.1.0.0/16 }
ingress: { dns: { zones: { example.com: Z0123456789ABCDEFGHIJ } } }
namespaces: { shop: {} }
workloads:
  web:
    namespace: shop
    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/web@sha256:${"a".repeat(64)}
    ports: { http: { port: 80, targetPort: 8080, protocol: http } }
    resources: { cpus: 0.1, memoryMiB: 128 }
    service: { kind: nlb }
`);
const calls = (change?: Parameters<typeof reachOf>[1]) =>
  reachOf(target, change).judged.filter(({ need }) => need.source === "Service shop/web");

/** An ACL of all subnets that takes nobody from a range at some ports. */
const closes = (cidr: string, from: number, to: number) => (all: readonly Resource[]) =>
  all.map((each): Resource => {
    if (!each.type.startsWith("aws_network_acl") && each.type !== "aws_default_network_acl") return each;
    const entry: Attributes = {
      action: "deny",
      protocol: "6",
      rule_no: 5,
      cidr_block: cidr,
      from_port: from,
      to_port: to,
    };
    return {
      ...each,
      attributes: { ...each.attributes, ingress: [entry, ...items(each.attributes.ingress)] },
    };
  });

test("a Service's Network Load Balancer reaches its pods, and asks for their health", () => {
  expect(ended(calls())).toEqual([
    expect.stringMatching(/^load balancer: internal load balancers to shop\/web, TCP 8080 allowed/),
  ]);
});

/** The Service with one more annotation. */
const annotated = (name: string, value: string) => (all: readonly Resource[]) =>
  all.map((each): Resource => {
    const { metadata } = each.attributes;
    if (objectOf(each) !== "Service shop/web" || !isMap(metadata) || !isMap(metadata.annotations))
      return each;
    const annotations = {
      ...metadata.annotations,
      [`service.beta.kubernetes.io/aws-load-balancer-${name}`]: value,
    };
    return { ...each, attributes: { ...each.attributes, metadata: { ...metadata, annotations } } };
  });
const onNodes = annotated("nlb-target-type", "instance");

/** Elastic Load Balancing, "Client IP preservation". */
test.each([
  ["a client's range at a port of nodes", "10.1.0.0/28", 31000, 31000, "denied at network ACL in"],
  ["other ports", "10.1.0.0/28", 22, 22, "undecided at service"],
])("targets that are nodes see addresses of clients, whom an ACL may close: %s", (_, cidr, from, to, end) => {
  const found = calls((all) => onNodes(closes(cidr, from, to)(all)));

  expect(found.map(({ verdict, end: hop }) => `${verdict} at ${hop?.at}`)).toEqual([end]);
});

test("an ACL closes no clients whose addresses a load balancer does not keep", () => {
  const closing = closes("10.1.0.0/28", 8080, 8080);
  const kept = annotated("target-group-attributes", "preserve_client_ip.enabled=true");

  expect(calls(closing).map(({ verdict }) => verdict)).toEqual(["allowed"]);
  expect(calls((all) => kept(closing(all))).map(({ end }) => end?.at)).toEqual(["network ACL in"]);
});

test("ranges that a Service names are its clients", () => {
  const named = (all: readonly Resource[]) =>
    all.map((each): Resource => {
      const { spec } = each.attributes;
      return objectOf(each) === "Service shop/web" && isMap(spec)
        ? {
            ...each,
            attributes: { ...each.attributes, spec: { ...spec, loadBalancerSourceRanges: ["10.9.0.0/16"] } },
          }
        : each;
    });

  expect(calls((all) => onNodes(named(all))).map(({ need }) => need.clients)).toEqual([["10.9.0.0/16"]]);
  expect(calls().map(({ need }) => need.clients)).toEqual([undefined]);
});
