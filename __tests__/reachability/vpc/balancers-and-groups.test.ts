import { decideVpc } from "../../../src/reachability/vpc/decide";
import { controllerBalancers } from "../../../src/reachability/vpc/load-balancers";
import { nodesOf, podPlaces } from "../../../src/reachability/vpc/senders";
import { vpcWorld } from "../../../src/reachability/vpc/world";
import { ask, first, read, sample, samples, stacksOf, withFault, worldOf } from "./worlds";

const balanced = samples.filter(({ name }) => /^(prod|regulated-firewall|pod-security-groups)\//.test(name));

test.each(balanced.map((each) => [each.name, each] as const))(
  "load balancers of %s reach pods at their ports, and get answers",
  (_name, target) => {
    const world = worldOf(target);
    const pods = podPlaces(world, target.workspace);
    const balancers = (["public", "internal"] as const).flatMap((scheme) =>
      controllerBalancers(world, target.workspace, scheme),
    );
    expect(balancers.length).toBeGreaterThan(0);
    for (const from of balancers) for (const to of pods) expect(ask(world, from, to, 8080)).toBe("allowed");
  },
);

/** kubernetes-sigs/aws-load-balancer-controller v3.5.0, pkg/networking/networking_manager.go, resolveEndpointSGForENI. */
test("targets with two groups of the cluster get no rule of the controller", () => {
  const put = withFault(["prod/us-east-1"], "prod-us-east-1-nodes", ({ module }) => {
    for (const group of Object.values(module))
      if (Array.isArray(group.vpc_security_group_ids))
        group.cluster_primary_security_group_id =
          "${data.terraform_remote_state.cluster.outputs.cluster_primary_security_group_id}";
  });
  const node = first(nodesOf(put, "prod-us-east-1"));
  expect(node.securityGroups).toHaveLength(2);
  const balancer = first(controllerBalancers(put, "prod-us-east-1", "internal"));
  expect(ask(put, balancer, node, 8080)).toMatch(
    /^denied at security group of the receiver: the controller finds 2 groups of the cluster at /,
  );
});

test("the way from public load balancers to pods leads through the firewall, both ways by one endpoint", () => {
  const workspace = "regulated-firewall-us-east-1";
  const world = worldOf(sample("regulated-firewall/us-east-1"));
  const [balancer] = controllerBalancers(world, workspace, "public");
  if (balancer === undefined) throw new Error("no public subnets");
  const hops = decideVpc(world, balancer, first(podPlaces(world, workspace)), 8080);
  expect(hops.find(({ at }) => at === "firewall")?.says).toMatch(
    /^aws_networkfirewall_rule_group\.firewall_base lets/,
  );

  const bent = withFault(["regulated-firewall/us-east-1"], `${workspace}-network`, ({ resource }) => {
    const routes = resource.aws_route ?? {};
    for (const name of Object.keys(routes)) if (/us-east-1a-to-public/.test(name)) delete routes[name];
  });
  expect(ask(bent, balancer, first(podPlaces(bent, workspace)), 8080)).toMatch(
    /^denied at route back: .*leads to the VPC itself for 10\.73\.\d+\.0\/24, and not to the firewall endpoint/,
  );
});

test("pods with security groups of their own hang on rules that are not in the stacks", () => {
  const target = sample("pod-security-groups/us-east-1");
  const world = vpcWorld(read(stacksOf(target)));
  const orders = podPlaces(world, target.workspace, { namespace: "orders", labels: { app: "orders" } });
  expect(orders.flatMap(({ securityGroups }) => securityGroups)).toEqual(["sg-0a1b2c3d4e5f60718"]);
  const sts = { kind: "name", name: "sts.us-east-1.amazonaws.com" } as const;
  expect(ask(world, first(orders), sts, 443)).toBe(
    "undecided at security group of the sender: the rules of sg-0a1b2c3d4e5f60718 are not in the stacks",
  );
  const others = podPlaces(world, target.workspace, { namespace: "orders", labels: { app: "web" } });
  expect(ask(world, first(others), sts, 443)).toBe("allowed");
  // Chosen by labels of a service account, which only the cluster knows: with and without.
  const payments = podPlaces(world, target.workspace, { namespace: "payments", labels: {} });
  expect(payments).toHaveLength(2);
});

test("CoreDNS takes look-ups of pods with groups of their own", () => {
  const target = sample("pod-security-groups/us-east-1");
  const world = vpcWorld(read(stacksOf(target)));
  const orders = first(
    podPlaces(world, target.workspace, { namespace: "orders", labels: { app: "orders" } }),
  );
  const dns = first(podPlaces(world, target.workspace));
  for (const protocol of ["udp", "tcp"] as const) {
    const hop = decideVpc(world, orders, dns, 53, protocol).find(
      ({ at }) => at === "security group of the receiver",
    );
    expect(hop?.verdict).toBe("allowed");
  }
  expect(
    decideVpc(world, orders, dns, 8080).find(({ at }) => at === "security group of the receiver")?.verdict,
  ).toBe("denied");
});

test("a group of others on the control plane adds no rule that anybody knows, and takes none away", () => {
  const target = sample("node-groups/us-east-1");
  const world = vpcWorld(read(stacksOf(target)));
  const api = world.clusters.get(target.workspace)?.controlPlane;
  if (api === undefined) throw new Error("no control plane");
  expect(api.securityGroups).toContain("sg-0d4e5f60718293a4b");
  const pods = first(podPlaces(world, target.workspace));
  expect(ask(world, pods, api, 443)).toBe("allowed");
  expect(ask(world, pods, api, 8443)).toMatch(
    /^undecided at security group of the receiver: the rules of sg-0d4e/,
  );
  expect(ask(world, api, pods, 10250)).toBe("allowed");
  expect(ask(world, api, pods, 12345)).toMatch(/^denied at security group of the receiver/);
});
