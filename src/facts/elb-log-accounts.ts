/** In GovCloud an account of AWS's writes access logs; elsewhere the service does. */
const ACCOUNTS: Readonly<Record<string, string>> = {
  "us-gov-east-1": "190560391635",
  "us-gov-west-1": "048591011584",
};

/**
 * Account by which Elastic Load Balancing writes access logs in a region; undefined where it writes as the service
 * principal logdelivery.elasticloadbalancing.amazonaws.com.
 *
 * Source: Elastic Load Balancing User Guide for Application Load Balancers, "Enable access logs"; the numbers stand in
 * hashicorp/terraform-provider-aws, data source aws_elb_service_account, too.
 */
export function elbLogAccount(region: string): string | undefined {
  return ACCOUNTS[region];
}
