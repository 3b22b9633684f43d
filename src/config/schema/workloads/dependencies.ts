import { z } from "zod";
import { calledPeer, callingPeer, exactlyOne, portFields } from "../allow";
import { reason, shortName } from "../common";
import { portName } from "./ports";

const why = reason("webhooks go to customers' own servers: API-19")
  .optional()
  .describe("Why the service calls it, for reviewers. Needed for 0.0.0.0/0. Default: none.");

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
    ...calledPeer,
    pods: calledPeer.pods.meta({ examples: [{ app: "ledger" }] }),
    target: calledPeer.target.meta({ examples: ["prod/eu-west-1"] }),
    port: portFields.port
      .optional()
      .describe("Port that is called. Needed but with workload, whose ports have names. Default: none."),
    protocol: portFields.protocol,
    reason: why,
  })
  .refine(
    exactlyOne("workload", "cidr", "fqdn", "namespace"),
    "has not exactly one of workload, cidr, fqdn and namespace; write one",
  )
  .refine(
    ({ workload, port }) => (workload === undefined) !== (port === undefined),
    "has a port without need, or none: write ports (names) with workload, and port with all others",
  )
  .refine(
    ({ workload, ports }) => workload !== undefined || ports === undefined,
    "has ports, which are names of a workload's; write port",
  )
  .refine(
    ({ workload, target }) => workload === undefined || target === undefined,
    "has a target, and workload is one of this target; remove it, or write namespace",
  )
  .refine(
    ({ workload, protocol }) => workload === undefined || protocol === "TCP",
    "has protocol UDP, and ports of a workload are TCP; remove it",
  )
  .refine(
    ({ pods, namespace }) => pods === undefined || namespace !== undefined,
    "has pods without a namespace; name it",
  );

export const dependenciesSchema = z
  .array(dependency)
  .prefault([])
  .describe("Everything that the service calls; nothing else gets through, in its own namespace neither.")
  .meta({ examples: [[{ workload: "ledger" }, { cidr: "10.201.20.0/24", port: 3306 }]] });

const caller = z
  .strictObject({
    ...callingPeer,
    pods: callingPeer.pods.meta({ examples: [{ app: "storefront" }] }),
    target: callingPeer.target.meta({ examples: ["prod/eu-central-1"] }),
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
  .refine(
    exactlyOne("cidr", "loadBalancer", "namespace"),
    "has not exactly one of cidr, loadBalancer and namespace; write one",
  )
  .refine(
    ({ pods, namespace }) => pods === undefined || namespace !== undefined,
    "has pods without a namespace; name it",
  );

export const callersSchema = z
  .array(caller)
  .prefault([])
  .describe("Who calls the service besides services that depend on it, its load balancer and its routes.")
  .meta({ examples: [[{ namespace: "edge" }]] });

export type DependencyConfig = z.output<typeof dependency>;
export type CallerConfig = z.output<typeof caller>;
