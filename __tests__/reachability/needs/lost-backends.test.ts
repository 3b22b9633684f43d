import type { Resource } from "../../../src/guardrails/resource";
import { type Attributes, isMap, items, type Value } from "../../../src/values/value";
import { objectOf, reachOf, sample, unmet } from "../support";

/** The Service that a VirtualService leads to, with another spec. */
const withService = (change: (spec: Attributes) => Attributes) => (all: readonly Resource[]) =>
  all.map((each): Resource => {
    const { spec } = each.attributes;
    return objectOf(each) === "Service payments/orders" && isMap(spec)
      ? { ...each, attributes: { ...each.attributes, spec: change(spec) } }
      : each;
  });

test.each([
  [
    "selects nobody",
    (spec: Attributes): Attributes => ({ ...spec, selector: { app: "order" } }),
    "Service payments/orders selects no pods that stacks make",
  ],
  [
    "leads to a port by a name that its pods don't have",
    (spec: Attributes): Attributes => ({
      ...spec,
      ports: items(spec.ports).map((each): Value => (isMap(each) ? { ...each, targetPort: "web" } : each)),
    }),
    "Service payments/orders leads to no port of its pods for 80",
  ],
])("requests of a gateway end at a Service that %s", (_, change, says) => {
  const found = unmet(reachOf(sample("prod/us-east-1"), withService(change)).judged);

  expect(found).toContainEqual(
    expect.stringMatching(
      new RegExp(
        `^gateway: istio-ingress/istio-ingressgateway to orders\\.payments\\.svc, TCP 80 denied at discovery: ${says}`,
      ),
    ),
  );
});
