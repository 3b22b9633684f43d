/** Whether an address is in a range, `10.0.0.0/8` or one address; undefined where either is neither of IPv4 nor of IPv6. */
export function isInRange(range: string, address: string): boolean | undefined {
  const [base = "", length] = range.split("/");
  const [from, at] = [bitsOf(base), bitsOf(address)];
  if (from === undefined || at === undefined) return undefined;
  if (from.size !== at.size) return false;
  const shift = BigInt(from.size - (length === undefined ? from.size : Number(length)));
  return from.bits >> shift === at.bits >> shift;
}

interface Bits {
  readonly bits: bigint;
  readonly size: 32 | 128;
}

function bitsOf(address: string): Bits | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address))
    return { bits: joined(address.split(".").map(Number), 8n), size: 32 };
  if (!/^[\da-f:]+$/i.test(address) || !address.includes(":")) return undefined;
  const [head = "", tail] = address.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":").map((each) => parseInt(each, 16)));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return { bits: joined([...before, ...Array<number>(zeros).fill(0), ...after], 16n), size: 128 };
}

function joined(parts: readonly number[], width: bigint): bigint {
  return parts.reduce((bits, part) => (bits << width) | BigInt(part), 0n);
}
