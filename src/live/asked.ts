import type { Question } from "./question";

/** What a command line asks for, however it is typed. */
export interface Asked {
  /** Equal for two command lines that ask for the same, in whatever format and order of flags. */
  readonly about: string;
  /** `json`, `yaml`, `wide`, or empty for a table. */
  readonly format: string;
  /** Of `kubectl get`: which objects. */
  readonly get?: {
    /** In the plural, lower case, without group. */
    readonly kinds: readonly string[];
    readonly name?: string;
    /** `*` for all. */
    readonly namespace: string;
    readonly selector: string;
  };
}

/** Flags that say where to ask or how to print, and not what. */
const ELSEWHERE = new Set([
  "context",
  "kubeconfig",
  "cluster",
  "user",
  "region",
  "profile",
  "endpoint-url",
  "request-timeout",
  "v",
  "cli-connect-timeout",
  "cli-read-timeout",
  "chunk-size",
]);
const SWITCHES = new Set([
  "A",
  "all-namespaces",
  "no-cli-pager",
  "no-paginate",
  "no-headers",
  "show-labels",
  "show-managed-fields",
  "ignore-not-found",
  "previous",
  "p",
  "watch",
  "w",
  "raw",
  "short",
  "client",
]);
const LONG: Readonly<Record<string, string>> = {
  A: "all-namespaces",
  n: "namespace",
  o: "output",
  l: "selector",
  c: "container",
  p: "previous",
  f: "filename",
  w: "watch",
};
/** How a list is printed or fetched changes none of its objects. */
const PRINTING = new Set([
  "no-headers",
  "show-labels",
  "show-managed-fields",
  "no-cli-pager",
  "ignore-not-found",
  "watch",
]);

export function asked(tool: Question["tool"], args: readonly string[]): Asked {
  const rest: string[] = [];
  const flags = new Map<string, string>();
  const words: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? "";
    if (arg === "--") {
      rest.push(...args.slice(index + 1));
      break;
    }
    const found = /^(--?)([A-Za-z][\w-]*?)(?:=(.*))?$/s.exec(arg);
    if (found === null) {
      words.push(arg);
      continue;
    }
    const [, dashes, name = "", value] = found;
    // kubectl's short flags may hold their value: -ojson, -nkube-system.
    const glued =
      dashes === "-" && tool === "kubectl" && value === undefined ? /^([nolc])(.+)$/.exec(name) : null;
    const key = glued?.[1] ?? name;
    const long = dashes === "-" ? (LONG[key] ?? key) : key;
    if (glued !== null) flags.set(long, glued[2] ?? "");
    else if (value !== undefined) flags.set(long, value);
    else if (SWITCHES.has(key)) flags.set(long, "true");
    else {
      const values: string[] = [];
      while (index + 1 < args.length && !/^-/.test(args[index + 1] ?? "")) {
        values.push(args[++index] ?? "");
        if (tool === "kubectl") break;
      }
      flags.set(long, values.join(" "));
    }
  }
  const format = tool === "aws" ? (flags.get("output") ?? "json") : (flags.get("output") ?? "");
  const get = tool === "kubectl" && words[0] === "get" ? gotten(words, flags) : undefined;
  const others = [...flags]
    .filter(([name]) => name !== "output" && !ELSEWHERE.has(name) && !PRINTING.has(name))
    .filter(([name]) => get === undefined || !["namespace", "all-namespaces", "selector"].includes(name))
    .map(([name, value]) => `--${name}=${value}`)
    .sort();
  const subject =
    get === undefined
      ? words
      : ["get", [...get.kinds].sort().join(","), get.name ?? "", get.namespace, get.selector];
  return {
    about: JSON.stringify([tool, ...subject, others, rest]),
    format,
    ...(get === undefined ? {} : { get }),
  };
}

function gotten(words: readonly string[], flags: ReadonlyMap<string, string>): NonNullable<Asked["get"]> {
  const [, first = "", second] = words;
  const [kind = "", slashed] = first.split("/");
  const kinds = kind.split(",").map(wordsOf);
  const name = slashed ?? second;
  const isCluster = kinds.every((each) => CLUSTER_WIDE.has(each));
  const namespace =
    flags.get("all-namespaces") === "true" || isCluster ? "*" : (flags.get("namespace") ?? "default");
  return {
    kinds,
    ...(name === undefined ? {} : { name }),
    namespace,
    selector: (flags.get("selector") ?? "").replaceAll("==", "="),
  };
}

const CLUSTER_WIDE = new Set([
  "nodes",
  "namespaces",
  "persistentvolumes",
  "storageclasses",
  "customresourcedefinitions",
  "mutatingwebhookconfigurations",
  "validatingwebhookconfigurations",
  "apiservices",
  "clusterroles",
  "clusterrolebindings",
  "nodepools",
  "nodeclaims",
  "ec2nodeclasses",
  "ciliumnodes",
  "ciliumclusterwidenetworkpolicies",
  "gatewayclasses",
  "ingressclasses",
  "clusterissuers",
  "clustersecretstores",
  "eniconfigs",
]);

/** Short names, as `kubectl api-resources` lists them. */
const SHORT: Readonly<Record<string, string>> = {
  po: "pods",
  no: "nodes",
  ns: "namespaces",
  svc: "services",
  ep: "endpoints",
  ev: "events",
  cm: "configmaps",
  sa: "serviceaccounts",
  ds: "daemonsets",
  deploy: "deployments",
  rs: "replicasets",
  sts: "statefulsets",
  ing: "ingresses",
  netpol: "networkpolicies",
  pvc: "persistentvolumeclaims",
  pv: "persistentvolumes",
  sc: "storageclasses",
  crd: "customresourcedefinitions",
  crds: "customresourcedefinitions",
  quota: "resourcequotas",
  hpa: "horizontalpodautoscalers",
  pdb: "poddisruptionbudgets",
  cn: "ciliumnodes",
  cep: "ciliumendpoints",
  cnp: "ciliumnetworkpolicies",
  ccnp: "ciliumclusterwidenetworkpolicies",
  es: "externalsecrets",
  css: "clustersecretstores",
  ss: "secretstores",
  app: "applications",
  apps: "applications",
  gtw: "gateways",
  vs: "virtualservices",
  gw: "gateways",
  pa: "peerauthentications",
  cert: "certificates",
  certs: "certificates",
  limits: "limitranges",
  cj: "cronjobs",
};

/** A resource as kubectl lists it, whether it is given in the singular, short or with its group. */
export function wordsOf(resource: string): string {
  const bare = resource.toLowerCase().split(".")[0] ?? "";
  const known = SHORT[bare];
  if (known !== undefined) return known;
  if (/(endpoints|quotas)$/.test(bare) || (/s$/.test(bare) && !/(ss|class|gress)$/.test(bare))) return bare;
  if (/[^aeiou]y$/.test(bare)) return `${bare.slice(0, -1)}ies`;
  return /(s|x|ch)$/.test(bare) ? `${bare}es` : `${bare}s`;
}
