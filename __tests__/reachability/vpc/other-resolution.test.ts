import { nodesOf } from "../../../src/reachability/vpc/senders";
import { ask, first, withFault, type Stack } from "./worlds";

const network = "prod-us-east-1-network";
const call = (put: (json: Stack) => void) => {
  const world = withFault(["prod/us-east-1"], network, put);
  return ask(world, first(nodesOf(world, "prod-us-east-1")), { kind: "name", name: "quay.io" }, 443);
};
const VPC = "${module.network_vpc.vpc_id}";

test("an internet gateway that is attached to no VPC passes nothing on", () => {
  expect(call(({ resource }) => delete resource.aws_internet_gateway?.network_internet?.vpc_id)).toMatch(
    /^denied at route out: .* leads to aws_internet_gateway\.network_internet, which is attached to no VPC$/,
  );
});

test("one that an attachment of its own attaches does", () => {
  const attached = call(({ resource }) => {
    delete resource.aws_internet_gateway?.network_internet?.vpc_id;
    resource.aws_internet_gateway_attachment = {
      own: { internet_gateway_id: "${aws_internet_gateway.network_internet.id}", vpc_id: VPC },
    };
  });

  expect(attached).toBe("allowed");
});

/** DHCP options of the VPC with some name servers. */
const dhcp =
  (servers: readonly string[]) =>
  ({ resource }: Stack) => {
    resource.aws_vpc_dhcp_options = { own: { domain_name_servers: servers } };
    resource.aws_vpc_dhcp_options_association = {
      own: { vpc_id: VPC, dhcp_options_id: "${aws_vpc_dhcp_options.own.id}" },
    };
  };

test.each([
  [
    "other name servers",
    dhcp(["10.9.0.2"]),
    "undecided at name resolution: by aws_vpc_dhcp_options.own nodes ask 10.9.0.2, and what these answer is not in the stacks",
  ],
  ["Amazon's", dhcp(["AmazonProvidedDNS"]), "allowed"],
  [
    "a DNS firewall",
    ({ resource }: Stack) => {
      resource.aws_route53_resolver_firewall_rule_group_association = { own: { vpc_id: VPC } };
    },
    "undecided at name resolution: which names the DNS firewall of aws_route53_resolver_firewall_rule_group_association.own lets pass is not read",
  ],
])("lookups of a VPC with %s", (_, put, end) => {
  expect(call(put)).toBe(end);
});
