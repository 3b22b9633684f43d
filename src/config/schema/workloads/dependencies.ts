import { z } from "zod";
import { chosenKey, needlessKeys } from "../chosen-key";
import { reason, shortName } from "../common";
import {
  calledFields,
  calledPeer,
  type CalledPeer,
  callingFields,
  callingPeer,
  type CallingPeer,
  type CallPort,
  portFields,
} from "../peers";
import { portName } from "./ports";

const why = reason("webhooks go to customers' own servers: API-19")
  .optional()
  .describe("Why the service calls it, for reviewers. Needed for 0.0.0.0/0. Default: none.");

/** Ports of a service, by name. */
export type PortNames = "all" | readonly string[];

/** A service of the target, with the names of its ports that are called. */
export interface ServicePeer {
  readonly kind: "service";
  readonly workload: string;
  readonly ports: PortNames;
}

/** Whom a service calls. What is not a service of the target has a number as its port. */
export type Dependency = (ServicePeer | (CalledPeer & { readonly port: CallPort })) & {
  readonly reason?: string | undefined;
};

/** Who calls a service, and which of its ports. */
export interface Caller {
  readonly peer: CallingPeer;
  readonly ports: PortNames;
  readonly reason?: string | undefined;
}

const dependency = z
  .strictObject({
    workload: shortName(40)
      .optional()
      .describe(
        "A service of this target by name; its side is opened, too. Default: none; another key says who.",
      ),
    ports: z
      .array(portName)
      .min(1)
      .optional()
      .describe("With workload: names of its ports that are called. Default: all."),
    ...calledFields,
    pods: calledFields.pods.meta({ examples: [{ app: "ledger" }] }),
    target: calledFields.target.meta({ examples: ["prod/eu-west-1"] }),
    port: portFields.port
      .optional()
      .describe("Port that is called. Needed except with workload, whose ports have names. Default: none."),
    protocol: portFields.protocol,
    reason: why,
  })
  .transform((given, context): Dependency => {
    const chosen = chosenKey(given, ["workload", "cidr", "fqdn", "namespace"], context);
    if (chosen === undefined) return z.NEVER;
    const { reason: because, ports, port, protocol } = given;
    if (chosen.key === "workload") {
      for (const [keys, message] of NOT_WITH_WORKLOAD) needlessKeys(given, keys, message, context);
      if (protocol === "UDP")
        context.addIssue({
          code: "custom",
          path: ["protocol"],
          message: "is UDP, and ports of a workload are TCP; remove it",
        });
      return { kind: "service", workload: chosen.value, ports: ports ?? "all", reason: because };
    }
    needlessKeys(given, ["ports"], "are names of a workload's ports; write port, a number", context);
    const peer = calledPeer(given, context);
    if (port === undefined)
      context.addIssue("has no port; write the number that is called, for example port: 443");
    if (peer === undefined || port === undefined) return z.NEVER;
    return { ...peer, port: { port, protocol }, reason: because };
  });

const NOT_WITH_WORKLOAD = [
  [
    ["port"],
    "is a number, and ports of a workload have names; write ports: [<name>], or leave it out for all",
  ],
  [["target"], "has no effect with workload, which is one of this target; remove it, or write namespace"],
  [["pods"], "has no effect with workload, which says what pods they are; remove it"],
] as const;

export const dependenciesSchema = z
  .array(dependency)
  .prefault([])
  .describe("Everything that the service calls; nothing else gets through, not even in its own namespace.")
  .meta({ examples: [[{ workload: "ledger" }, { cidr: "10.201.20.0/24", port: 3306 }]] });

const caller = z
  .strictObject({
    ...callingFields,
    pods: callingFields.pods.meta({ examples: [{ app: "storefront" }] }),
    target: callingFields.target.meta({ examples: ["prod/eu-central-1"] }),
    ports: z
      .array(portName)
      .min(1)
      .optional()
      .describe("Names of the service's ports that they call. Default: all."),
    reason: reason("the monitoring company probes from anywhere: OBS-52")
      .optional()
      .describe(
        "Why they call, for reviewers. Needed for 0.0.0.0/0, and for callers without an identity where a mesh takes mutual TLS only. Default: none.",
      ),
  })
  .transform(({ ports, reason: because, ...given }, context): Caller => {
    const peer = callingPeer(given, context);
    return peer === undefined ? z.NEVER : { peer, ports: ports ?? "all", reason: because };
  });

export const callersSchema = z
  .array(caller)
  .prefault([])
  .describe("Who calls the service besides services that depend on it, its load balancer and its routes.")
  .meta({ examples: [[{ namespace: "edge" }]] });
