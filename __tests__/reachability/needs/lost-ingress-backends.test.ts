import type { Resource } from "../../../src/guardrails/resource";
import { type Attributes, isMap, items, type Value } from "../../../src/values/value";
import { aTarget } from "../../support/fixtures";
import { ended, objectOf, reachOf } from "../support";

const targetWith = (service: string) =>
  aTarget(`network: { vpcCidr: 10.1.0.0/16 }
ingress: { nginx: { reason: "moves to the Gateway API by spring" } }
traffic: { api: alb-ingress }
namespaces: { shop: {} }
workloads:
  web:
    namespace: shop
    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/web@sha256:${"a".repeat(64)}
    ports: { http: { port: 80, targetPort: 8080, protocol: http } }
    resources: { cpus: 0.1, memoryMiB: 128 }
    ${service}
`);
const nginx = targetWith("traffic: { hosts: [shop.example.com], ingress: { class: nginx, tlsSecret: tls } }");
const alb = targetWith("traffic: { hosts: [shop.example.com], ingress: { class: alb } }");
const nlb = targetWith("service: { kind: nlb }");

const withService = (change: (spec: Attributes) => Attributes) => (all: readonly Resource[]) =>
  all.map((each): Resource => {
    const { spec } = each.attributes;
    return objectOf(each) === "Service shop/web" && isMap(spec)
      ? { ...each, attributes: { ...each.attributes, spec: change(spec) } }
      : each;
  });
const otherPods = withService((spec) => ({ ...spec, selector: { app: "webb" } }));
const otherPort = withService((spec) => ({
  ...spec,
  ports: items(spec.ports).map((each): Value => (isMap(each) ? { ...each, targetPort: "web" } : each)),
}));

const callsOf = (...args: Parameters<typeof reachOf>) =>
  ended(reachOf(...args).judged.filter(({ need }) => /^(Ingress|Service) shop\//.test(need.source)));

describe.each([
  ["ingress-nginx", nginx, "gateway: ingress-nginx/"],
  ["an Application Load Balancer", alb, "load balancer: internal load balancers"],
  ["a Network Load Balancer", nlb, "load balancer: internal load balancers"],
])("requests by %s", (_, target, from) => {
  test("reach the pods of the Service", () => {
    expect(callsOf(target)).toEqual([
      expect.stringMatching(new RegExp(`^${from}.* to shop/web, TCP 8080 allowed`)),
    ]);
  });

  test.each([
    ["selects nobody", otherPods, "Service shop/web selects no pods that stacks make"],
    ["leads to no port of its pods", otherPort, "Service shop/web leads to no port of its pods for 80"],
  ])("end at one that %s", (__, change, says) => {
    expect(callsOf(target, change)).toEqual([
      expect.stringMatching(new RegExp(`^${from}.* to web.shop.svc, TCP 80 denied at discovery: ${says}$`)),
    ]);
  });
});
