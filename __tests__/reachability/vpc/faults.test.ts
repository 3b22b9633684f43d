import { decideVpc } from "../../../src/reachability/vpc/decide";
import { nodesOf, podPlaces } from "../../../src/reachability/vpc/senders";
import { vpcWorld } from "../../../src/reachability/vpc/world";
import {
  ask,
  controlPlane,
  first,
  read,
  remove,
  sample,
  stacksOf,
  told,
  withFault,
  type Stack,
} from "./worlds";

const PEERS = ["prod/us-east-1", "prod/us-west-2"];

describe("between peers", () => {
  test("control plane subnets without a route to the peer: the peer's calls of the API get no answers", () => {
    const world = withFault(PEERS, "prod-us-east-1-federation", ({ resource }) =>
      remove(resource.aws_route, /accepter.*control-plane$/),
    );
    const from = first(podPlaces(world, "prod-us-east-1"));
    expect(ask(world, from, controlPlane(world, "prod-us-west-2"), 443)).toBe(
      "denied at route back: aws_route_table.network_routes-control-plane has no route back to 10.0.32.0/19",
    );
  });

  test("a zone of the peer without the way back", () => {
    const world = withFault(PEERS, "prod-us-east-1-federation", ({ resource }) =>
      remove(resource.aws_route, /accepter.*us-west-2b$/),
    );
    const [from, to] = [first(podPlaces(world, "prod-us-east-1")), first(podPlaces(world, "prod-us-west-2"))];
    expect(ask(world, from, to, 15443)).toBe(
      "denied at route back: aws_route.network_private-nat-us-west-2b leads to a nat gateway for 10.0.32.0/19, and not to aws_vpc_peering_connection.prod-us-west-2_connection",
    );
  });

  test("a connection that nobody accepts", () => {
    const world = withFault(PEERS, "prod-us-east-1-federation", ({ resource }) => {
      const accepter = resource.aws_vpc_peering_connection_accepter?.["prod-us-west-2_accepted"];
      if (accepter !== undefined) accepter.auto_accept = false;
    });
    const [from, to] = [first(podPlaces(world, "prod-us-east-1")), first(podPlaces(world, "prod-us-west-2"))];
    expect(ask(world, from, to, 15443)).toBe(
      "denied at peering: nobody accepts aws_vpc_peering_connection.prod-us-west-2_connection",
    );
  });

  test("nodes whose group knows the peer's port no more", () => {
    const world = withFault(PEERS, "prod-us-east-1-federation", ({ resource }) =>
      remove(resource.aws_vpc_security_group_ingress_rule, /accepter.*-tcp-15443$/),
    );
    const [from, to] = [first(podPlaces(world, "prod-us-east-1")), first(podPlaces(world, "prod-us-west-2"))];
    expect(ask(world, from, to, 15443)).toMatch(/^denied at security group of the receiver: .*node\[0\]/);
    expect(ask(world, from, to, 15012)).toBe("allowed");
  });

  test("of a range that nobody answers in, the way is told that lacks least", () => {
    const world = withFault(PEERS, "prod-us-east-1-federation", ({ resource }) =>
      remove(resource.aws_route, /accepter.*us-west-2b$/),
    );
    const from = first(podPlaces(world, "prod-us-east-1"));
    expect(ask(world, from, { kind: "range", range: "10.1.0.0/16" }, 15443)).toMatch(
      /^denied at route back: .*us-west-2b leads to a nat gateway/,
    );
  });

  test("a peer that is not among the stacks leaves its side undecided", () => {
    const world = vpcWorld(read(stacksOf(sample("prod/us-east-1"))));
    const from = first(podPlaces(world, "prod-us-east-1"));
    expect(ask(world, from, { kind: "range", range: "10.1.32.0/19" }, 15443)).toBe(
      "undecided at security group of the receiver: which interface has an address of 10.1.32.0/19 is not in the stacks",
    );
  });
});

describe("a runner that comes by a peering", () => {
  const range = { kind: "range", range: "10.200.0.0/14" } as const;
  const network = "prod-us-east-1-network";

  test("reaches the API as far as the stacks know, and not without a route back or a rule", () => {
    const admit = ({ module }: Stack) => {
      const rules = module.cluster_eks?.security_group_additional_rules as Record<string, object>;
      rules.runner = { from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: [range.range] };
    };
    const admitted = withFault(["prod/us-east-1"], "prod-us-east-1-cluster", admit);
    expect(ask(admitted, range, controlPlane(admitted, "prod-us-east-1"), 443)).toMatch(
      /^undecided at transit gateway/,
    );

    const closed = withFault(["prod/us-east-1"], network, () => undefined);
    expect(ask(closed, range, controlPlane(closed, "prod-us-east-1"), 443)).toMatch(
      /^denied at security group of the receiver: .*cluster\[0\] lets through tcp 443 from 10\.200\.0\.0\/14/,
    );

    const lost = withFault(["prod/us-east-1"], network, ({ resource }) =>
      remove(resource.aws_route, /control-plane$/),
    );
    expect(
      told(
        decideVpc(lost, range, controlPlane(lost, "prod-us-east-1"), 443).filter(
          ({ at }) => at === "route back",
        ),
      ),
    ).toBe(
      "denied at route back: aws_route_table.network_routes-control-plane has no route back to 10.200.0.0/14",
    );
  });
});

describe("a network ACL", () => {
  const ruled = (
    change: (rules: Record<string, unknown>[]) => Record<string, unknown>[],
    direction: string,
  ) =>
    withFault(["prod/us-east-1"], "prod-us-east-1-network", ({ resource }) => {
      const acl = resource.aws_network_acl?.["network-acls_nodes"];
      if (acl !== undefined) acl[direction] = change(acl[direction] as Record<string, unknown>[]);
    });
  const quay = { kind: "name", name: "quay.io" } as const;
  const high = ({ from_port, protocol }: Record<string, unknown>) => from_port === 1024 && protocol === "6";

  test("that lets no answers in", () => {
    const world = ruled((rules) => rules.filter((each) => !high(each)), "ingress");
    expect(ask(world, first(nodesOf(world, "prod-us-east-1")), quay, 443)).toBe(
      "denied at network ACL back: aws_network_acl.network-acls_nodes stops tcp 1024-65535 from the internet",
    );
  });

  test("that lets in answers to some of the ports that a NAT gateway takes", () => {
    const world = ruled(
      (rules) => rules.map((each) => (high(each) ? { ...each, from_port: 32768 } : each)),
      "ingress",
    );
    expect(ask(world, first(nodesOf(world, "prod-us-east-1")), quay, 443)).toMatch(
      /^denied at network ACL back/,
    );
  });

  test("that lets nothing out to the peer", () => {
    const world = ruled((rules) => rules.filter(({ cidr_block }) => cidr_block === "10.0.0.0/16"), "egress");
    expect(
      ask(world, first(podPlaces(world, "prod-us-east-1")), { kind: "range", range: "10.1.0.0/16" }, 15443),
    ).toMatch(
      /^denied at network ACL out: aws_network_acl\.network-acls_nodes stops tcp 15443 to 10\.1\.0\.0\/16/,
    );
  });
});

test("a NAT gateway in a subnet without an internet gateway leads nowhere", () => {
  const world = withFault(["prod/us-east-1"], "prod-us-east-1-network", ({ resource }) =>
    remove(resource.aws_route, /^network_public-internet$/),
  );
  expect(ask(world, first(nodesOf(world, "prod-us-east-1")), { kind: "name", name: "quay.io" }, 443)).toBe(
    "denied at route out: aws_route_table.network_routes-public has no route to the internet",
  );
});

test("nodes in an overlay without the tunnel's port carry no packets of pods", () => {
  const workspace = "overlay-geneve-us-east-1";
  const world = withFault(["overlay-geneve/us-east-1"], `${workspace}-cluster`, ({ module }) =>
    remove(module.cluster_eks?.node_security_group_additional_rules as Record<string, unknown>, /tunnel/),
  );
  const pods = first(podPlaces(world, workspace));
  expect(ask(world, pods, pods, 8080)).toMatch(/^denied at security group of the receiver: .* udp 6081 from/);
});

test("pods of an overlay are out of the control plane's reach", () => {
  const workspace = "overlay-vxlan-us-east-1";
  const world = vpcWorld(read(stacksOf(sample("overlay-vxlan/us-east-1"))));
  expect(ask(world, controlPlane(world, workspace), first(podPlaces(world, workspace)), 9443)).toBe(
    "denied at route out: aws_route_table.network_routes-control-plane has no route to 100.64.0.0/11",
  );
});
