export const endpointSets = ["standard", "isolated", "gateway-only"] as const;
export type EndpointSet = (typeof endpointSets)[number];

/** AWS services that nodes and the platform's controllers call. */
const STANDARD = [
  "autoscaling",
  "ec2",
  "ec2messages",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "eks-auth",
  "elasticloadbalancing",
  "kms",
  "logs",
  "secretsmanager",
  "sqs",
  "ssm",
  "ssmmessages",
  "sts",
];

/** What a cluster with a way out would reach by it (EKS User Guide, "Deploy private clusters"). */
const ISOLATED = [...STANDARD, "events", "monitoring", "xray"];

/** Interface endpoints of a set, by service name, sorted. Each takes an address in every zone. */
export function interfaceServices(set: EndpointSet, additional: readonly string[] = []): string[] {
  const services = { standard: STANDARD, isolated: ISOLATED, "gateway-only": [] }[set];
  return [...new Set([...services, ...additional])].sort();
}
