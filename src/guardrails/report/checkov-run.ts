/**
 * What checkov still finds in the plans of prod/us-east-1 (bridgecrewio/checkov 3.3.30, terraform_plan, run by hand on
 * 2026-11-21 over plans with the real registry modules), and why it stays.
 */
export const checkovRun: readonly {
  readonly ids: readonly string[];
  readonly where: string;
  readonly why: string;
}[] = [
  {
    ids: ["CKV2_AWS_11"],
    where: "the VPC",
    why: "has a flow log; checkov does not follow the VPC's id through the output of a registry module",
  },
  {
    ids: ["CKV2_AWS_5"],
    where: "security groups of endpoints, cluster and nodes",
    why: "are attached by a registry module, or by the plan of another stack, which checkov reads on its own",
  },
  {
    ids: ["CKV_AWS_158"],
    where: "log group of the control plane",
    why: "has a key that the same plan makes: its ARN is known after apply, and checkov takes unknown for none",
  },
  {
    ids: ["CKV_AWS_231"],
    where: "network ACLs of nodes and public subnets",
    why: "answers come back to ports 1024 to 65535, of which 3389 is one: a network ACL keeps no state. Security groups open no such port",
  },
  {
    ids: ["CKV_AWS_145"],
    where: "bucket of load balancers' access logs",
    why: "Application Load Balancers write with keys of S3 only (SSE-S3), not of KMS",
  },
  {
    ids: ["CKV_AWS_21"],
    where: "bucket of load balancers' access logs",
    why: "what is in it expires; a version kept would outlive its retention",
  },
  {
    ids: ["CKV_AWS_144"],
    where: "both buckets",
    why: "a copy in another region is a decision about where data may lie; the platform makes none",
  },
  { ids: ["CKV2_AWS_62"], where: "both buckets", why: "nobody listens to events of them" },
  {
    ids: ["CKV_AWS_338"],
    where: "log groups",
    why: "how long logs are kept is the target's choice (90 days unless the config says otherwise)",
  },
];
