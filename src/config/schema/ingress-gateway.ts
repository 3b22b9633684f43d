import { z } from "zod";
import { cidr, reason, shortName } from "./common";
import { replicas } from "./mesh-replicas";

const PRESERVED =
  "would bring packets with the callers' own addresses to private subnets, by which network policies and ACLs judge; write proxy-protocol";

interface GatewayExample {
  readonly callers: string;
  readonly reason: string;
}

const callers = (example: GatewayExample) =>
  z
    .union(
      [
        z
          .array(cidr)
          .min(1)
          .transform((cidrs) => ({ kind: "ranges" as const, cidrs })),
        z
          .strictObject({
            anyone: z.literal(true).describe("The whole internet, without a web ACL."),
            reason: reason(example.reason),
          })
          .transform(({ reason }) => ({ kind: "anyone" as const, reason })),
      ],
      { error: "must be a list of IPv4 ranges, or { anyone: true, reason }" },
    )
    .optional()
    .describe(
      "IPv4 ranges that may call its load balancer. A public one needs them, or a reason, or loadBalancer: alb with ingress.loadBalancers.wafAclArn. Default: an internal one lets in whoever reaches the VPC.",
    )
    .meta({ examples: [[example.callers]] });

/** Who may call a load balancer by what it says itself: nothing of that leaves it to the network and to a web ACL. */
type Callers = NonNullable<z.output<ReturnType<typeof callers>>> | { readonly kind: "unsaid" };

/** The load balancer in front of a gateway, with what only one of its kind knows. */
type Front =
  | { readonly kind: "nlb"; readonly clientAddress: "load-balancer" | "proxy-protocol" }
  | { readonly kind: "alb" };

/** One ingress gateway of Istio: an Envoy with a load balancer of its own. */
const gateway = (example: GatewayExample) =>
  z.strictObject({
    replicas,
    scheme: z
      .enum(["internal", "public"])
      .default("internal")
      .describe(
        "Who reaches its load balancer. internal: the VPC and networks connected with it; public: the internet, which needs istio-ingress in ingress.loadBalancers.publicNamespaces.",
      ),
    loadBalancer: z
      .enum(["nlb", "alb"])
      .default("nlb")
      .describe(
        "What is in front of it. nlb: TLS ends at the gateway, with its certificate; alb: TLS ends at an ALB with certificates of ACM, which may have a web ACL, and which speaks TLS to the gateway again. An NLB takes no web ACL.",
      ),
    callers: callers(example),
    clientAddress: z
      .enum(["load-balancer", "proxy-protocol"], {
        error: ({ input }) => (input === "preserve" ? PRESERVED : undefined),
      })
      .default("load-balancer")
      .describe(
        "Address that the gateway, its rules and its logs know of callers behind an NLB. load-balancer: that of the NLB; proxy-protocol: their own, in a header before the first byte, where health is only that the port opens. An ALB tells it in X-Forwarded-For.",
      ),
  });

/** As the model has it: what goes with one choice is beside that choice. */
const parsed = (schema: ReturnType<typeof gateway>) =>
  schema.transform(({ loadBalancer, clientAddress, callers: said, ...given }, context) => {
    if (loadBalancer === "alb" && clientAddress === "proxy-protocol")
      context.addIssue({
        code: "custom",
        path: ["clientAddress"],
        message: "works with an NLB only: an ALB tells the address in X-Forwarded-For; remove it",
      });
    const front: Front = loadBalancer === "alb" ? { kind: "alb" } : { kind: "nlb", clientAddress };
    const callers: Callers = said ?? { kind: "unsaid" };
    return { ...given, front, callers };
  });

export const ingressGateway = parsed(
  gateway({
    callers: "203.0.113.0/24",
    reason: "the shop is for everybody, and a CDN with a web ACL is in front: EDGE-31",
  }),
);

/** A Helm release has 53 characters at most: istio-ingressgateway-, the key, and alb- of what is in front. */
const MOST_CHARACTERS = 28;

export const ingressGateways = z
  .record(
    shortName(MOST_CHARACTERS),
    parsed(
      gateway({
        callers: "198.51.100.0/24",
        reason: "a public API, limited by its own keys: EDGE-40",
      }).describe("An ingress gateway."),
    ),
  )
  .prefault({})
  .describe(
    "Further ingress gateways by name, each with an Envoy and a load balancer of its own: one for the internet beside an internal one. traffic.gateways say which of them carries them out.",
  )
  .meta({
    examples: [{ public: { scheme: "public", callers: ["192.0.2.0/24"] }, internal: {} }],
  });

export type IngressGatewayConfig = z.output<typeof ingressGateway>;
