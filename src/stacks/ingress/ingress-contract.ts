import { text, type OutputContract } from "../base/output-contract";

/** What the ingress stack publishes. */
export const ingressContract = {
  load_balancer_controller_role_arn: text("IAM role of the AWS Load Balancer Controller"),
  external_dns_role_arn: text("IAM role of external-dns; empty without it"),
  cert_manager_role_arn: text("IAM role of cert-manager; empty without it"),
  access_logs_bucket: text("Bucket of load balancers' access logs; empty without"),
} as const satisfies OutputContract;
