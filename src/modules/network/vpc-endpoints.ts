import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { endpointService } from "../../facts/endpoint-reach";
import { type EndpointSet, interfaceServices } from "../../facts/endpoint-services";
import type { EndpointPerimeter } from "./endpoint-perimeter";
import { endpointPolicy } from "./endpoint-policies";
import { VpcEndpointsModule } from "../registry/vpc-endpoints";

/** One endpoint, as the vpc-endpoints submodule reads it (it declares `any`). */
interface Endpoint {
  /** Full service name. Given, because by `service` alone the module asks AWS at plan time. */
  readonly service_endpoint: string;
  /** Where the service is, if not in the VPC's region. */
  readonly service_region?: string;
  readonly service_type: "Interface" | "Gateway";
  readonly private_dns_enabled?: boolean;
  /** JSON text. Without it AWS admits everything. */
  readonly policy?: string;
  /** Addresses of its interfaces; left out: AWS chooses. */
  readonly subnet_configurations?: readonly { readonly subnet_id: string; readonly ipv4: string }[];
  readonly route_table_ids?: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface VpcEndpointsProps {
  readonly name: string;
  readonly region: string;
  readonly vpcId: string;
  /** Ranges that may call the endpoints. */
  readonly vpcCidrBlocks: string[];
  /** Where the interface endpoints have their addresses, one for each zone. */
  readonly subnetIds: string[];
  /** Fixed addresses of STS's endpoint, by subnet id. */
  readonly stsAddresses?: readonly { readonly subnetId: string; readonly address: string }[];
  /** Route tables that lead to S3 by its gateway endpoint. */
  readonly routeTableIds: string[];
  readonly set: EndpointSet;
  readonly additional: readonly string[];
  /** Whose identities and resources the endpoints are for. Without it they have AWS's default, full access. */
  readonly perimeter?: EndpointPerimeter;
  /** Services that take no endpoint policy. */
  readonly noPolicy?: readonly string[];
}

/** Private ways to AWS services. S3 is a gateway endpoint, which costs nothing and takes no address. */
export class VpcEndpoints extends Construct {
  /** Of the interface endpoints; undefined without any: those of a gateway have none. */
  readonly securityGroupId: string | undefined;

  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const { name, region, set, additional, perimeter, noPolicy = [] } = props;
    const policy = (each: string) =>
      perimeter && !noPolicy.includes(each) ? { policy: endpointPolicy(each, perimeter) } : {};
    const service = (each: string) => {
      const { name, serviceRegion } = endpointService(each, region);
      return {
        service_endpoint: name,
        ...(serviceRegion !== undefined && { service_region: serviceRegion }),
      };
    };
    const endpoints: Record<string, Endpoint> = {
      s3: {
        ...service("s3"),
        service_type: "Gateway",
        route_table_ids: props.routeTableIds,
        ...policy("s3"),
        tags: { Name: `${name}-s3` },
      },
    };
    const services = interfaceServices(set, additional);
    for (const each of services) {
      endpoints[each.replaceAll(".", "_")] = {
        ...service(each),
        service_type: "Interface",
        private_dns_enabled: true,
        ...(each === "sts" &&
          props.stsAddresses && {
            subnet_configurations: props.stsAddresses.map(({ subnetId, address }) => ({
              subnet_id: subnetId,
              ipv4: address,
            })),
          }),
        ...policy(each),
        tags: { Name: `${name}-${each.replaceAll(".", "-")}` },
      };
    }
    this.securityGroupId = services.length > 0 ? this.securityGroup(props) : undefined;
    new VpcEndpointsModule(this, "endpoints", {
      region,
      vpcId: props.vpcId,
      subnetIds: props.subnetIds,
      securityGroupIds: this.securityGroupId === undefined ? [] : [this.securityGroupId],
      endpoints,
    });
  }

  private securityGroup({ name, vpcId, vpcCidrBlocks }: VpcEndpointsProps): string {
    const group = new SecurityGroup(this, "security-group", {
      name: `${name}-vpc-endpoints`,
      description: "HTTPS from the VPC to AWS services by interface endpoints",
      vpcId,
      tags: { Name: `${name}-vpc-endpoints` },
    });
    for (const cidrIpv4 of vpcCidrBlocks) {
      new VpcSecurityGroupIngressRule(this, `https-from-${cidrIpv4.replace(/[./]/g, "-")}`, {
        securityGroupId: group.id,
        description: "HTTPS from the VPC",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4,
      });
    }
    return group.id;
  }
}
