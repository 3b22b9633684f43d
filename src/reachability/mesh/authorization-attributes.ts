import type { Truth } from "../../guardrails/iam/truth";
import { isIn, parseAddress, parsePrefix } from "../policy/addresses";
import type { HttpRequest } from "../policy/http";
import type { MeshSettings } from "./mesh-world";

/** A call as the called sidecar sees it. */
export interface Caller {
  /** `spiffe://cluster.local/ns/payments/sa/orders`; absent: no mutual TLS. */
  readonly principal?: string;
  readonly address?: string;
  readonly port: number;
  /** Whether the sidecar reads requests on this port. */
  readonly isHttp: boolean;
  /** Absent: any of them. */
  readonly request?: HttpRequest;
  /** ztunnel decides, which knows less than a sidecar. */
  readonly byZtunnel?: true;
}

interface Place {
  readonly settings: MeshSettings;
  /** Of the policy. */
  readonly namespace: string;
}

export interface Attribute {
  /** It is of requests: without them it does not count. */
  readonly http: boolean;
  /** ztunnel takes it for one of requests, too (istio/istio 1.29.6, pilot/pkg/serviceregistry/ambient/authorization.go). */
  readonly beyondZtunnel?: true;
  readonly takes: (value: string, caller: Caller, place: Place) => Truth;
}

const SPIFFE = "spiffe://";

const ofPrincipal = (matches: (value: string, principal: string, place: Place) => boolean): Attribute => ({
  http: false,
  takes: (value, { principal, byZtunnel }, place) => {
    const taken = principal !== undefined && matches(value, principal, place);
    // istiod leaves other names of the trust domain to ztunnel as they are written (same file, "TODO: TDA").
    return taken &&
      byZtunnel === true &&
      /^[^/*]+\/ns\//.test(value) &&
      !matchesText(value, principal.slice(SPIFFE.length))
      ? { unknown: "whether ztunnel takes another name of the trust domain" }
      : taken;
  },
});

const ofRequest = (matches: (value: string, request: HttpRequest) => Truth): Attribute => ({
  http: true,
  takes: (value, { request }) =>
    request === undefined ? { unknown: "which requests are made" } : matches(value, request),
});

const ofPart = (
  part: "host" | "method" | "path",
  matches: (value: string, own: string) => Truth,
): Attribute =>
  ofRequest((value, request) => {
    const own = request[part];
    return own === undefined ? { unknown: `the ${part} of requests` } : matches(value, own);
  });

const ofAddress: Attribute = {
  http: false,
  takes: (value, { address }) => {
    const prefix = parsePrefix(value);
    const parsed = address === undefined ? undefined : parseAddress(address);
    if (parsed === undefined) return { unknown: "the caller's address" };
    return prefix !== undefined && isIn(parsed, prefix);
  },
};

const undecided = (what: string): Attribute => ({ http: true, takes: () => ({ unknown: what }) });

/** Of `from` and `to`, by field. */
export const attributes: Readonly<Record<string, Attribute>> = {
  principals: ofPrincipal((value, principal, { settings }) =>
    inEachTrustDomain(value, settings).some((each) => matchesText(each, principal.slice(SPIFFE.length))),
  ),
  namespaces: ofPrincipal((value, principal) =>
    new RegExp(`^(?:.*/ns/${value.split("*").map(escape).join(".*")}/.*)$`).test(principal),
  ),
  serviceAccounts: ofPrincipal((value, principal, { namespace }) => {
    const [of, account] = value.includes("/") ? value.split("/") : [namespace, value];
    return new RegExp(`^${SPIFFE}.+/ns/${escape(of ?? "")}/(.+/|)sa/${escape(account ?? "")}(/.+)?$`).test(
      principal,
    );
  }),
  // A field that istio 1.29 does not have: its API server keeps it out of the rule, or refuses the policy.
  trustDomains: {
    http: false,
    takes: () => ({ unknown: "trust domains in a source, which Istio reads from 1.30 on" }),
  },
  ipBlocks: ofAddress,
  remoteIpBlocks: { ...ofAddress, beyondZtunnel: true },
  requestPrincipals: undecided("tokens of callers"),
  ports: { http: false, takes: (value, { port }) => Number(value) === port },
  hosts: ofPart("host", (value, host) => matchesText(value.toLowerCase(), host.toLowerCase())),
  methods: ofPart("method", (value, method) => matchesText(value, method)),
  paths: ofPart("path", (value, path) =>
    value.includes("{") ? { unknown: "a template of paths" } : matchesText(value, path.split("?")[0] ?? ""),
  ),
};

/** Of `when`, by key. Undefined: Istio does not know it. */
export function whenAttribute(key: string): Attribute | undefined {
  const header = /^request\.headers\[(.+)\]$/.exec(key)?.[1];
  if (header !== undefined)
    return ofRequest((value, { headers }) => {
      const [, found] =
        Object.entries(headers).find(([name]) => name.toLowerCase() === header.toLowerCase()) ?? [];
      return found !== undefined && matchesText(value, found);
    });
  if (/^request\.(auth\.|headers$)/.test(key)) return undecided("tokens of callers");
  if (/^(destination\.ip|connection\.sni|experimental\.envoy\.filters)/.test(key))
    return {
      http: false,
      takes: () => ({ unknown: key }),
      ...(key !== "destination.ip" && { beyondZtunnel: true as const }),
    };
  return WHEN[key];
}

const WHEN: Readonly<Record<string, Attribute | undefined>> = {
  "source.ip": attributes.ipBlocks,
  "remote.ip": attributes.remoteIpBlocks,
  "source.namespace": attributes.namespaces,
  "source.principal": attributes.principals,
  "source.serviceAccount": attributes.serviceAccounts && {
    ...attributes.serviceAccounts,
    beyondZtunnel: true,
  },
  "destination.port": attributes.ports,
};

/** Whether whoever decides about the caller sees no such thing. */
export function isUnseen({ http, beyondZtunnel }: Attribute, { isHttp, byZtunnel }: Caller): boolean {
  return (http && !isHttp) || (beyondZtunnel === true && byZtunnel === true);
}

/** `*` is anything there, `*x` an end, `x*` a start. */
function matchesText(pattern: string, value: string): boolean {
  if (pattern === "*") return value !== "";
  if (pattern.startsWith("*")) return value.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? value.startsWith(pattern.slice(0, -1)) : pattern === value;
}

/** A principal of the mesh's trust domain, or of cluster.local, which means that one, is one of each alias. */
function inEachTrustDomain(principal: string, { trustDomain, trustDomainAliases }: MeshSettings): string[] {
  const domains = [trustDomain, ...trustDomainAliases];
  const [domain = "", ...path] = principal.split("/");
  if (path.length === 0 || !(domain === "cluster.local" || domains.includes(domain))) return [principal];
  return domains.map((each) => [each, ...path].join("/"));
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
