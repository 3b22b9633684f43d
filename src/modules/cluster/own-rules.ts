/** Who is let in beside those that the platform needs. */
export interface OwnRule {
  readonly from:
    | { readonly kind: "range"; readonly cidr: string }
    | { readonly kind: "security-group"; readonly id: string };
  readonly protocol: "tcp" | "udp";
  readonly ports: { readonly from: number; readonly to: number };
}

interface ModuleRule {
  readonly description: string;
  readonly protocol: string;
  readonly from_port: number;
  readonly to_port: number;
  readonly type: string;
  readonly cidr_blocks?: readonly string[];
  readonly source_security_group_id?: string;
}

/** As the eks module takes them, under keys that none of the platform's own rules has. */
export function ownRules(rules: Readonly<Record<string, OwnRule>>): Record<string, ModuleRule> {
  return Object.fromEntries(
    Object.entries(rules).map(([name, { from, protocol, ports }]) => [
      `ingress_own_${name.replaceAll("-", "_")}`,
      {
        description: `Own rule ${name}`,
        type: "ingress",
        protocol,
        from_port: ports.from,
        to_port: ports.to,
        ...(from.kind === "range" ? { cidr_blocks: [from.cidr] } : { source_security_group_id: from.id }),
      },
    ]),
  );
}
