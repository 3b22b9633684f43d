import { z } from "zod";
import type { Cidr } from "../../ip-capacity/cidr";
import { type Chosen, chosenKey, needlessKeys } from "./chosen-key";
import { cidr, shortName, targetName } from "./common";
import { labelMap } from "./labels";

/** Pods of a namespace at one end of a call. */
export interface NamespacePeer {
  readonly kind: "pods";
  readonly namespace: string;
  /** Labels that they have; absent: all of the namespace. */
  readonly pods?: Readonly<Record<string, string>>;
  /** A peer in Cilium's mesh that they run in; absent: the target itself. */
  readonly target?: string;
}

/** Addresses outside of the cluster. */
export interface RangePeer {
  readonly kind: "range";
  readonly cidr: Cidr;
}

/** Servers by DNS name, `*.` in front for all of its names. */
export interface NamePeer {
  readonly kind: "name";
  readonly fqdn: string;
}

export interface LoadBalancerPeer {
  readonly kind: "load-balancer";
  readonly scheme: "public" | "internal";
}

/** Whom pods may call. */
export type CalledPeer = NamespacePeer | RangePeer | NamePeer;

/** Who may call pods. */
export type CallingPeer = NamespacePeer | RangePeer | LoadBalancerPeer;

export interface CallPort {
  /** 1 to 65535. */
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
}

export const podLabels = labelMap
  .refine(
    (all) => Object.keys(all).length > 0,
    "selects every pod of the namespace; name a label, or leave it out",
  )
  .meta({ examples: [{ app: "orders" }] });

export const portFields = {
  port: z.number().int().min(1).max(65535).describe("Port of the pods, or of the server that they call."),
  protocol: z.enum(["TCP", "UDP"]).default("TCP").describe("Transport protocol: TCP or UDP."),
};

const namespaceFields = {
  namespace: shortName(63)
    .optional()
    .describe("Pods of this namespace. Default: none; another key says who."),
  pods: podLabels
    .optional()
    .describe("With namespace: only pods with these labels. Default: all of the namespace."),
  target: targetName
    .optional()
    .describe("With namespace: the one in this target, a peer in Cilium's mesh. Default: the target itself."),
};

/** Keys that say whom pods may call. */
export const calledFields = {
  cidr: cidr
    .optional()
    .describe("Servers outside the cluster, by range. Default: none; another key says who.")
    .meta({ examples: ["10.201.20.0/24"] }),
  fqdn: z
    .string()
    .regex(
      /^(\*\.)?([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
      "is not a DNS name; write for example api.example.com or *.example.com",
    )
    .optional()
    .describe(
      "Servers by DNS name; * stands for one label in front. Needs Cilium. Default: none; another key says who.",
    )
    .meta({ examples: ["api.stripe.com"] }),
  ...namespaceFields,
};

/** Keys that say who may call pods. */
export const callingFields = {
  cidr: cidr
    .optional()
    .describe("Clients outside the cluster, by range. Default: none; another key says who.")
    .meta({ examples: ["10.202.0.0/20"] }),
  loadBalancer: z
    .enum(["public", "internal"])
    .optional()
    .describe(
      "Load balancers: their requests and health checks. public: those in the public subnets; internal: those in the node subnets. Default: none; another key says who.",
    ),
  ...namespaceFields,
};

interface Given {
  readonly cidr?: Cidr | undefined;
  readonly namespace?: string | undefined;
  readonly pods?: Readonly<Record<string, string>> | undefined;
  readonly target?: string | undefined;
}

/** The server or the pods that are called. Undefined: nobody, or several, which is an issue. */
export function calledPeer(
  given: Given & { readonly fqdn?: string | undefined },
  context: z.RefinementCtx,
): CalledPeer | undefined {
  const chosen = chosenKey(given, ["cidr", "fqdn", "namespace"], context);
  if (chosen?.key !== "fqdn") return chosen && podsOrRange(chosen, given, context);
  withoutPods(given, context);
  return { kind: "name", fqdn: chosen.value };
}

/** Who calls. Undefined: nobody, or several, which is an issue. */
export function callingPeer(
  given: Given & { readonly loadBalancer?: LoadBalancerPeer["scheme"] | undefined },
  context: z.RefinementCtx,
): CallingPeer | undefined {
  const chosen = chosenKey(given, ["cidr", "loadBalancer", "namespace"], context);
  if (chosen?.key !== "loadBalancer") return chosen && podsOrRange(chosen, given, context);
  withoutPods(given, context);
  return { kind: "load-balancer", scheme: chosen.value };
}

/** What may be at either end of a call. */
function podsOrRange(
  chosen: Chosen<Given, "cidr" | "namespace">,
  given: Given,
  context: z.RefinementCtx,
): NamespacePeer | RangePeer {
  if (chosen.key === "cidr") {
    withoutPods(given, context);
    return { kind: "range", cidr: chosen.value };
  }
  const { pods, target } = given;
  return {
    kind: "pods",
    namespace: chosen.value,
    ...(pods && { pods }),
    ...(target !== undefined && { target }),
  };
}

function withoutPods(given: Given, context: z.RefinementCtx): void {
  needlessKeys(given, ["pods", "target"], "has no effect without namespace; remove it", context);
}
