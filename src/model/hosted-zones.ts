import { createHash } from "node:crypto";
import { globalServiceHost } from "../facts/endpoint-reach";
import { addressAt } from "../ip-capacity/cidr";
import { isUnregulated } from "./egress";
import { roleArn } from "./role-arn";
import type { GivenTarget } from "./given-target";

/** Host of Route 53's API for SDKs in a region (AWS General Reference, "Amazon Route 53 endpoints and quotas"). */
export function route53Host(region: string): string {
  return globalServiceHost("route53", region) ?? "route53.amazonaws.com";
}

/** Whether Route 53's API is reached by an endpoint, which leads there from any region. */
export function hasRoute53Endpoint({ network }: Pick<GivenTarget["config"], "network">): boolean {
  return network.endpoints.additional.includes("route53");
}

/** A role that writes hosted zones, and how it is assumed. */
export interface ZoneRole {
  readonly arn: string;
  readonly externalId?: string;
}

/** Hosted zones that one instance of external-dns writes, which has one identity. */
export interface ZoneWriter {
  /** Name of the instance: release, service account and identity. */
  readonly name: string;
  /** Left out: by the permissions of its own identity. */
  readonly role?: ZoneRole;
  /** Hosted zone ids by domain name. */
  readonly zones: Readonly<Record<string, string>>;
}

/**
 * Who writes which zones. external-dns assumes one role for all that it does (its flags --aws-assume-role and
 * --aws-assume-role-external-id), so zones of another role are another instance's.
 */
export function zoneWriters(target: Pick<GivenTarget, "config" | "region">): ZoneWriter[] {
  const writers = new Map<string, ZoneWriter>();
  for (const [domain, zone] of Object.entries(target.config.ingress?.dns?.zones ?? {}).sort()) {
    const { id, externalId } = zone;
    const arn = zone.role === undefined ? undefined : roleArn(zone.role, target);
    const name = arn === undefined ? "external-dns" : `external-dns-${digest(arn, externalId)}`;
    writers.set(name, {
      name,
      ...(arn !== undefined && { role: { arn, ...(externalId !== undefined && { externalId }) } }),
      zones: { ...writers.get(name)?.zones, [domain]: id },
    });
  }
  return [...writers.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Short, and the same wherever the zone is in the list: a name that changes is another instance. */
function digest(arn: string, externalId = ""): string {
  return createHash("sha256").update(`${arn}\n${externalId}`).digest("hex").slice(0, 8);
}

/** What cert-manager needs to know of a zone. */
export interface CertificateZone {
  readonly id: string;
  readonly roleArn?: string;
}

/** Zones whose names cert-manager may prove, by domain. */
export function certificateZones(
  target: Pick<GivenTarget, "config" | "region">,
): Readonly<Record<string, CertificateZone>> {
  return Object.fromEntries(
    Object.entries(target.config.ingress?.dns?.zones ?? {})
      .filter(([, { certificates }]) => certificates)
      .map(([domain, { id, role }]) => [
        domain,
        { id, ...(role !== undefined && { roleArn: roleArn(role, target) }) },
      ]),
  );
}

/** Whether a name is the zone's own or lies in it. */
export function isInZone(host: string, domain: string): boolean {
  const name = host.replace(/^\*\./, "");
  return name === domain || name.endsWith(`.${domain}`);
}

/** Public resolvers: a private zone of the same name does not hide a record from them. */
const PUBLIC_RESOLVERS = ["1.1.1.1:53", "8.8.8.8:53"];

/**
 * Servers that cert-manager asks whether its record is there. A way out that is regulated drops DNS to public ones, so
 * there it is the VPC's resolver (VPC User Guide, "Amazon DNS server": the second address of the VPC's first range, and
 * fd00:ec2::253 by IPv6).
 */
export function certificateNameservers({ config }: Pick<GivenTarget, "config">): string[] {
  const { network, ingress } = config;
  const given = ingress?.certificates?.nameservers;
  if (given !== undefined) return given.map((address) => `${address}:53`);
  if (isUnregulated(network.egress)) return [...PUBLIC_RESOLVERS];
  if (network.ipv6.mode === "ipv6") return ["[fd00:ec2::253]:53"];
  return [`${addressAt(network.vpcCidr, 2)}:53`];
}

/** Whether those servers are the VPC's own. */
export function asksVpcResolver({ config }: Pick<GivenTarget, "config">): boolean {
  return config.ingress?.certificates?.nameservers === undefined && !isUnregulated(config.network.egress);
}
