import { nodesOf } from "../../../src/reachability/vpc/senders";
import { ask, first, withFault, type Stack } from "./worlds";

const call = (name: string, put: (json: Stack) => void = () => undefined) => {
  const world = withFault(["prod/us-east-1"], "prod-us-east-1-mesh", put);
  return ask(world, first(nodesOf(world, "prod-us-east-1")), { kind: "name", name }, 443);
};

test("a name that external-dns publishes for an internal load balancer leads into the VPC, and not to the internet", () => {
  expect(call("orders.example.com")).toMatch(
    /^undecided at security group of the receiver: whom internal load balancers let in/,
  );
  expect(call("other.example.com")).toBe("allowed");
});

test("one of a public load balancer leads to the internet", () => {
  const end = call("orders.example.com", ({ resource }) => {
    const release = resource.helm_release?.["istio_istio-ingressgateway_release"];
    if (release === undefined) throw new Error("no gateway");
    release.values = JSON.parse(
      JSON.stringify(release.values).replace(
        /aws-load-balancer-scheme(\W+)internal\b/,
        "aws-load-balancer-scheme$1internet-facing",
      ),
    ) as unknown;
  });

  expect(end).toBe("allowed");
});
