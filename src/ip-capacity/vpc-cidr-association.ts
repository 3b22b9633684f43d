import { type Cidr, contains, formatCidr, parseCidr } from "./cidr";

/**
 * Which further IPv4 range can be associated with a VPC. AWS keeps some combinations for its own networks.
 *
 * Source: Amazon VPC User Guide, "IPv4 CIDR block association restrictions".
 */
const RFC_1918 = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(parseCidr);
const BENCHMARK = parseCidr("198.19.0.0/16");
const LINK_LOCAL = parseCidr("169.254.0.0/16");
const CARRIER_GRADE_NAT = "100.64.0.0/10";
const FIRST_OF_TEN = parseCidr("10.0.0.0/16");
const FIRST_TWO_OF_TEN = parseCidr("10.0.0.0/15");
const DEFAULT_VPCS = parseCidr("172.31.0.0/16");

/**
 * Why `secondary` can't be associated with a VPC, and what can be; undefined where it can. Blocks are /16 to /28, so
 * each lies in one range of the table or outside all of them.
 *
 * @param others Further ranges of the same VPC
 */
export function associationProblem(
  primary: Cidr,
  secondary: Cidr,
  others: readonly Cidr[] = [],
): string | undefined {
  const remedy = `write a block of ${alternatives(primary)}`;
  if (contains(LINK_LOCAL, secondary)) return `is link-local, which no VPC can have; ${remedy}`;

  const [primaryRange, range] = [rangeOf(primary), rangeOf(secondary)];
  if (range !== undefined && range !== primaryRange) {
    return `can't be associated with a VPC whose first range is ${formatCidr(primary)}; ${remedy}`;
  }
  if (contains(DEFAULT_VPCS, secondary)) {
    return `is in 172.31.0.0/16, which AWS does not combine with another range of 172.16.0.0/12; ${remedy}`;
  }
  const near = [primary, ...others].find((each) => contains(FIRST_TWO_OF_TEN, each));
  if (contains(FIRST_OF_TEN, secondary) && near !== undefined) {
    return `is in 10.0.0.0/16, which AWS does not combine with ${formatCidr(near)}; ${remedy}`;
  }
  return undefined;
}

/** The range of the table that a block lies in; undefined for 100.64.0.0/10 and publicly routable ones. */
function rangeOf(block: Cidr): Cidr | undefined {
  return [...RFC_1918, BENCHMARK].find((range) => contains(range, block));
}

function alternatives(primary: Cidr): string {
  const own = RFC_1918.find((range) => contains(range, primary));
  return own === undefined ? CARRIER_GRADE_NAT : `${CARRIER_GRADE_NAT}, or a free one of ${formatCidr(own)}`;
}
