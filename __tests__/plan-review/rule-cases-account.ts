import { entry } from "./support";

const statement = (more: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...more }] });
export const narrow = statement({ Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::a/*"] });
export const rule = (cidrs: string[], more: object = {}) => ({
  type: "ingress",
  protocol: "tcp",
  from_port: 443,
  to_port: 443,
  cidr_blocks: cidrs,
  security_group_id: "sg-1",
  ...more,
});

const toInternet = (destination: string) => ({
  route_table_id: "rtb-1",
  gateway_id: "igw-1",
  [destination.includes(":") ? "destination_ipv6_cidr_block" : "destination_cidr_block"]: destination,
});
const expiring = (bucket: string, days: number) => ({ bucket, rule: [{ expiration: [{ days }] }] });

/** Rule, violating entry, what it must say, and a clean entry on which the rule must keep still. */
export const accountCases: readonly [string, object, string, object][] = [
  [
    "SG-OPENED",
    entry("aws_security_group_rule", { after: rule(["198.51.100.0/24"]) }),
    "opens tcp 443 to 198.51.100.0/24 on sg-1",
    // Covered by what is open already.
    entry("aws_security_group_rule", { before: rule(["10.0.0.0/8"]), after: rule(["10.1.0.0/16"]) }),
  ],
  [
    "SG-CLOSED",
    entry("aws_security_group_rule", { before: rule(["10.0.0.0/8"]) }),
    "closes tcp 443 to 10.0.0.0/8 on sg-1",
    entry("aws_security_group_rule", { before: rule(["10.0.0.0/8"]), after: rule(["0.0.0.0/0"]) }),
  ],
  [
    "NET-OPENED",
    entry("aws_subnet", {
      before: { id: "subnet-1", map_public_ip_on_launch: false },
      after: { id: "subnet-1", map_public_ip_on_launch: true },
    }),
    "gives new instances in the subnet subnet-1 public addresses",
    entry("aws_subnet", {
      before: { id: "subnet-1", map_public_ip_on_launch: true },
      after: { id: "subnet-1", map_public_ip_on_launch: false },
    }),
  ],
  [
    "NET-OPENED",
    entry("aws_route", { after: toInternet("0.0.0.0/0") }),
    "sends traffic to 0.0.0.0/0 straight to the internet",
    // The table is made by the same plan.
    entry("aws_route", {
      after: { destination_cidr_block: "0.0.0.0/0", gateway_id: "igw-1" },
      unknown: { route_table_id: true },
    }),
  ],
  [
    "NET-OPENED",
    entry("aws_route", {
      actions: ["delete", "create"],
      before: toInternet("0.0.0.0/0"),
      after: toInternet("::/0"),
    }),
    "sends traffic to ::/0 straight to the internet",
    entry("aws_route", {
      actions: ["delete", "create"],
      before: toInternet("0.0.0.0/0"),
      after: toInternet("0.0.0.0/0"),
    }),
  ],
  [
    "NET-OPENED",
    entry("aws_route", {
      before: { ...toInternet("0.0.0.0/0"), gateway_id: "", nat_gateway_id: "nat-1" },
      after: toInternet("0.0.0.0/0"),
    }),
    "sends traffic to 0.0.0.0/0 straight to the internet",
    entry("aws_route", { before: toInternet("0.0.0.0/0") }),
  ],
  [
    "IAM-WIDENED",
    entry("aws_iam_policy", {
      before: { name: "p", policy: narrow },
      after: { name: "p", policy: statement({ Action: "s3:*", Resource: "*" }) },
    }),
    "widens the policy p by s3:*",
    entry("aws_iam_policy", {
      before: { name: "p", policy: statement({ Action: "s3:*", Resource: "*" }) },
      after: { name: "p", policy: narrow },
    }),
  ],
  [
    "IAM-NARROWED",
    entry("aws_iam_policy", {
      before: {
        name: "p",
        policy: statement({ Action: ["s3:GetObject", "s3:PutObject"], Resource: ["arn:aws:s3:::a/*"] }),
      },
      after: { name: "p", policy: narrow },
    }),
    "narrows the policy p",
    entry("aws_iam_policy", {
      before: { name: "p", policy: narrow },
      after: { name: "p", policy: statement({ Resource: ["arn:aws:s3:::a/*"], Action: ["s3:GetObject"] }) },
    }),
  ],
  [
    "IAM-ATTACHED",
    entry("aws_iam_role_policy_attachment", {
      after: { role: "ops", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    }),
    "gives role ops the policy arn:aws:iam::aws:policy/ReadOnlyAccess",
    entry("aws_iam_role_policy_attachment", { after: { policy_arn: "arn:x" }, unknown: { role: true } }),
  ],
  [
    "IAM-IDENTITY",
    entry("aws_eks_pod_identity_association", {
      after: {
        cluster_name: "prod",
        namespace: "shop",
        service_account: "api",
        role_arn: "arn:aws:iam::1:role/api",
      },
    }),
    "gives the pods of shop/api the role arn:aws:iam::1:role/api",
    entry("aws_eks_pod_identity_association", { after: { namespace: "shop" }, unknown: { role_arn: true } }),
  ],
  [
    "IAM-LOST",
    entry("aws_iam_role", { before: { name: "api" } }),
    "deletes the role api",
    entry("aws_iam_role", { before: { name: "api", tags: {} }, after: { name: "api", tags: { a: "b" } } }),
  ],
  [
    "DATA-LOST",
    entry("aws_dynamodb_table", { before: { name: "orders" } }),
    "deletes the table orders",
    entry("aws_dynamodb_table", {
      before: { name: "orders", read_capacity: 1 },
      after: { name: "orders", read_capacity: 2 },
    }),
  ],
  [
    "DATA-EXPIRES",
    entry("aws_cloudwatch_log_group", {
      before: { name: "l", retention_in_days: 0 },
      after: { name: "l", retention_in_days: 30 },
    }),
    "keeps the logs of l 30 days, no longer for ever",
    entry("aws_cloudwatch_log_group", {
      before: { name: "l", retention_in_days: 30 },
      after: { name: "l", retention_in_days: 0 },
    }),
  ],
  [
    "DATA-EXPIRES",
    entry("aws_s3_bucket_lifecycle_configuration", { after: expiring("b", 30) }),
    "changes when objects of b expire",
    // The bucket is made by the same plan.
    entry("aws_s3_bucket_lifecycle_configuration", {
      after: { rule: expiring("b", 30).rule },
      unknown: { bucket: true },
    }),
  ],
  [
    "DATA-EXPIRES",
    entry("aws_s3_bucket_lifecycle_configuration", {
      before: expiring("b", 90),
      after: expiring("b", 30),
    }),
    "changes when objects of b expire",
    entry("aws_s3_bucket_lifecycle_configuration", { before: expiring("b", 30) }),
  ],
  [
    "DATA-UNPROTECTED",
    entry("aws_kms_key", {
      before: { id: "k", enable_key_rotation: true },
      after: { id: "k", enable_key_rotation: false },
    }),
    "stops the yearly rotation of k",
    entry("aws_kms_key", {
      before: { id: "k", enable_key_rotation: false },
      after: { id: "k", enable_key_rotation: true },
    }),
  ],
  [
    "ADDRESS-LOST",
    entry("aws_eip", { before: { public_ip: "198.51.100.7" } }),
    "gives up the public address 198.51.100.7",
    entry("aws_eip", {
      before: { public_ip: "198.51.100.7", tags: {} },
      after: { public_ip: "198.51.100.7", tags: { a: "b" } },
    }),
  ],
  [
    "NET-ROUTE",
    entry("aws_nat_gateway", { before: { id: "nat-1" } }),
    "deletes the NAT gateway nat-1",
    entry("aws_nat_gateway", { after: { id: "nat-1" } }),
  ],
  [
    "RECORD-LOST",
    entry("aws_flow_log", { before: { id: "fl-1" } }),
    "deletes the flow log fl-1",
    entry("aws_flow_log", { after: { id: "fl-1" } }),
  ],
  [
    "UNKNOWN-ACTION",
    entry("aws_lb", { actions: ["juggle"], before: {}, after: {}, address: "aws_lb.x" }),
    "does juggle to aws_lb.x",
    entry("aws_lb", { actions: ["no-op"], before: {}, after: {} }),
  ],
];
