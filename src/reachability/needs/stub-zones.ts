import type { Resource } from "../../guardrails/resource";
import { at, text } from "../../values/value";

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
