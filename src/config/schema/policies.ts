import { z } from "zod";
import { reason, shortName } from "./common";
import { shortOrMap } from "./short-or-map";

/** `example` of a reason is one of the place where the level stands. */
export const podSecurity = (example: string) =>
  z
    .union(
      [
        z.literal("restricted").transform(() => ({ level: "restricted" as const })),
        z.strictObject({
          level: z
            .enum(["baseline", "privileged"])
            .describe("Weaker level. baseline: no known way to the node; privileged: everything."),
          reason: reason(example),
        }),
      ],
      {
        error: shortOrMap("must be restricted or { level: baseline | privileged, reason }"),
      },
    )
    .describe("Pod Security level that is enforced: restricted, or a weaker one with a reason.");

export const defaultDeny = (example: string) =>
  z
    .union(
      [
        z.literal(true).transform(() => ({ enabled: true as const })),
        z.strictObject({
          enabled: z.literal(false).describe("All traffic passes, in both directions."),
          reason: reason(example),
        }),
      ],
      { error: shortOrMap("must be true or { enabled: false, reason }") },
    )
    .describe(
      "No traffic in either direction except what every pod needs (DNS, its own namespace, AWS identity, scraping) and what is listed.",
    );

const action = (rule: string, example: string) =>
  z
    .union(
      [
        z.literal("deny").transform(() => ({ action: "deny" as const })),
        z.strictObject({
          action: z
            .enum(["warn", "audit", "none"])
            .describe(
              "What happens in place of a refusal. warn: tell the user and the audit log; audit: only the log; none: no rule.",
            ),
          reason: reason(example),
        }),
      ],
      { error: shortOrMap("must be deny or { action: warn | audit | none, reason }") },
    )
    .prefault("deny")
    .describe(rule);

const namespaceName = shortName(63);

const registry = z
  .string()
  .regex(
    /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._/-]*[a-z0-9])?$/,
    "is not a registry; write host or host/path, without https:// and a slash at the end",
  )
  .meta({ examples: ["111122223333.dkr.ecr.us-east-1.amazonaws.com"] });

const annotation = z
  .string()
  .regex(
    /^(service\.beta\.kubernetes\.io\/aws-load-balancer-|alb\.ingress\.kubernetes\.io\/)[a-z0-9.-]*\*?$/,
    "is not an annotation of load balancers; write service.beta.kubernetes.io/aws-load-balancer-<name> or alb.ingress.kubernetes.io/<name>, or a beginning of one with * behind it",
  )
  .meta({ examples: ["alb.ingress.kubernetes.io/group.name"] });

/** Policies without any wish. */
export const anyPoliciesSchema = z.strictObject({
  podSecurity: podSecurity("charts bought run as root until 2027: PLAT-290").prefault("restricted"),
  defaultDeny: defaultDeny("flows are being collected until June: PLAT-287").prefault(true),
  allowedRegistries: z
    .array(registry)
    .min(1, "allows no image at all; name a registry, or leave the key out")
    .optional()
    .describe(
      "Registries, or paths in them, that images may come from. Default: images.mirror, or the account's own registry in the region. What the platform's components add to pods is allowed as well.",
    ),
  admission: z
    .strictObject({
      imageRegistries: action(
        "Images come only from allowedRegistries.",
        "two teams move their images by May: REG-14",
      ),
      imageTags: action(
        "Images have a digest, or a tag other than latest.",
        "the build of the old shop has one tag: WEB-790",
      ),
      resourceRequests: action(
        "Containers request CPU and memory; without requests, nodes become overcommitted.",
        "requests are measured until June: CAP-33",
      ),
      readinessProbes: action(
        "Containers of deployments, stateful sets and daemon sets have a readiness probe.",
        "agents without a port have nothing to probe: OBS-41",
      ),
      publicLoadBalancers: action(
        "Load balancers face the internet only from ingress.loadBalancers.publicNamespaces.",
        "sandbox: teams try public services: LAB-3",
      ),
      loadBalancerAnnotations: action(
        "Load balancers have no annotations other than known harmless ones.",
        "annotations of the old ingresses are sorted out: WEB-822",
      ),
      secretStores: action(
        "Stores, generators and pushes of External Secrets use a service account of their namespace and no role.",
        "the vault of another account is read by a role: SEC-203",
      ),
      foreignRights: action(
        "No objects through which a controller acts with rights of its own: target group bindings, security groups of pods, issuers and certificates of the CA in AWS, DNS records.",
        "teams bind target groups of their own until March: NET-310",
      ),
    })
    .prefault({})
    .describe("What the API server checks besides Pod Security, outside the platform's own namespaces."),
  loadBalancerAnnotations: z
    .array(annotation)
    .default([])
    .describe(
      "Annotations of load balancers that are allowed in addition to those for listeners and health checks.",
    ),
  exemptNamespaces: z
    .record(namespaceName, reason("its pods ask for no CPU: ticket PLAT-301"))
    .default({})
    .describe(
      "Namespaces that the admission rules leave out besides the platform's own, each with the reason.",
    )
    .meta({ examples: [{ "vendor-operator": "its pods ask for no CPU: ticket PLAT-301" }] }),
});

export const policiesSchema = anyPoliciesSchema
  .optional()
  .describe(
    "What holds in all namespaces. Default: everything below at its default, once there are namespaces.",
  );

export type PoliciesConfig = z.output<typeof anyPoliciesSchema>;
