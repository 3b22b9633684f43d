import { addressCount, type Cidr, parseCidr } from "../ip-capacity/cidr";
import { ADDRESSES_PER_PREFIX } from "../ip-capacity/pod-density-mode";

/**
 * /28 blocks of a subnet that hold no address of an interface, those with AWS's own addresses left out: what can still become a
 * prefix. A subnet may have many free addresses and no such block.
 *
 * @param taken addresses and prefixes of its interfaces: `10.0.0.5`, `10.0.0.16/28`
 */
export function freeBlocks(subnet: Cidr, taken: readonly string[]): number {
  const blocks = addressCount(subnet.prefix) / ADDRESSES_PER_PREFIX;
  const held = new Set(
    taken.map((each) => {
      const { base } = parseCidr(each.includes("/") ? each : `${each}/32`);
      return Math.floor((base - subnet.base) / ADDRESSES_PER_PREFIX);
    }),
  );
  let free = 0;
  for (let block = 1; block < blocks - 1; block++) if (!held.has(block)) free++;
  return free;
}
