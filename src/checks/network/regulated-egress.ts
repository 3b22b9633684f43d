import { type Cidr, contains, formatCidr, parseCidr } from "../../ip-capacity/cidr";
import { regionNamed } from "../../facts/regions";
import { imageRegistries } from "../../facts/image-registries";
import { endpointPolicyOf, isUnregulated } from "../../model/egress";
import { ecrRegistry, neededPulls } from "../../model/image-registries";
import { hasRoute53Endpoint, route53Host } from "../../model/hosted-zones";
import { installs } from "../../model/used-components";
import type { ConfigPath } from "../../config/read/source-node";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";

const EGRESS: ConfigPath = ["network", "egress"];

/** Own Elastic IPs: one for each zone, and each once. */
export const elasticIpCheck: TargetCheck = ({ config, zones: { kept: zones } }) => {
  const { egress } = config.network;
  if (!("elasticIps" in egress) || egress.elasticIps === undefined) return [];
  const given = egress.elasticIps;
  const path: ConfigPath = [...EGRESS, "elasticIps"];
  const missing = zones.filter((zone) => given[zone] === undefined);
  const unknown = Object.keys(given).filter((zone) => !zones.includes(zone));
  const owners = new Map<string, string>();
  const twice = Object.entries(given).flatMap(([zone, id]): Finding[] => {
    const owner = owners.get(id);
    owners.set(id, owner ?? zone);
    if (owner === undefined) return [];
    return [{ path: [...path, zone], message: `is that of ${owner} too; an address serves one NAT gateway` }];
  });
  return [
    ...missing.map((zone) => ({
      path,
      message: `has no Elastic IP for ${zone}; add ${zone}: <allocation id>`,
    })),
    ...unknown.map((zone) => ({
      path: [...path, zone],
      message: `is for a zone that network.zones does not name; add ${zone} there or remove this line`,
    })),
    ...twice,
  ];
};

/** Subnets that only one kind of egress has. */
export const egressSubnetCheck: TargetCheck = ({ config }) => {
  const { egress, subnets } = config.network;
  const tiers = [
    ["firewall", "firewall"],
    ["transitGateway", "transit-gateway"],
  ] as const;
  return tiers.flatMap(([tier, kind]): Finding[] => {
    if (subnets[tier] === undefined || egress.kind === kind) return [];
    const message = `is used by egress kind ${kind} only; remove it, or write network.egress.kind: ${kind}`;
    return [{ path: ["network", "subnets", tier], message, related: [[...EGRESS, "kind"]] }];
  });
};

/** Whether a domain list of the firewall admits a host. */
export function admitsHost(domains: readonly string[], host: string): boolean {
  return domains.some((domain) =>
    domain.startsWith(".") ? host.endsWith(domain) || host === domain.slice(1) : host === domain,
  );
}

/** Domains that pulls call, and what comes from there. A registry on premises is reached by its routes. */
function neededDomains(target: Target): { domain: string; host: string; why: string }[] {
  const { config } = target;
  const onPremises = config.network.connections.onPremises !== undefined;
  return neededPulls(target).flatMap(({ registry, users, domains }) =>
    onPremises && ecrRegistry(registry) === undefined && !Object.hasOwn(imageRegistries, registry)
      ? []
      : domains.map((domain) => ({
          domain,
          host: registry,
          why:
            registry !== config.images?.mirror
              ? `images of ${users.join(", ")} come from ${registry}`
              : `images come from ${registry}`,
        })),
  );
}

/** Domains that controllers of the platform call, and why. */
function calledDomains({ config, region }: Target): { domain: string; why: string }[] {
  const { ingress } = config;
  const acme = ingress?.certificates?.staging === true ? "acme-staging-v02" : "acme-v02";
  return [
    ...(ingress?.dns === undefined || hasRoute53Endpoint(config)
      ? []
      : [
          {
            domain: route53Host(region),
            why: "records of ingress.dns are written by Route 53's API, which no endpoint of this target leads to (network.endpoints.additional: [route53] makes one)",
          },
        ]),
    ...(ingress?.certificates === undefined
      ? []
      : [
          {
            domain: `${acme}.api.letsencrypt.org`,
            why: "certificates of ingress.certificates come from Let's Encrypt",
          },
        ]),
  ];
}

/** Whether a list of domains admits a domain, or all below it. */
function admitsDomain(domains: readonly string[], domain: string): boolean {
  return admitsHost(domains, domain.startsWith(".") ? `x${domain}` : domain);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

export const firewallDomainCheck: TargetCheck = (target) => {
  const { config } = target;
  const { egress, endpoints } = config.network;
  if (egress.kind !== "firewall") return [];
  const path: ConfigPath = [...EGRESS, "domains"];
  const findings = egress.domains.flatMap((domain, index): Finding[] =>
    egress.domains.indexOf(domain) < index
      ? [{ path: [...path, index], message: "is listed twice; keep one" }]
      : [],
  );
  const missing = neededDomains(target).filter(({ domain }) => !admitsDomain(egress.domains, domain));
  // Whoever admits a registry may know that its layers come another way; without Cilium no node is ever Ready.
  const isAdmitted = ({ host }: { host: string }) => host !== "quay.io" && admitsHost(egress.domains, host);
  for (const [found, doubtful] of [
    [missing.filter((each) => !isAdmitted(each)), false],
    [missing.filter(isAdmitted), true],
  ] as const) {
    if (found.length === 0) continue;
    const finding = {
      path,
      value: `[${egress.domains.join(", ")}]`,
      message:
        `stops the platform: ${unique(found.map(({ why }) => why)).join("; ")};` +
        ` add ${unique(found.map(({ domain }) => domain)).join(", ")}` +
        (config.images === undefined ? ", or write images.mirror" : ""),
    };
    findings.push(doubtful ? { ...finding, severity: "warning", rule: "FIREWALL-DOMAIN-LAYERS" } : finding);
  }
  const uncalled = calledDomains(target).filter(({ domain }) => !admitsDomain(egress.domains, domain));
  if (uncalled.length > 0) {
    findings.push({
      path,
      value: `[${egress.domains.join(", ")}]`,
      message: `stops the platform: ${uncalled.map(({ why }) => why).join("; ")}; add ${uncalled.map(({ domain }) => domain).join(", ")}`,
      related: [["ingress"]],
    });
  }
  if (endpoints.set === "gateway-only" && !admitsHost(egress.domains, "x.amazonaws.com")) {
    findings.push({
      path: ["network", "endpoints", "set"],
      message:
        "leaves calls to AWS to the firewall, which stops them; write standard, or add .amazonaws.com to the domains",
      related: [path],
    });
  }
  return findings;
};

/** The proxy must be reachable without itself, and AWS without the proxy. */
export const proxyCheck: TargetCheck = (target) => {
  const { egress, endpoints } = target.config.network;
  if (egress.kind !== "proxy") return [];
  const findings: Finding[] = [];
  if (endpoints.set === "gateway-only") {
    findings.push({
      path: ["network", "endpoints", "set"],
      message:
        "leaves calls to AWS to the proxy, and nodes can join by endpoints only; write standard or isolated",
      related: [[...EGRESS, "kind"]],
    });
  }
  const reachable = target.connectedRanges;
  for (const key of ["httpsProxy", "httpProxy"] as const) {
    const address = addressOf(egress[key]);
    if (address === undefined || reachable.some((range) => contains(range, address))) continue;
    findings.push({
      path: [...EGRESS, key],
      message: `has no route: it is outside ${reachable.map(formatCidr).join(", ")}; name its network in network.connections.onPremises.cidrs`,
      related: [["network", "vpcCidr"]],
    });
  }
  return findings;
};

/** The proxy's address, where the URL names one; where a name leads, nobody knows at synth. */
function addressOf(url: string | undefined): Cidr | undefined {
  const address = url && /^https?:\/\/(\d+\.\d+\.\d+\.\d+):/.exec(url)?.[1];
  return address === undefined || address === "" ? undefined : parseCidr(`${address}/32`);
}

/** Nodes of Bottlerocket that could not pull their control container. */
export const bottlerocketRegistryCheck: TargetCheck = ({ config, region }) => {
  if (
    !installs("bottlerocket", config) ||
    endpointPolicyOf(config.network) === "full-access" ||
    regionNamed(region).bottlerocketImages !== undefined
  ) {
    return [];
  }
  return [
    {
      path: ["network", "endpoints", "policy"],
      rule: "BOTTLEROCKET-REGISTRY-UNKNOWN",
      severity: "warning",
      message: `may stop Session Manager on Bottlerocket nodes: the account of their control container in ${region} is not known; write ami: al2023, or full-access with policyReason`,
      related: [["nodes"]],
    },
  ];
};

export const endpointPolicyCheck: TargetCheck = ({ config }) => {
  const { egress, endpoints } = config.network;
  if (endpointPolicyOf(config.network) === "account-and-organization") return [];
  if (!isUnregulated(egress) && endpoints.policyReason === undefined) {
    return [
      {
        path: ["network", "endpoints", "policy"],
        message: `lets data out by AWS itself, past egress kind ${egress.kind}; write account-and-organization, or policyReason: <why>`,
        related: [[...EGRESS, "kind"]],
      },
    ];
  }
  const unused: Finding[] =
    endpoints.buckets.length === 0
      ? []
      : [
          {
            path: ["network", "endpoints", "buckets"],
            value: `[${endpoints.buckets.join(", ")}]`,
            message: "has no effect with full access; remove it, or write policy: account-and-organization",
          },
        ];
  return unused;
};
