import { contains, parseCidr } from "../../ip-capacity/cidr";
import { asksVpcResolver, certificateZones, hasRoute53Endpoint, isInZone } from "../../model/hosted-zones";
import type { Target } from "../../model/target";
import type { Finding } from "../finding";

const ZONES = ["ingress", "dns", "zones"];

/** Zones that records can't be written to or proved in as the config says. */
export function hostedZoneFindings(target: Target): Finding[] {
  return [
    ...wayFindings(target),
    ...zoneFindings(target),
    ...solverFindings(target),
    ...resolverFindings(target),
    ...serverFindings(target),
    ...provenFindings(target),
  ];
}

/** Let's Encrypt has no endpoint. */
function wayFindings({ config }: Target): Finding[] {
  const { ingress, network } = config;
  if (network.egress.kind !== "none" || ingress?.dns === undefined) return [];
  if (hasRoute53Endpoint(config)) return [];
  return [
    {
      path: ["ingress", "dns"],
      value: Object.keys(ingress.dns.zones).join(", "),
      message:
        "is written by Route 53's API, which nothing leads to with egress none; write network.endpoints.additional: [route53], or remove it and make records by Terraform",
      related: [["network", "egress", "kind"]],
    },
  ];
}

function zoneFindings({ config: { ingress } }: Target): Finding[] {
  return Object.entries(ingress?.dns?.zones ?? {}).flatMap(([domain, zone]): Finding[] => {
    const path = [...ZONES, domain];
    if (zone.externalId === undefined) return [];
    if (zone.role === undefined)
      return [
        { path: [...path, "externalId"], message: "has no effect without role; add role, or remove it" },
      ];
    if (ingress?.certificates === undefined || !zone.certificates) return [];
    return [
      {
        path: [...path, "externalId"],
        // cert-manager v1.21.1, pkg/issuer/acme/dns/route53: AssumeRole with RoleArn and RoleSessionName only.
        message:
          "is never sent by cert-manager, which has no setting for it, so its role would be refused; write certificates: false beside it, or a role without an external id",
        related: [["ingress", "certificates"]],
      },
    ];
  });
}

function solverFindings(target: Target): Finding[] {
  const { ingress } = target.config;
  if (ingress?.certificates === undefined || ingress.dns === undefined) return [];
  if (Object.keys(certificateZones(target)).length > 0) return [];
  const message =
    "have no zone to prove names in: each of ingress.dns.zones has certificates: false; remove it from one, or remove ingress.certificates";
  return [{ path: ["ingress", "certificates"], message, related: [ZONES] }];
}

/** A private zone answers for its names in the VPC, and DNS-01's record is in the public one. */
function resolverFindings(target: Target): Finding[] {
  const { ingress, network } = target.config;
  if (ingress?.certificates === undefined || !asksVpcResolver(target)) return [];
  return Object.keys(certificateZones(target)).flatMap((domain): Finding[] => {
    const hiding = [...network.dns.privateZones, ...Object.keys(network.dns.forward)].find((each) =>
      isInZone(domain, each),
    );
    if (hiding === undefined) return [];
    return [
      {
        path: [...ZONES, domain],
        message: `is hidden in the VPC by ${hiding} of network.dns, so that cert-manager would never see its own record; write ingress.certificates.nameservers: servers that are reached by egress ${network.egress.kind} and answer from the public zone`,
        related: [
          ["network", "dns"],
          ["network", "egress", "kind"],
        ],
      },
    ];
  });
}

/** Kinds of egress by which nothing but TCP to admitted names leaves for the internet. */
const DROPS_DNS: readonly string[] = ["none", "proxy", "firewall"];

/** The VPC's resolver at its link-local address. */
const LINK_LOCAL = parseCidr("169.254.169.253/32");

function serverFindings(target: Target): Finding[] {
  const { ingress, network } = target.config;
  const { kind } = network.egress;
  if (!DROPS_DNS.includes(kind)) return [];
  const reached = [...target.connectedRanges, LINK_LOCAL];
  return (ingress?.certificates?.nameservers ?? []).flatMap((server, index): Finding[] => {
    if (reached.some((range) => contains(range, parseCidr(`${server}/32`)))) return [];
    const message = `is outside the VPC and what is connected to it, and egress ${kind} lets no DNS out; write a server within, or leave nameservers out for the VPC's resolver`;
    return [
      {
        path: ["ingress", "certificates", "nameservers", index],
        message,
        related: [["network", "egress", "kind"]],
      },
    ];
  });
}

/**
 * Names of gateways that no solver of the issuer proves (cert-manager v1.21.1, pkg/controller/acmeorders: an order whose
 * names fit no selector fails). The zone with the longest name is the one that answers for a name.
 */
function provenFindings({ config, gateways }: Target): Finding[] {
  const { ingress } = config;
  if (ingress?.certificates === undefined || ingress.dns === undefined) return [];
  const zones = Object.entries(ingress.dns.zones).sort(([a], [b]) => b.length - a.length);
  return Object.entries(gateways).flatMap(([name, gateway]) => {
    if (gateway.by === "aws" || gateway.tls.kind !== "secret" || !gateway.tls.certManager) return [];
    return gateway.hosts.flatMap((host, index): Finding[] => {
      const [domain, zone] = zones.find(([each]) => isInZone(host, each)) ?? [];
      if (zone?.certificates === true) return [];
      const why =
        domain === undefined
          ? "is not in any of ingress.dns.zones"
          : `is in zone ${domain}, which has certificates: false`;
      return [
        {
          path: ["traffic", "gateways", name, "hosts", index],
          message: `${why}, so cert-manager can't prove it and the gateway gets no certificate; add its zone, or write tls.secret with a secret of your own, without certManager`,
          related: [domain === undefined ? ZONES : [...ZONES, domain]],
        },
      ];
    });
  });
}
