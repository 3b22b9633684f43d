import { Route } from "@cdktf/provider-aws/lib/route";
import { VpcPeeringConnection } from "@cdktf/provider-aws/lib/vpc-peering-connection";
import "cdktf/lib/testing/adapters/jest";
import { connectTargets } from "../../../src/model/target";
import { aTarget } from "../../support/fixtures";
import { parsed, resourcesOf, synthTarget } from "../../support/synth";

const connected = (peer: string, more = "") => `
network:
  connections: { peers: [${peer}]${more} }
`;
const east = aTarget(connected("dev/us-west-2", ", allowFromPeers: [{ port: 15443 }]"), {
  region: "us-east-1",
});
const west = aTarget(
  `${connected("dev/us-east-1")}  vpcCidr: 10.1.0.0/16\n  zones: [us-west-2a, us-west-2b]\naccount: { id: "222222222222" }`,
  { region: "us-west-2" },
);
const [first, second] = connectTargets([east, west]);
if (first === undefined || second === undefined) throw new Error("no pair");
const { federation } = synthTarget(first);

test("one of a pair makes the peering", () => {
  expect(Object.keys(synthTarget(second))).not.toContain("federation");
  expect(federation).toHaveResourceWithProperties(VpcPeeringConnection, {
    peer_owner_id: "222222222222",
    peer_region: "us-west-2",
    auto_accept: false,
  });
});

test("the other side is reached by its own role, account and region", () => {
  const providers = (JSON.parse(federation) as { provider: { aws: Record<string, unknown>[] } }).provider.aws;

  expect(providers).toHaveLength(2);
  expect(providers[1]).toMatchObject({
    alias: "dev-us-west-2",
    region: "us-west-2",
    allowed_account_ids: ['${terraform.workspace == "dev-us-east-1" ? "222222222222" : "000000000000"}'],
    assume_role: [{ role_arn: "arn:aws:iam::222222222222:role/octarine-deploy" }],
  });
});

describe("what was made in a target that is a peer no longer", () => {
  const aliases = (...all: ReturnType<typeof aTarget>[]) => {
    const [own] = connectTargets(all);
    const json = synthTarget(own ?? first).federation ?? "{}";
    const { provider } = JSON.parse(json) as { provider: { aws: { alias?: string }[] } };
    return provider.aws.flatMap(({ alias }) => alias ?? []);
  };

  test("can be taken down, as its provider stays", () => {
    const third = aTarget("network: { vpcCidr: 10.2.0.0/16, zones: [us-west-1a, us-west-1c] }", {
      region: "us-west-1",
    });
    const stranger = aTarget("", { environment: "prod" });

    expect(aliases(east, west, third, stranger)).toEqual(["dev-us-west-2", "dev-us-west-1"]);
  });

  test("can be taken down where peers are a mesh over a transit gateway now", () => {
    const meshed = (peer: string, id: number, more: string) => `
network:
  connections: { peers: [${peer}], peersVia: tgw-0123456789abcdef0 }${more}
secrets: { stores: { mesh: { paths: [mesh/], namespaces: [kube-system] } } }
ingress: { dns: { zones: { example.com: Z0123456789ABCDEFGHIJ } } }
mesh:
  kind: cilium
  id: pods
  clusterId: ${id}
  peers: [${peer}]
  certificateAuthority: { kind: secrets-manager, secret: { store: mesh, name: mesh/ca } }
`;
    const own = aTarget(meshed("dev/us-west-2", 1, ""));
    const range = "\n  vpcCidr: 10.1.0.0/16\n  zones: [us-west-2a, us-west-2b]";
    const other = aTarget(meshed("dev/us-east-1", 2, range), { region: "us-west-2" });

    expect(aliases(own, other)).toEqual(["dev-us-west-2"]);
  });
});

test("both sides have a route to the other's range, in every zone and for the control plane", () => {
  const routes = Object.entries(resourcesOf(federation, "aws_route")).map(([name, route]) => [
    name,
    route.destination_cidr_block,
    route.provider ?? "own",
  ]);

  expect(federation).toHaveResource(Route);
  expect(routes).toEqual([
    // The API server's interfaces answer by the control plane's table.
    ["dev-us-west-2_accepter-10-0-0-0-16-control-plane", "10.0.0.0/16", "aws.dev-us-west-2"],
    ["dev-us-west-2_accepter-10-0-0-0-16-us-west-2a", "10.0.0.0/16", "aws.dev-us-west-2"],
    ["dev-us-west-2_accepter-10-0-0-0-16-us-west-2b", "10.0.0.0/16", "aws.dev-us-west-2"],
    ["dev-us-west-2_requester-10-1-0-0-16-control-plane", "10.1.0.0/16", "own"],
    ["dev-us-west-2_requester-10-1-0-0-16-us-east-1a", "10.1.0.0/16", "own"],
    ["dev-us-west-2_requester-10-1-0-0-16-us-east-1b", "10.1.0.0/16", "own"],
    ["dev-us-west-2_requester-10-1-0-0-16-us-east-1c", "10.1.0.0/16", "own"],
  ]);
});

test("each side lets in what its own config allows, from the other's range", () => {
  const rules = Object.values(resourcesOf(federation, "aws_vpc_security_group_ingress_rule"));

  expect(rules).toMatchObject([
    { cidr_ipv4: "10.1.0.0/16", ip_protocol: "tcp", from_port: 15443, to_port: 15443 },
  ]);
});

test("a peer's state is read from the peer's workspace with the peer's role", () => {
  const states = parsed(federation).data?.terraform_remote_state;

  expect(states?.["dev-us-west-2-network"]).toMatchObject({
    workspace: "dev-us-west-2",
    config: {
      key: "octarine/dev-us-west-2/network.tfstate",
      assume_role: { role_arn: "arn:aws:iam::222222222222:role/octarine-deploy" },
    },
  });
});

test("peers behind a transit gateway get routes in the network stack and no peering", () => {
  const via = "tgw-0123456789abcdef0";
  const [target] = connectTargets([aTarget(connected("dev/us-west-2", `, peersVia: ${via}`)), west]);
  if (target === undefined) throw new Error("no target");
  const stacks = synthTarget(target);

  expect(Object.keys(stacks)).not.toContain("federation");
  expect(stacks.network).toHaveResourceWithProperties(Route, {
    destination_cidr_block: "10.1.0.0/16",
    transit_gateway_id: via,
  });
});
