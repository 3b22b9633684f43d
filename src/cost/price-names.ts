/** What AWS charges for, apart from instances: unit and meaning of each price. */
export const priceTable = {
  controlPlaneHour: { unit: "hour", text: "EKS control plane" },
  extendedSupportHour: { unit: "hour", text: "EKS control plane in extended support, the whole price" },
  natGatewayHour: { unit: "hour", text: "NAT gateway" },
  natGB: { unit: "GB", text: "data that a NAT gateway processes" },
  publicIpv4Hour: { unit: "hour", text: "public IPv4 address" },
  interfaceEndpointHour: { unit: "hour", text: "interface endpoint in one zone" },
  interfaceEndpointGB: { unit: "GB", text: "data through interface endpoints, first PB of a month" },
  firewallEndpointHour: { unit: "hour", text: "Network Firewall endpoint" },
  firewallGB: { unit: "GB", text: "data that the Network Firewall processes" },
  transitGatewayAttachmentHour: { unit: "hour", text: "VPC attachment of a transit gateway" },
  transitGatewayGB: { unit: "GB", text: "data sent into a transit gateway" },
  resolverEndpointHour: { unit: "hour", text: "network interface of a Route 53 Resolver endpoint" },
  networkLoadBalancerHour: { unit: "hour", text: "Network Load Balancer" },
  networkLoadBalancerUnitHour: { unit: "hour", text: "capacity unit of a Network Load Balancer" },
  volumeGBMonth: { unit: "GB-month", text: "gp3 volume, with its included IOPS and throughput" },
  logIngestionGB: { unit: "GB", text: "CloudWatch Logs, standard class, collected" },
  flowLogsToCloudWatchGB: { unit: "GB", text: "VPC flow logs to CloudWatch, first 10 TB of a month" },
  flowLogsToS3GB: { unit: "GB", text: "VPC flow logs to S3, first 10 TB of a month" },
  crossZoneGB: { unit: "GB", text: "data between zones, for each direction" },
  crossRegionGB: { unit: "GB", text: "data to another region" },
  internetOutGB: { unit: "GB", text: "data out to the internet, first 10 TB of a month" },
} as const;

export type PriceName = keyof typeof priceTable;

export const priceNames = Object.keys(priceTable) as PriceName[];
