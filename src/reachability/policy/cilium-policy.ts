import type { Truth } from "../../guardrails/iam/truth";
import {
  at,
  entries,
  isAbsent,
  isFalse,
  isMap,
  isUnknown,
  items,
  text,
  type Value,
} from "../../values/value";
import { cidrRule, rangeSelector } from "./cidr-selectors";
import { httpRule } from "./http";
import { CLUSTER, type LabelKey, NAMESPACE, NAMESPACE_LABELS, parseLabelKey } from "./labels";
import { namePattern } from "./names";
import { portMatch } from "./ports";
import type { Direction, PolicyEngine, PolicyRule, PortRule, RequestRules } from "./rules";
import { Refused, type Requirement, requirementsOf, type Selector, Unread } from "./selectors";

/** What a rule of each direction is written under. */
const KEYS = {
  ingress: {
    endpoints: "fromEndpoints",
    entities: "fromEntities",
    nodes: "fromNodes",
    cidr: "fromCIDR",
    cidrSet: "fromCIDRSet",
    groups: "fromGroups",
  },
  egress: {
    endpoints: "toEndpoints",
    entities: "toEntities",
    nodes: "toNodes",
    cidr: "toCIDR",
    cidrSet: "toCIDRSet",
    groups: "toGroups",
  },
} as const;

/**
 * Rules of a CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy, as Cilium parses them (pkg/policy/api and
 * pkg/k8s/apis/cilium.io/utils, v1.19.6).
 *
 * @throws Refused where Cilium refuses the whole policy
 */
export function ciliumRules(
  manifest: Value,
  policy: string,
  namespace: string | undefined,
  engine: PolicyEngine,
): PolicyRule[] {
  const specs = [at(manifest, "spec"), ...items(at(manifest, "specs"))].filter((each) => !isAbsent(each));
  if (specs.length === 0) throw new Refused("neither spec nor specs");
  return specs.flatMap((spec) => specRules(spec, policy, namespace, engine));
}

function specRules(
  spec: Value,
  policy: string,
  namespace: string | undefined,
  engine: PolicyEngine,
): PolicyRule[] {
  const endpoint = at(spec, "endpointSelector");
  const node = at(spec, "nodeSelector");
  if ((endpoint === undefined) === (node === undefined))
    throw new Refused("it needs one of endpointSelector and nodeSelector");
  if (node !== undefined && namespace !== undefined)
    throw new Refused("a nodeSelector is for clusterwide policies only");
  const lists = (["ingress", "egress"] as const).flatMap((direction) =>
    [false, true].flatMap((deny) =>
      known(at(spec, deny ? `${direction}Deny` : direction)).map((rule) => ({ direction, deny, rule })),
    ),
  );
  if (lists.length === 0) throw new Refused("it has no rule");
  const written = requirementsOf(endpoint ?? node, parseLabelKey);
  const matchesInit = written.some(({ source, key }) => source === "reserved" && key === "init");
  const rules = lists.map(({ direction, deny, rule }): PolicyRule => {
    const peers = peersOf(rule, direction, deny, { engine, namespace, matchesInit });
    return {
      policy,
      namespace,
      subject: namespace === undefined ? written : subjectIn(endpoint, namespace),
      direction,
      deny,
      closes: closes(at(spec, "enableDefaultDeny", direction)),
      peers,
      ports: portRules(rule, direction, deny),
      ...authentication(at(rule, "authentication", "mode")),
    };
  });
  // Rules for nodes are the host firewall's.
  return node === undefined ? rules : [];
}

/** Rules that are all there to be read. */
function known(rules: Value): readonly Value[] {
  if (isUnknown(rules) || items(rules).some(isUnknown)) throw new Unread("rules that only Terraform knows");
  return items(rules);
}

function closes(enabled: Value): Truth {
  return isUnknown(enabled) ? { unknown: "enableDefaultDeny" } : !isFalse(enabled);
}

function authentication(mode: Value): Pick<PolicyRule, "authentication"> {
  return typeof mode === "string" && mode !== "" ? { authentication: mode } : {};
}

/** The namespace of the policy always counts, whatever other matchLabels name. */
function subjectIn(selector: Value, namespace: string): Requirement[] {
  const matchLabels = Object.fromEntries(
    entries(at(selector, "matchLabels")).filter(([key]) => {
      const { source, key: name } = parseLabelKey(key);
      return source !== "k8s" || name !== NAMESPACE;
    }),
  );
  const others = isMap(selector) ? requirementsOf({ ...selector, matchLabels }, parseLabelKey) : [];
  return [...others, { source: "k8s", key: NAMESPACE, operator: "In", values: [namespace] }];
}

interface Where {
  readonly engine: PolicyEngine;
  readonly namespace: string | undefined;
  readonly matchesInit: boolean;
}

function peersOf(rule: Value, direction: Direction, deny: boolean, where: Where): Selector[] | undefined {
  const keys = KEYS[direction];
  const lists = {
    endpoints: at(rule, keys.endpoints),
    nodes: at(rule, keys.nodes),
    entities: at(rule, keys.entities),
    cidr: at(rule, keys.cidr),
    cidrSet: at(rule, keys.cidrSet),
    groups: at(rule, keys.groups),
    ...(direction === "egress" && { services: at(rule, "toServices") }),
    ...(direction === "egress" && !deny && { names: at(rule, "toFQDNs") }),
  };
  const used = Object.values(lists).filter((each) => isUnknown(each) || items(each).length > 0);
  if (used.length > 1) throw new Refused("it combines kinds of peers in one rule");
  if (used.some(isUnknown)) return [{ kind: "unknown", why: "peers that only Terraform knows" }];
  if (items(lists.nodes).length > 0)
    throw new Refused("fromNodes and toNodes need node labels to be enabled");
  const empty = [lists.endpoints, lists.nodes, lists.entities, lists.cidr, lists.cidrSet];
  if (empty.some((each) => Array.isArray(each) && each.length === 0)) return undefined;
  return [
    ...items(lists.endpoints).map((each) => endpointSelector(each, where)),
    ...items(lists.entities).flatMap((each) => entitySelectors(each, where.engine)),
    ...items(lists.cidr).map((each) => rangeSelector(each, [], where.engine)),
    ...items(lists.cidrSet).map((each) => cidrRule(each, where.engine)),
    ...items(lists.groups).map((): Selector => ({ kind: "unknown", why: "groups of AWS" })),
    ...items(lists.services).map((): Selector => ({ kind: "unknown", why: "toServices" })),
    ...items(lists.names).map(nameSelector),
  ];
}

/** Selectors mean the policy's own namespace and cluster unless they say otherwise; those for reserved labels mean just these. */
function endpointSelector(selector: Value, { engine, namespace, matchesInit }: Where): Selector {
  const written = requirementsOf(selector, parseLabelKey);
  if (written.some(({ source }) => source === "reserved")) return { kind: "labels", requirements: written };
  const names =
    (test: (key: string) => boolean) =>
    ({ source, key }: LabelKey) =>
      (source === "k8s" || source === "any") && test(key);
  const requirements = [...written];
  if (!written.some(names((key) => key === NAMESPACE))) {
    if (namespace === undefined) {
      if (!matchesInit) requirements.push({ source: "k8s", key: NAMESPACE, operator: "Exists", values: [] });
    } else if (!written.some(names((key) => key.startsWith(`${NAMESPACE_LABELS}.`))))
      requirements.push({ source: "k8s", key: NAMESPACE, operator: "In", values: [namespace] });
  }
  if (!engine.anyCluster && !requirements.some(names((key) => key === CLUSTER)))
    requirements.push(ownCluster(engine));
  return { kind: "labels", requirements };
}

function ownCluster({ clusterName }: PolicyEngine): Requirement {
  return { source: "k8s", key: CLUSTER, operator: "In", values: [clusterName] };
}

const RESERVED = ["host", "remote-node", "init", "ingress", "health", "unmanaged", "kube-apiserver"] as const;
const ENTITIES: Readonly<Record<string, readonly string[]>> = {
  world: ["world", "world-ipv4", "world-ipv6"],
  "world-ipv4": ["world-ipv4"],
  "world-ipv6": ["world-ipv6"],
  none: ["none"],
  ...Object.fromEntries(RESERVED.map((each) => [each, [each]])),
  cluster: RESERVED,
};

function entitySelectors(entity: Value, engine: PolicyEngine): Selector[] {
  if (isUnknown(entity)) return [{ kind: "unknown", why: "an entity that only Terraform knows" }];
  if (entity === "all") return [{ kind: "labels", requirements: [] }];
  const labels = typeof entity === "string" ? ENTITIES[entity] : undefined;
  if (labels === undefined) throw new Refused(`the entity ${text(entity)}`);
  const reserved = labels.map((key): Requirement => ({
    source: "reserved",
    key,
    operator: "In",
    values: [""],
  }));
  return [...reserved, ...(entity === "cluster" ? [ownCluster(engine)] : [])].map((each) => ({
    kind: "labels",
    requirements: [each],
  }));
}

function nameSelector(rule: Value): Selector {
  const [name, pattern] = [at(rule, "matchName"), at(rule, "matchPattern")];
  if (isUnknown(name) || isUnknown(pattern))
    return { kind: "unknown", why: "a name that only Terraform knows" };
  if (name !== undefined && pattern !== undefined && name !== "" && pattern !== "")
    throw new Refused("matchName and matchPattern in one rule");
  return { kind: "name", pattern: patternOf(name, pattern) };
}

function patternOf(name: Value, pattern: Value) {
  const parsed = namePattern(
    typeof name === "string" ? name : "",
    typeof pattern === "string" ? pattern : "",
  );
  if (parsed === undefined) throw new Refused(`the name ${text(name ?? pattern)}`);
  return parsed;
}

function portRules(rule: Value, direction: Direction, deny: boolean): PortRule[] {
  const ports = items(at(rule, "toPorts"));
  const icmps = items(at(rule, "icmps"));
  if (ports.length > 0 && icmps.length > 0) throw new Refused("icmps beside toPorts");
  return [...ports.map((each) => portRule(each, direction, deny)), ...icmps.map(() => ({ ports: [] }))];
}

function portRule(rule: Value, direction: Direction, deny: boolean): PortRule {
  if (items(at(rule, "ports")).length > 40) throw new Refused("more than 40 ports in one rule");
  const ports = items(at(rule, "ports")).map((each) =>
    portMatch(at(each, "port"), at(each, "endPort"), at(each, "protocol")),
  );
  if (deny) return { ports };
  const requests = requestRules(rule, direction);
  if (requests?.limits === true) {
    if (ports.some((each) => requests.parser !== "dns" && each.protocol !== "TCP"))
      throw new Refused("rules for requests on another protocol than TCP");
    if (ports.some(({ ports: each }) => each.kind === "every"))
      throw new Refused("rules for requests on port 0");
  }
  return { ports, ...(requests && { requests }) };
}

function requestRules(rule: Value, direction: Direction): RequestRules | undefined {
  const rules = at(rule, "rules");
  const http = items(at(rules, "http"));
  const dns = items(at(rules, "dns"));
  const kafka = items(at(rules, "kafka"));
  const l7proto = at(rules, "l7proto");
  if (isUnknown(rules)) return { parser: "unknown", http: [], dns: [], limits: true };
  if (direction === "ingress" && dns.length > 0) throw new Refused("DNS rules on ingress");
  const used = [http, dns, kafka].filter((each) => each.length > 0).length + (l7proto === undefined ? 0 : 1);
  if (used > 1) throw new Refused("rules for two protocols");
  const tls = [at(rule, "serverNames"), at(rule, "terminatingTLS"), at(rule, "originatingTLS")].some(
    (each) => !isAbsent(each),
  );
  const parser =
    http.length > 0
      ? "http"
      : dns.length > 0
        ? "dns"
        : kafka.length > 0
          ? "kafka"
          : typeof l7proto === "string"
            ? l7proto
            : at(rule, "listener") !== undefined
              ? "crd"
              : tls
                ? "tls"
                : undefined;
  if (parser === undefined) return undefined;
  return {
    parser,
    http: http.map(httpRule),
    dns: dns.filter(isMap).map((each) => patternOf(at(each, "matchName"), at(each, "matchPattern"))),
    limits: used > 0,
  };
}
