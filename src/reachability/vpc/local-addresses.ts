import { formatAddress, type Prefix } from "../policy/addresses";
import type { LocalServicePlace } from "./places";
import type { VpcWorld } from "./world";

/** VPC User Guide, "Amazon DNS server"; EC2 User Guide, "Instance Metadata Service" and "Amazon Time Sync Service". */
const SERVICES: Readonly<Record<string, LocalServicePlace["kind"]>> = {
  "169.254.169.253": "resolver",
  "fd00:ec2:0:0:0:0:0:253": "resolver",
  "169.254.169.254": "imds",
  "fd00:ec2:0:0:0:0:0:254": "imds",
  "169.254.169.123": "time",
  "fd00:ec2:0:0:0:0:0:123": "time",
};

/** EKS User Guide, "How EKS Pod Identity works": the agent of each node answers there. */
const POD_IDENTITY = ["169.254.170.23", "fd00:ec2:0:0:0:0:0:23"];

/** What a VPC has at an address of its own; undefined: nothing. */
export function serviceAt({ base, length }: Prefix, { network }: VpcWorld): LocalServicePlace | undefined {
  if (length < (base.family === 4 ? 32 : 128)) return undefined;
  const kind = SERVICES[formatAddress(base)];
  if (kind !== undefined) return { kind };
  const isResolver = [...network.vpcs.values()].some(({ ranges: [first] }) => {
    if (first?.kind !== "prefix") return false;
    return first.prefix.base.family === base.family && first.prefix.base.value + 2n === base.value;
  });
  return isResolver ? { kind: "resolver" } : undefined;
}

/** Whether packets to an address stay on the node. */
export function staysOnNode({ base }: Prefix): boolean {
  return POD_IDENTITY.includes(formatAddress(base));
}
