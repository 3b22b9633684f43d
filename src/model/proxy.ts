import { endpointDnsName } from "../facts/endpoint-dns";
import { interfaceServices } from "../facts/endpoint-services";
import { type Cidr, formatCidr } from "../ip-capacity/cidr";
import type { GivenTarget } from "./given-target";

/** What nodes and pods call the internet by where no route leads there. */
export interface Proxy {
  /** `http://host:port` */
  readonly httpProxy: string;
  readonly httpsProxy: string;
  /** What is reached without it. */
  readonly noProxy: readonly string[];
}

interface Ranged extends Pick<GivenTarget, "region" | "config"> {
  readonly vpcCidrs: readonly Cidr[];
  readonly connectedRanges: readonly Cidr[];
}

/** The proxy that nodes and pods of a target use; undefined where traffic leaves by routes. */
export function proxyOf({ region, vpcCidrs, connectedRanges, config }: Ranged): Proxy | undefined {
  const { network, cluster, cni } = config;
  const { egress, endpoints } = network;
  if (egress.kind !== "proxy") return undefined;
  return {
    httpsProxy: egress.httpsProxy,
    httpProxy: egress.httpProxy ?? egress.httpsProxy,
    noProxy: noProxy({
      region,
      vpcCidrs: vpcCidrs.map(formatCidr),
      serviceCidr: formatCidr(cluster.serviceCidr),
      ...(cni.kind === "cilium-overlay" && { podCidr: formatCidr(cni.podCidr) }),
      connectedCidrs: connectedRanges.map(formatCidr),
      endpointServices: interfaceServices(endpoints.set, endpoints.additional),
      additional: egress.noProxy,
    }),
  };
}

export interface NoProxyProps {
  readonly region: string;
  readonly vpcCidrs: readonly string[];
  readonly serviceCidr: string;
  /** Pods' own range, where they have one beside the VPC. */
  readonly podCidr?: string;
  /** Networks that are reached by routes. */
  readonly connectedCidrs: readonly string[];
  /** Services with an endpoint in the VPC, for example `ecr.api`. */
  readonly endpointServices: readonly string[];
  readonly additional: readonly string[];
}

/** Instance metadata, and the EKS Pod Identity agent (EKS User Guide, "Pod Identity", proxies). */
const LINK_LOCAL = ["169.254.169.254", "169.254.170.23"];

/**
 * What NO_PROXY holds: a pure function of the configuration. Names are suffixes in the form that Go, curl and Python
 * share: `.svc` for all below it, `s3.us-east-1.amazonaws.com` for itself and all below.
 */
export function noProxy(props: NoProxyProps): string[] {
  const { region, vpcCidrs, serviceCidr, podCidr, connectedCidrs, endpointServices, additional } = props;
  return [
    ...new Set([
      ...["localhost", "127.0.0.1", ...LINK_LOCAL],
      ...vpcCidrs,
      serviceCidr,
      ...(podCidr === undefined ? [] : [podCidr]),
      ...connectedCidrs,
      ...[".svc", ".cluster.local"],
      // Names of nodes (EC2 User Guide, "EC2 instance hostnames").
      region === "us-east-1" ? ".ec2.internal" : `.${region}.compute.internal`,
      // The private endpoint of the Kubernetes API: <id>.<cell>.<region>.eks.amazonaws.com.
      `.${region}.eks.amazonaws.com`,
      // Registries send nodes to S3's dual-stack name, too.
      ...["s3", "s3.dualstack", ...endpointServices].map((service) => endpointDnsName(service, region)),
      ...additional,
    ]),
  ];
}
