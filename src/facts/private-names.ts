/**
 * Top-level domains that no public name server ever has names in: ICANN keeps .internal for private use (resolution 2024.07.29.06),
 * RFC 6762 (appendix G) tells which others networks use, and RFC 8375 has home.arpa.
 */
const PRIVATE = ["internal", "intranet", "private", "corp", "home", "lan", "local", "home.arpa"];

/** Whether a name can only lead somewhere by private DNS. */
export function isPrivateName(name: string): boolean {
  return PRIVATE.some((each) => name.endsWith(`.${each}`));
}
