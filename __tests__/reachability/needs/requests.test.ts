import fc from "fast-check";
import type { Resource } from "../../../src/guardrails/resource";
import { examplePath, exampleRequests } from "../../../src/reachability/needs/requests";
import { requestsOfRoute, requestsOfVirtualService } from "../../../src/reachability/needs/route-requests";
import { fromJson } from "../../../src/guardrails/read/expression";
import { aTarget } from "../../support/fixtures";
import { ended, reachOf } from "../support";

const closed = (edge: string, shop: string) =>
  aTarget(`network: { vpcCidr: 10.1.0.0/16 }
cni: { kind: cilium-eni }
namespaces:
  edge: { allow: [{ to: { namespace: shop, port: 8080 }${edge} }] }
  shop: { allow: [{ from: { namespace: edge, port: 8080 }${shop} }] }
`);
const calls = (edge: string, shop: string, ...more: readonly Resource[]) =>
  ended(
    reachOf(closed(edge, shop), (all) => [...all, ...more]).judged.filter(
      ({ need }) => need.kind === "declared call",
    ),
  );

describe("requests that a namespace declares are asked of the rules of the other", () => {
  const reads = ", http: [{ method: GET, path: /v1/.* }]";

  test("and pass where both declare them", () => {
    expect(calls(reads, reads).filter((each) => !each.includes("allowed"))).toEqual([]);
    expect(calls(reads, "").filter((each) => !each.includes("allowed"))).toEqual([]);
  });

  test("and pass where who is called takes more than are made", () => {
    const one = ", http: [{ method: GET, path: /v1/orders }]";

    expect(calls(one, reads).filter((each) => !each.includes("allowed"))).toEqual([]);
  });

  test.each([
    ["by another method", ", http: [{ method: POST, path: /v1/.* }]", "POST /v1/x"],
    ["by another path", ", http: [{ method: GET, path: /v2/orders }]", "GET /v2/orders"],
    ["by any method", ", http: [{ path: /v1/orders }]", "HEAD /v1/orders"],
  ])("and end there %s", (_, edge, request) => {
    expect(calls(edge, reads)).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `^declared call: edge/\\* to shop/\\*, TCP 8080 denied at policy of the receiver: the proxy's rules do not take this request: .*\\(asked for ${request}\\)$`,
        ),
      ),
    );
  });
});

test("a path without an example is not known, and nothing that is not known passes", () => {
  expect(exampleRequests([{ method: "GET", path: "/(?=x)y" }])).toEqual([{ method: "GET", headers: {} }]);
});

test.each([
  ["/v1/.*", "/v1/x"],
  ["/orders/[0-9]+", "/orders/1"],
  ["/(a|b)/[^/]+", "/a/x"],
  ["/v1\\.0/\\d{3}", undefined],
  ["/health", "/health"],
])("an example of %s is %s", (expression, path) => {
  expect(examplePath(expression)).toBe(path);
});

test("an example fits its expression, whatever that is", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\/[a-z0-9.*+[\]()|\\?/^-]{0,12}$/), (expression) => {
      const path = examplePath(expression);
      expect(path === undefined || new RegExp(`^(?:${expression})$`).test(path)).toBe(true);
    }),
  );
});

test("routes of gateways name the requests that they lead on, and none that they rewrite", () => {
  const route = fromJson({ matches: [{ method: "POST", path: { type: "Exact", value: "/pay" } }] });
  const rewritten = fromJson({ filters: [{ type: "URLRewrite" }], matches: [{ method: "POST" }] });

  expect(requestsOfRoute(route, ["pay.example.com"])).toEqual([
    { method: "POST", path: "/pay", host: "pay.example.com", headers: {} },
  ]);
  expect(requestsOfRoute(rewritten, ["pay.example.com"])).toEqual([{ method: "POST", headers: {} }]);
  expect(
    requestsOfVirtualService(fromJson({ match: [{ uri: { prefix: "/v1" } }] }), ["*.example.com"]),
  ).toEqual([{ path: "/v1", host: "any.example.com", headers: {} }]);
});
