import type { Resource } from "../../guardrails/resource";
import { at, text } from "../../values/value";
import type { MeshPods } from "../mesh/workloads";
import type { ReachWorld } from "../path/reach-world";
import type { Need } from "./need";

/** A domain that CoreDNS asks other servers for. */
export interface StubZone {
  readonly domain: string;
  /** Addresses. */
  readonly servers: readonly string[];
}

/** Server blocks of CoreDNS' Corefile but the one for all names, each with where it forwards to. */
export function stubZonesOf(resources: readonly Resource[]): StubZone[] {
  const addon = resources.find(
    ({ type, attributes }) => type === "aws_eks_addon" && attributes.addon_name === "coredns",
  );
  const corefile = text(at(addon?.attributes.configuration, "corefile"));
  return [...corefile.matchAll(/^([\w.-]+):53 \{\n((?:[ \t].*\n)*)/gm)].flatMap(
    ([, domain = "", body = ""]) => {
      const [, servers] = /forward \. ([^{\n]+)/.exec(body) ?? [];
      const addresses = (servers ?? "").split(/\s+/).filter((each) => /^[\d.]+$/.test(each));
      return domain === "." || addresses.length === 0 ? [] : [{ domain, servers: addresses }];
    },
  );
}

/** The one that answers for a name: that with the longest domain (CoreDNS, "Server Blocks"). */
export function stubZoneFor(name: string, zones: readonly StubZone[]): StubZone | undefined {
  const [longest] = zones
    .filter(({ domain }) => name === domain || name.endsWith(`.${domain}`))
    .sort((a, b) => b.domain.length - a.domain.length);
  return longest;
}

export function coreDnsPods({ platform }: Pick<ReachWorld, "platform">): MeshPods[] {
  return platform.filter(({ component }) => component === "coredns").map(({ pods }) => pods);
}

/** CoreDNS hands a query on by the protocol that it came by (CoreDNS, plugin forward, without `force_tcp`). */
export function stubZoneNeeds(world: ReachWorld): Need[] {
  return coreDnsPods(world).flatMap((pods) =>
    world.stubZones.flatMap((zone) =>
      zone.servers.flatMap((server) =>
        (["UDP", "TCP"] as const).map((protocol) => stubQuery(pods, zone, server, protocol)),
      ),
    ),
  );
}

export function stubQuery(
  pods: MeshPods,
  { domain }: StubZone,
  server: string,
  protocol: Need["protocol"],
): Need {
  return {
    kind: "DNS",
    from: { kind: "pods", pods },
    to: { kind: "range", range: `${server}/32` },
    port: 53,
    protocol,
    why: `${pods.name} asks ${server} for names of ${domain}`,
    source: "CoreDNS' Corefile",
    setting: "network.dns.coreDns.stubZones",
  };
}
