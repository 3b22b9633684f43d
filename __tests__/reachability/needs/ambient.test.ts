import type { Resource } from "../../../src/guardrails/resource";
import { fromJson } from "../../../src/guardrails/read/expression";
import { at, isMap, text } from "../../../src/values/value";
import { aTarget } from "../../support/fixtures";
import { reachOf, unmet } from "../support";

const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/app@sha256:" + "a".repeat(64);
const ambient = (cni: string) =>
  aTarget(`network: { vpcCidr: 10.1.0.0/16 }
cni: { kind: ${cni} }
observability: { prometheus: {} }
ingress: {}
mesh: { kind: istio-ambient, id: a, trustDomain: a.internal }
namespaces:
  shop: { labels: { istio.io/dataplane-mode: ambient }, allow: [{ to: { namespace: bank, port: 8080 } }] }
  bank: { labels: { istio.io/dataplane-mode: ambient }, allow: [{ from: { namespace: shop, port: 8080 } }] }
workloads:
  web:
    namespace: shop
    image: "${image}"
    ports: { http: { port: 8080, protocol: http } }
    resources: { cpus: 0.1, memoryMiB: 64 }
    dependencies: [{ workload: ledger }]
  ledger:
    namespace: bank
    image: "${image}"
    ports: { http: { port: 8080, protocol: http } }
    resources: { cpus: 0.1, memoryMiB: 64 }
`);

/** With other text in the policies of a namespace, which so open another port or address. */
function policiesWith(namespace: string, from: string, to: string) {
  return (all: readonly Resource[]): readonly Resource[] =>
    all.map((each) => {
      const { kind, metadata } = each.attributes;
      if (!text(kind).endsWith("NetworkPolicy") || text(at(metadata, "namespace")) !== namespace) return each;
      const attributes = fromJson(
        JSON.parse(JSON.stringify(each.attributes).replaceAll(from, to)) as unknown,
      );
      return isMap(attributes) ? { ...each, attributes } : each;
    });
}

describe.each(["cilium-eni", "vpc-cni"])("pods of an ambient mesh under %s", (cni) => {
  const target = ambient(cni);
  const denied = (...change: Parameters<typeof policiesWith>) =>
    unmet(reachOf(target, policiesWith(...change)).judged);

  test("have all that they need", () => {
    const { judged } = reachOf(target);
    const calls = judged.filter(({ need }) => need.kind === "declared call");

    expect(unmet(judged)).toEqual([]);
    expect(calls.map(({ verdict }) => verdict)).toEqual(["allowed", "allowed", "allowed"]);
  });

  test.each([
    ["shop", "sender"],
    ["bank", "receiver"],
  ])("don't call each other where policies of %s leave HBONE closed", (namespace, side) => {
    expect(denied(namespace, "15008", "15009")).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `^declared call: shop/web to bank/ledger, TCP 8080 denied at policy of the ${side}: no rule allows it: .*; open TCP 15008, too`,
        ),
      ),
    );
  });

  test("need no rule for the port itself: policies see the tunnel alone", () => {
    expect(denied("bank", "8080", "8081").filter((each) => each.startsWith("declared call"))).toEqual([]);
  });

  test("are not ready where policies leave out the address of probes", () => {
    expect(denied("bank", "169.254.7.127", "169.254.7.126")).toEqual([
      expect.stringMatching(
        /^probe: kubelet to bank\/ledger, TCP 8080 denied at policy of the receiver: .*probes of ambient pods come from 169\.254\.7\.127; let it in/,
      ),
    ]);
  });
});
