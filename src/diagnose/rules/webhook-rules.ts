import { type Line, quoteOf, type Quote } from "../read/lines";
import type { Reading, Rule } from "../rule";
import type { World } from "../world";

/** kubernetes/apiserver v0.33.13, pkg/util/webhook/error.go and pkg/admission/plugin/webhook. */
const FAILED = /failed calling webhook "([^"]+)"/;
const SERVICE = /https:\/\/([a-z0-9-]+)\.([a-z0-9-]+)\.svc/;
const LATE = /context deadline exceeded|Client\.Timeout exceeded|i\/o timeout|request canceled while waiting/;

const webhooks: Rule = (world) =>
  world.lines.flatMap((line): Reading[] => {
    const name = FAILED.exec(line.text)?.[1];
    return name === undefined ? [] : [{ ...judged(line, name, world), ...aboutOf(line) }];
  });

/** The namespace whose pods answer. */
function aboutOf({ text }: Line): { readonly about?: string } {
  const namespace = SERVICE.exec(text)?.[2];
  return namespace === undefined ? {} : { about: `${namespace}/` };
}

function judged(line: Line, name: string, world: World): Reading {
  const quote = quoteOf(line, "failed calling webhook");
  // EKS refuses to call addresses outside of the VPC.
  if (/Address is not allowed/.test(line.text))
    return { cause: "webhook-overlay", certainty: "sure", quotes: [quote], detail: name };
  const overlay = LATE.test(line.text) ? overlayOf(line, world) : undefined;
  if (overlay !== undefined)
    return { cause: "webhook-overlay", certainty: "sure", quotes: [quote, ...overlay], detail: name };
  const isPlain = /no endpoints available|connection refused|x509/.test(line.text);
  return { cause: "webhook-down", certainty: isPlain ? "sure" : "likely", quotes: [quote], detail: name };
}

/** Why the webhook's pod is taken to be in an overlay; undefined where nothing says so. */
function overlayOf(line: Line, { collected, pods, nodes, target }: World): Quote[] | undefined {
  if (target?.cni === "vpc-cni" || target?.cni === "cilium-eni") return undefined;
  const namespace = SERVICE.exec(line.text)?.[2];
  const own = pods.filter((pod) => pod.namespace === namespace && pod.ip !== "");
  const outside = own.find(({ ip, node }) =>
    isOutside(
      ip,
      node,
      nodes.map(({ address }) => address),
    ),
  );
  if (outside !== undefined) return [outside.quote];
  if (own.length > 0) return undefined;
  const settings = collected.flatMap(({ text, file, line: first }) =>
    text
      .split("\n")
      .flatMap((each, index) =>
        /^\s*(?:ipam: "?cluster-pool|routing-mode: "?tunnel)/.test(each)
          ? [{ file, line: first + index, text: each.trim() }]
          : [],
      ),
  );
  if (settings.length > 0) return settings;
  return target?.cni === "cilium-overlay" ? [] : undefined;
}

/** A pod's address of another network than its node's: by the first two numbers, which a VPC's range holds. */
function isOutside(ip: string, node: string, addresses: readonly string[]): boolean {
  const named = /^ip-(\d+)-(\d+)-/.exec(node);
  const places = [
    ...(named === null ? [] : [`${named[1]}.${named[2]}.`]),
    ...addresses.filter(Boolean).map((each) => each.split(".").slice(0, 2).join(".") + "."),
  ];
  // Secondary ranges of pods are 100.64.0.0/10 with the VPC CNI and custom networking.
  return places.length > 0 && !ip.startsWith("100.") && !places.some((place) => ip.startsWith(place));
}

export const webhookRules: readonly Rule[] = [webhooks];
