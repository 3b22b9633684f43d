import { quoteOf } from "../read/lines";
import { at, type Found, listAt, quoteIn, textAt } from "../read/values";
import type { Reading, Rule } from "../rule";

/** A name that is not answered, as resolvers and programs say it; NXDOMAIN is an answer. */
const UNANSWERED =
  /no servers could be reached|Temporary failure in name resolution|EAI_AGAIN|lookup \S+ on \S+: read udp .*i\/o timeout|Could not resolve host|[Nn]ame resolution timed out/;

/** NetworkPolicies that let pods of a namespace out, but not to DNS, where names stay unanswered. */
const withoutDns: Rule = ({ objects, lines }) => {
  const asked = lines.filter(({ text }) => UNANSWERED.test(text));
  if (asked.length === 0) return [];
  return objects
    .filter((each) => closesDns(each))
    .flatMap(({ value, from }): Reading[] => {
      const namespace = textAt(value, "metadata", "namespace");
      const name = textAt(value, "metadata", "name");
      const isOpen = objects.some(
        (other) =>
          isPolicy(other) &&
          textAt(other.value, "metadata", "namespace") === namespace &&
          isOfAll(other) &&
          opensDns(other),
      );
      // Lines that don't say where they are from may be of any namespace.
      const line = asked.find(({ command, about }) => isIn(namespace, command, about));
      if (isOpen || line === undefined) return [];
      return [
        {
          cause: "dns-policy",
          certainty: "likely",
          quotes: [
            quoteIn(from, name, `networkpolicy ${namespace}/${name}: lets pods out, and not to port 53`),
            quoteOf(line),
          ],
          detail: `${namespace}/${name}`,
          about: `${namespace}/`,
        },
      ];
    });
};

function isIn(namespace: string, command: string, about: string | undefined): boolean {
  const given =
    /(?:^| )(?:-n|--namespace)[ =]?([a-z0-9-]+)/.exec(command)?.[1] ?? about?.replace(/\/.*$/, "");
  return given === undefined || namespace === "" || given === namespace;
}

function isPolicy({ value }: Found): boolean {
  return value.kind === "NetworkPolicy" || value.kind === "CiliumNetworkPolicy";
}

function closesDns(policy: Found): boolean {
  if (!isPolicy(policy)) return false;
  const types = listAt(policy.value, "spec", "policyTypes");
  const egress = at(policy.value, "spec", "egress");
  return (types.includes("Egress") || Array.isArray(egress)) && !opensDns(policy);
}

/** A rule without ports opens all of them; Cilium's stand in `toPorts`. */
function opensDns({ value }: Found): boolean {
  return listAt(value, "spec", "egress").some((rule) => {
    const ports = [
      ...listAt(rule, "ports"),
      ...listAt(rule, "toPorts").flatMap((each) => listAt(each, "ports")),
    ];
    if (ports.length > 0) return ports.some((each) => /^(?:53|dns|dns-tcp)$/.test(textAt(each, "port")));
    return (
      at(rule, "to") === undefined || listAt(rule, "to").some((to) => at(to, "podSelector") === undefined)
    );
  });
}

function isOfAll({ value }: Found): boolean {
  const selector = at(value, "spec", "podSelector") ?? at(value, "spec", "endpointSelector");
  return typeof selector === "object" && selector !== null && Object.keys(selector).length === 0;
}

export const writtenPolicyRules: readonly Rule[] = [withoutDns];
