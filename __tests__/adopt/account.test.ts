import { askAccount } from "../../src/adopt/account/ask-account";
import { ids, live, planned } from "../support/adopt-account";
import { existingIn } from "../../src/adopt/existing";
import { match } from "../../src/adopt/match";
import type { Planned } from "../../src/adopt/planned";
import type { JsonObject } from "../../src/terraform-plan/json";

/** As AWS answers them (Amazon EC2 API Reference), in a VPC of another project. */
const NETWORK = {
  "ec2 describe-vpcs": {
    Vpcs: [
      {
        VpcId: "vpc-1",
        CidrBlock: "10.0.0.0/16",
        Tags: [{ Key: "Name", Value: "old" }],
        CidrBlockAssociationSet: [
          {
            AssociationId: "vpc-cidr-assoc-1",
            CidrBlock: "10.0.0.0/16",
            CidrBlockState: { State: "associated" },
          },
          {
            AssociationId: "vpc-cidr-assoc-2",
            CidrBlock: "100.64.0.0/16",
            CidrBlockState: { State: "associated" },
          },
        ],
      },
    ],
  },
  "ec2 describe-subnets": {
    Subnets: [
      { SubnetId: "subnet-1", VpcId: "vpc-1", CidrBlock: "10.0.1.0/24", AvailabilityZone: "us-east-1a" },
    ],
  },
  "ec2 describe-nat-gateways": {
    NatGateways: [
      {
        NatGatewayId: "nat-gone",
        State: "deleted",
        SubnetId: "subnet-1",
        NatGatewayAddresses: [{ AllocationId: "eipalloc-gone" }],
      },
      {
        NatGatewayId: "nat-1",
        State: "available",
        SubnetId: "subnet-1",
        NatGatewayAddresses: [{ AllocationId: "eipalloc-1" }],
      },
    ],
  },
  "ec2 describe-addresses": {
    Addresses: [{ AllocationId: "eipalloc-1", Domain: "vpc", PublicIp: "203.0.113.1" }],
  },
  "ec2 describe-route-tables": {
    RouteTables: [
      {
        RouteTableId: "rtb-main",
        VpcId: "vpc-1",
        Associations: [{ Main: true, RouteTableAssociationId: "rtbassoc-0" }],
        Routes: [],
      },
      {
        RouteTableId: "rtb-1",
        VpcId: "vpc-1",
        Associations: [{ Main: false, RouteTableAssociationId: "rtbassoc-1", SubnetId: "subnet-1" }],
        Routes: [
          { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", Origin: "CreateRouteTable" },
          { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1", Origin: "CreateRoute" },
        ],
      },
    ],
  },
};

const REFERENCES: Readonly<Record<string, readonly [string, string]>> = {
  "aws_subnet.a vpc_id": ["aws_vpc.a", "id"],
  "aws_vpc_ipv4_cidr_block_association.a vpc_id": ["aws_vpc.a", "id"],
  "aws_nat_gateway.a subnet_id": ["aws_subnet.a", "id"],
  "aws_nat_gateway.a allocation_id": ["aws_eip.a", "allocation_id"],
  "aws_route_table_association.a subnet_id": ["aws_subnet.a", "id"],
  "aws_route_table_association.a route_table_id": ["aws_route_table.a", "id"],
  "aws_route.a route_table_id": ["aws_route_table.a", "id"],
  "aws_default_route_table.a default_route_table_id": ["aws_vpc.a", "default_route_table_id"],
};
const network: readonly Planned[] = [
  planned("aws_vpc.a", { cidr_block: "10.0.0.0/16", tags: { Name: "new" } }),
  planned("aws_vpc_ipv4_cidr_block_association.a", { cidr_block: "100.64.0.0/16" }),
  planned("aws_subnet.a", { cidr_block: "10.0.1.0/24" }),
  planned("aws_nat_gateway.a", {}),
  planned("aws_eip.a", { domain: "vpc", tags: { Name: "new-a" } }),
  planned("aws_route_table.a", { tags: { Name: "new-private" } }),
  planned("aws_route_table_association.a", {}),
  planned("aws_route.a", { destination_cidr_block: "0.0.0.0/0" }),
  planned("aws_default_route_table.a", {}),
];
const refer = (address: string, attribute: string) => {
  const [to, path] = REFERENCES[`${address} ${attribute}`] ?? [];
  return to === undefined || path === undefined ? undefined : { address: to, path };
};

test("a network of another project is found by what AWS says, whatever its names are", async () => {
  const aws = live(NETWORK);
  const { existing, unanswered } = await askAccount(aws, network);

  expect(unanswered).toEqual([]);
  expect(ids(match({ created: network, refer }, existing))).toEqual({
    "aws_vpc.a": "vpc-1",
    "aws_vpc_ipv4_cidr_block_association.a": "vpc-cidr-assoc-2",
    "aws_subnet.a": "subnet-1",
    "aws_nat_gateway.a": "nat-1",
    "aws_eip.a": "eipalloc-1",
    "aws_route_table.a": "rtb-1",
    "aws_route_table_association.a": "subnet-1/rtb-1",
    "aws_route.a": "rtb-1_0.0.0.0/0",
    "aws_default_route_table.a": "vpc-1",
  });
  // Only what the plan makes is asked for, and nothing that changes anything.
  expect(aws.asked.filter((each) => !/^\w+ (describe|list|get)-/.test(each))).toEqual([]);
  expect(aws.asked.some((each) => each.startsWith("eks "))).toBe(false);
});

test("roles, keys and a cluster by their names", async () => {
  const created = [
    planned("aws_iam_role.a", { name: "old-cluster" }),
    planned("aws_iam_role_policy_attachment.a", {
      role: "old-cluster",
      policy_arn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
    }),
    planned("aws_iam_role_policy.a", { role: "old-cluster", name: "logs" }),
    planned("aws_iam_role.none", { name: "old" }),
    planned("aws_kms_alias.a", { name: "alias/old" }),
    planned("aws_kms_key.a", {}),
    planned("aws_cloudwatch_log_group.a", { name: "/aws/eks/old/cluster" }),
    planned("aws_eks_cluster.a", { name: "old" }),
    planned("aws_eks_addon.a", { cluster_name: "old", addon_name: "coredns" }),
    planned("aws_eks_node_group.a", { cluster_name: "old", node_group_name_prefix: "main-" }),
    planned("aws_eks_access_entry.a", {
      cluster_name: "old",
      principal_arn: "arn:aws:iam::111122223333:role/a",
    }),
    planned("aws_eks_access_policy_association.a", {
      cluster_name: "old",
      principal_arn: "arn:aws:iam::111122223333:role/a",
      policy_arn: "arn:p",
    }),
    planned("aws_iam_openid_connect_provider.a", {}, "url"),
  ];
  const aws = live({
    "iam list-roles": { Roles: [{ RoleName: "old-cluster", Arn: "arn:r" }] },
    "iam list-role-policies --role-name old-cluster": { PolicyNames: ["logs"] },
    "iam list-attached-role-policies --role-name old-cluster": {
      AttachedPolicies: [{ PolicyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" }],
    },
    "iam list-policies --scope Local": { Policies: [] },
    "iam list-open-id-connect-providers": {
      OpenIDConnectProviderList: [
        { Arn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/A" },
      ],
    },
    "kms list-aliases": {
      Aliases: [
        { AliasName: "alias/aws/ebs", TargetKeyId: "k0" },
        { AliasName: "alias/old", TargetKeyId: "k1" },
      ],
    },
    "logs describe-log-groups --log-group-name-prefix /aws/eks/old/cluster": {
      logGroups: [
        { logGroupName: "/aws/eks/old/cluster", arn: "arn:g:*" },
        { logGroupName: "/aws/eks/old/cluster2", arn: "arn:h:*" },
      ],
    },
    "eks list-clusters": { clusters: ["old", "other"] },
    "eks describe-cluster --name old": {
      cluster: {
        name: "old",
        arn: "arn:c",
        identity: { oidc: { issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/A" } },
      },
    },
    "eks list-addons --cluster-name old": { addons: ["coredns"] },
    "eks list-nodegroups --cluster-name old": { nodegroups: ["main-2026"] },
    "eks list-access-entries --cluster-name old": { accessEntries: ["arn:aws:iam::111122223333:role/a"] },
    "eks list-associated-access-policies --cluster-name old --principal-arn arn:aws:iam::111122223333:role/a":
      { associatedAccessPolicies: [{ policyArn: "arn:p" }] },
  });
  const { existing, unanswered } = await askAccount(aws, created);
  const to: Readonly<Record<string, readonly [string, string]>> = {
    "aws_kms_alias.a target_key_id": ["aws_kms_key.a", "key_id"],
    "aws_iam_openid_connect_provider.a url": ["aws_eks_cluster.a", "identity.0.oidc.0.issuer"],
  };
  const matched = match(
    {
      created,
      refer: (address, attribute) => {
        const [other, path] = to[`${address} ${attribute}`] ?? [];
        return other === undefined || path === undefined ? undefined : { address: other, path };
      },
    },
    existing,
  );

  expect(unanswered).toEqual([]);
  expect(aws.asked.filter((each, index, all) => all.indexOf(each) !== index)).toEqual([]);
  expect(matched.absent.map(({ address }) => address)).toEqual(["aws_iam_role.none"]);
  expect(ids(matched)).toEqual({
    "aws_cloudwatch_log_group.a": "/aws/eks/old/cluster",
    "aws_eks_access_entry.a": "old:arn:aws:iam::111122223333:role/a",
    "aws_eks_access_policy_association.a": "old#arn:aws:iam::111122223333:role/a#arn:p",
    "aws_eks_addon.a": "old:coredns",
    "aws_eks_cluster.a": "old",
    "aws_eks_node_group.a": "old:main-2026",
    "aws_iam_openid_connect_provider.a":
      "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/A",
    "aws_iam_role.a": "old-cluster",
    "aws_iam_role_policy.a": "old-cluster:logs",
    "aws_iam_role_policy_attachment.a": "old-cluster/arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
    "aws_kms_alias.a": "alias/old",
    "aws_kms_key.a": "k1",
  });
});

test("a question that was refused is told with what it is about, and is not taken for no", async () => {
  const { "ec2 describe-subnets": _refused, ...rest } = NETWORK;
  const { unanswered } = await askAccount(live(rest), network);

  expect(unanswered).toEqual([
    {
      question: "aws ec2 describe-subnets --output json",
      types: ["aws_subnet", "aws_ec2_subnet_cidr_reservation"],
      why: expect.stringContaining("AccessDenied") as string,
    },
  ]);
});

const values = { id: "vpc-1", cidr_block: "10.0.0.0/16" };
const shown = {
  root_module: {
    child_modules: [
      {
        resources: [
          { address: "module.v.aws_vpc.this[0]", mode: "managed", type: "aws_vpc", values },
          { address: "data.aws_vpc.b", mode: "data", type: "aws_vpc", values },
        ],
      },
    ],
  },
};
test.each<[string, JsonObject]>([
  ["terraform show -json of a state", { format_version: "1.0", values: shown }],
  ["terraform show -json of a plan", { format_version: "1.2", prior_state: { values: shown } }],
  [
    "terraform state pull",
    {
      lineage: "l",
      resources: [
        {
          module: "module.v",
          mode: "managed",
          type: "aws_vpc",
          name: "this",
          instances: [{ index_key: 0, attributes: values }],
        },
      ],
    },
  ],
])("%s tells what the old project has, with its addresses", (_, document) => {
  expect(existingIn(document)).toEqual([
    { type: "aws_vpc", attributes: values, address: "module.v.aws_vpc.this[0]" },
  ]);
});

test("what came with a VPC is known by the VPC, though the old project left it alone", () => {
  const own = {
    ...values,
    default_route_table_id: "rtb-1",
    default_network_acl_id: "acl-1",
    default_security_group_id: "sg-1",
  };
  const table = {
    address: "aws_default_route_table.a",
    mode: "managed",
    type: "aws_default_route_table",
    values: { id: "rtb-1", vpc_id: "vpc-1" },
  };
  const vpc = { address: "aws_vpc.a", mode: "managed", type: "aws_vpc", values: own };
  const found = existingIn({ values: { root_module: { resources: [vpc, table] } } });

  expect(
    found.slice(1).map(({ type, attributes: { id, vpc_id }, address }) => [type, id, vpc_id, address]),
  ).toEqual([
    ["aws_default_route_table", "rtb-1", "vpc-1", "aws_default_route_table.a"],
    ["aws_default_network_acl", "acl-1", "vpc-1", undefined],
    ["aws_default_security_group", "sg-1", "vpc-1", undefined],
  ]);
});
