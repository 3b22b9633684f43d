import { type Line, quoteOf } from "../read/lines";
import type { Reading, Rule } from "../rule";
import type { World } from "../world";

/**
 * Drops by policy: of Hubble (cilium/cilium v1.18.11, hubble/pkg/printer/printer.go), of cilium-dbg monitor (pkg/monitor/api/drop.go, 133 and
 * 181), and of the network policy agent of EKS (aws/aws-network-policy-agent v1.4.1, pkg/ebpf/events/events.go).
 */
const DROP =
  /Policy denied|POLICY_DENIED|policy-verdict:\S+ (?:INGRESS|EGRESS) DENIED|Verdict: DENY|"Verdict": ?"DENY"/;

const drops: Rule = (world) =>
  world.lines.flatMap((line): Reading[] => {
    if (!DROP.test(line.text)) return [];
    return [
      {
        cause: isDns(line, world) ? "dns-policy" : "policy-blocks",
        certainty: "sure",
        quotes: [quoteOf(line, DROP.exec(line.text)?.[0])],
        ...wayOf(line.text),
      },
    ];
  });

function isDns({ text }: Line, { pods }: World): boolean {
  const port = portOf(text);
  if (port === "53") return true;
  // Behind a Service, CoreDNS may listen on another port.
  const to = /-> ?([\d.]+):\d+/.exec(text)?.[1];
  const isCoreDns = pods.some(({ name, ip }) => /^coredns-/.test(name) && ip !== "" && ip === to);
  return isCoreDns && port !== "9153" && port !== "8080";
}

function portOf(text: string): string {
  return (
    /Dest Port: (\d+)/.exec(text)?.[1] ??
    /"destination_port":(\d+)/.exec(text)?.[1] ??
    /(?:->|<>) ?\S+?:(\d+)(?: |$)/.exec(text)?.[1] ??
    ""
  );
}

function wayOf(text: string): { readonly detail?: string } {
  const hubble = /(\S+):\d+ \([^)]*\) (?:<>|->) (\S+:\d+)/.exec(text);
  if (hubble !== null) return { detail: `${hubble[1]} to ${hubble[2]}` };
  const agent = /Src IP: (\S+).*Dest IP: (\S+) Dest Port: (\d+)/.exec(text);
  if (agent !== null) return { detail: `${agent[1]} to ${agent[2]}:${agent[3]}` };
  const [from, to] = [...text.matchAll(/"namespace":"([^"]+)","pod_name":"([^"]+)"/g)].map(
    ([, namespace, pod]) => `${namespace}/${pod}`,
  );
  return from === undefined || to === undefined ? {} : { detail: `${from} to ${to}` };
}

export const policyRules: readonly Rule[] = [drops];
