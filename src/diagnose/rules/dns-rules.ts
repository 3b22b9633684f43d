import { type Line, quoteOf } from "../read/lines";
import { type Reading, type Rule, type Said, saidRule } from "../rule";
import { listAt, quoteIn, textAt } from "../read/values";
import type { World } from "../world";

const dnsSaid: readonly Said[] = [
  {
    cause: "coredns-overloaded",
    says: /linklocal_allowance_exceeded: [1-9]/,
    certainty: "sure",
    from: "Amazon EC2 User Guide, Monitor network performance for ENA settings: linklocal_allowance_exceeded",
    detail: () => "the node asks the VPC's resolver for more than 1024 packets a second",
  },
  {
    cause: "dns-upstream",
    says: /plugin\/errors: \d+ \S+ [A-Z0-9]+: .*(?:->|dial (?:tcp|udp) )[\d.:a-f[\]]+:53: (?:i\/o timeout|connection refused|no route)|no healthy upstreams/,
    certainty: "likely",
    from: "coredns/coredns v1.14.7 plugin/errors/errors.go, plugin/forward/forward.go",
    detail: (found) => /(?:->|dial \w+ )([\d.]+):53/.exec(found[0])?.[1],
  },
  {
    cause: "dns-upstream",
    says: /"[A-Z]+ IN (?!\S*cluster\.local\.)(\S+) \w+ \d+ \w+ \d+" SERVFAIL/,
    certainty: "likely",
    from: "coredns/coredns v1.14.7 plugin/log/README.md: the common format",
    detail: (found) => found[1],
  },
  {
    cause: "dns-cache",
    says: /169\.254\.20\.10\S*.*(?:timed out|refused|address already in use)|node-local-dns.*address already in use/,
    certainty: "sure",
    from: "kubernetes/dns 1.26 cmd/node-cache/app; bind-tools dig",
  },
  {
    cause: "private-zone",
    says: /lookup \S+\.eks\.amazonaws\.com on \S+: no such host/,
    certainty: "sure",
    from: "golang/go net/dnsclient_unix.go; Amazon EKS User Guide, Cluster API server endpoint: private hosted zone",
  },
  {
    cause: "private-zone",
    says: /(?:can't find |Host )\S+\.eks\.amazonaws\.com\.?(?: not found)?: (?:3\()?NXDOMAIN/,
    certainty: "sure",
    from: "bind9 bin/dig/nslookup.c, host.c; Amazon EKS User Guide, Cluster API server endpoint: private hosted zone",
  },
];

/** CoreDNS that is not there, dies or stands at its limit. */
const coreDns: Rule = ({ pods, rows, lines, objects }) => {
  const broken = pods.filter(
    ({ name, status }) =>
      /^coredns-/.test(name) && /OOMKilled|CrashLoopBackOff|Pending|Error|ImagePullBackOff/.test(status),
  );
  const died = lines.filter(
    ({ text, command }) => /Reason:\s+OOMKilled/.test(text) && /coredns/.test(command),
  );
  const few = rows.filter(({ cells }) => cells.NAME === "coredns" && isShort(cells.READY ?? ""));
  const slow = lines.filter(({ text }) => /cfs_throttled\S*\{[^}]*coredns/.test(text));
  const quotes = [
    ...broken.map(({ quote }) => quote),
    ...died.map((line) => quoteOf(line)),
    ...few.map(({ from, line, text }) => ({ file: from.file, line, text: text.trim() })),
    ...slow.map((line) => quoteOf(line)),
  ];
  const first: Reading[] =
    quotes.length === 0 ? [] : [{ cause: "coredns-overloaded", certainty: "sure", quotes }];
  return [...first, ...atLimit(rows, objects)];
};

function isShort(ready: string): boolean {
  const [have = "", all = ""] = ready.split("/");
  return all !== "" && Number(have) < Number(all);
}

/** `kubectl top` beside the limits of the Deployment. */
function atLimit(rows: World["rows"], objects: World["objects"]): Reading[] {
  const limits = objects
    .filter(({ value }) => value.name === "coredns")
    .flatMap(({ value }) => millicores(textAt(value, "resources", "limits", "cpu")) ?? []);
  const limit = limits[0];
  if (limit === undefined) return [];
  return rows
    .filter(({ cells }) => /^coredns-/.test(cells.NAME ?? ""))
    .filter(({ cells }) => (millicores(cells["CPU(cores)"] ?? "") ?? 0) >= 0.9 * limit)
    .map(({ from, line, text }) => ({
      cause: "coredns-overloaded",
      certainty: "sure",
      quotes: [{ file: from.file, line, text: text.trim() }],
      detail: `at its limit of ${limit}m`,
    }));
}

function millicores(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)(m?)$/.exec(text);
  return found === null ? undefined : Number(found[1]) * (found[2] === "m" ? 1 : 1000);
}

/** The cache's own pods, and a redirect that leads nowhere (cilium/cilium v1.18.11, cilium-dbg lrp list). */
const cache: Rule = ({ pods, rows, lines }) => {
  const broken = pods.filter(
    ({ name, ready, status }) =>
      /^node-local-dns/.test(name) && (ready === false || /BackOff|Error/.test(status)),
  );
  const few = rows.filter(
    ({ cells }) =>
      cells.NAME === "node-local-dns" && cells.DESIRED !== undefined && cells.DESIRED !== cells.READY,
  );
  const empty = lines
    .filter(({ command, text }) => /lrp list/.test(command) && /:53\/(?:UDP|TCP) ->\s*$/.test(text))
    .map((line) => quoteOf(line));
  const quotes = [
    ...broken.map(({ quote }) => quote),
    ...few.map(({ from, line, text }) => ({ file: from.file, line, text: text.trim() })),
    ...empty,
  ];
  return quotes.length === 0 ? [] : [{ cause: "dns-cache", certainty: "sure", quotes }];
};

const UNKNOWN =
  /can't find ([\w.-]+): NXDOMAIN|lookup ([\w.-]+)(?: on \S+)?: no such host|"A+ IN ([\w.-]+)\. .*\bNXDOMAIN/;

/** A name that nobody knows, and a private zone that this VPC does not see. */
const privateZones: Rule = ({ lines, objects, collected }) => {
  const names = lines.flatMap((line) => {
    const found = UNKNOWN.exec(line.text);
    const name = found?.[1] ?? found?.[2] ?? found?.[3] ?? dugFor(line, collected);
    // Search domains of pods make many of these.
    return name === undefined || /cluster\.local$|\.svc$/.test(name) || !name.includes(".")
      ? []
      : [{ name, line }];
  });
  if (names.length === 0) return [];
  const own = clusterVpc(objects);
  const seen = new Set(
    objects.flatMap(({ value }) =>
      listAt(value, "HostedZoneSummaries").map((each) => bare(textAt(each, "Name"))),
    ),
  );
  const isListed = collected.some(({ command }) => /list-hosted-zones-by-vpc/.test(command));
  return names.flatMap(({ name, line }) => {
    // Its zone is AWS's own, and associated by EKS.
    if (/\.eks\.amazonaws\.com$/.test(name)) return [{ ...reading(name, line, []), certainty: "sure" }];
    const zones = objects.filter(
      ({ value }) =>
        textAt(value, "Name") !== "" &&
        covers(bare(textAt(value, "Name")), name) &&
        value.Config !== undefined,
    );
    const elsewhere = zones.filter(
      ({ value, from }) => !isOf(value, from, own, objects) && !seen.has(bare(textAt(value, "Name"))),
    );
    const hidden = isListed && ![...seen].some((zone) => covers(zone, name));
    if (elsewhere.length === 0 && !hidden) return [];
    return [reading(name, line, elsewhere)];
  });
};

/** The name that dig asked for in vain (bind9, bin/dig/dighost.c: the answer's head says NXDOMAIN, its question the name). */
function dugFor(line: Line, collected: World["collected"]): string | undefined {
  const name = /^;([\w.-]+?)\.?\s+IN\s+A+\s*$/.exec(line.text)?.[1];
  if (name === undefined || !/\bdig\b/.test(line.command)) return undefined;
  const part = collected.find(
    ({ file, line: first, text }) =>
      file === line.file && first <= line.number && line.number < first + text.split("\n").length,
  );
  return part !== undefined && /status: NXDOMAIN/.test(part.text) ? name : undefined;
}

function reading(name: string, line: Line, zones: World["objects"]): Reading {
  return {
    cause: "private-zone",
    certainty: zones.length > 0 ? "sure" : "likely",
    quotes: [
      quoteOf(line, name),
      ...zones
        .slice(0, 1)
        .map(({ value, from }) =>
          quoteIn(from, textAt(value, "Name"), `zone ${textAt(value, "Name")} is private`),
        ),
    ],
    detail: name,
  };
}

/** Whether a zone that was asked for by id is associated with the cluster's VPC. */
function isOf(
  zone: World["objects"][number]["value"],
  from: World["objects"][number]["from"],
  vpc: string | undefined,
  objects: World["objects"],
): boolean {
  const whole = objects.find(({ value, from: other }) => other === from && value.HostedZone === zone);
  const vpcs = listAt(whole?.value, "VPCs").map((each) => textAt(each, "VPCId"));
  return vpc !== undefined && vpcs.includes(vpc);
}

function clusterVpc(objects: World["objects"]): string | undefined {
  return objects.map(({ value }) => textAt(value, "vpcId")).find(Boolean);
}

function bare(name: string): string {
  return name.replace(/\.$/, "").toLowerCase();
}

function covers(zone: string, name: string): boolean {
  return name.toLowerCase() === zone || name.toLowerCase().endsWith(`.${zone}`);
}

export const dnsRules: readonly Rule[] = [saidRule(dnsSaid), coreDns, cache, privateZones];
