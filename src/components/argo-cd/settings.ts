import { z } from "zod";
import { reason, shortName } from "../../config/schema/common";
import { shortOrMap } from "../../config/schema/short-or-map";
import { certificateArn } from "../aws-load-balancer-controller/settings";
import { storedSecret } from "../../config/schema/stored-secret";
import { hasUser, webAddress } from "../../config/schema/web-address";

const hostName = z
  .string()
  .regex(
    /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/,
    "is not a host name; write for example argocd.example.com",
  );

const repoUrl = z
  .string()
  .regex(/^(https:\/\/|ssh:\/\/git@|git@)[\w.-]+(:\d+)?[/:][\w./~-]+$/, {
    error: ({ input }) =>
      typeof input === "string" && hasUser(input)
        ? "has a user in it, and anybody may read a config; write https://host/path.git, and give the user with credentials"
        : "is not a Git repository; write https://host/path.git or git@host:path.git",
  })
  .meta({ examples: ["https://github.com/acme/fleet.git"] });

/** A name that starts with a dollar sign would be looked up in argocd-secret, and a line break would begin another rule of policy.csv. */
const group = z
  .string()
  .regex(
    /^[^$\s][^\n\r\t]{0,254}$/,
    "is not a group; write its name as the identity provider sends it, in one line",
  );

const project = z
  .strictObject({
    namespaces: z
      .array(shortName(63))
      .min(1)
      .describe("Namespaces that the team's applications may be in, and no other team's.")
      .meta({ examples: [["payments", "payments-jobs"]] }),
    repositories: z
      .array(repoUrl)
      .default([])
      .describe("Repositories of the team, besides gitops.repo.")
      .meta({ examples: [["https://github.com/acme/payments-deploy.git"]] }),
    groups: z
      .array(group)
      .default([])
      .describe("Groups of the identity provider that may see and sync the team's applications."),
  })
  .describe("An AppProject: what a team's applications may touch.");

/** Why a text is not a repository, in the words of its own rule. */
function repoError(issue: { readonly errors?: unknown; readonly input?: unknown }): string {
  if (typeof issue.input !== "string")
    return shortOrMap("must be an address, or { url, revision, credentials }")(issue);
  return repoUrl.safeParse(issue.input).error?.issues[0]?.message ?? "is not a Git repository";
}

const repoMap = z.strictObject({
  url: repoUrl.describe("Git repository with the applications of the fleet."),
  revision: z
    .string()
    // It goes into the template of an ApplicationSet, which would evaluate {{ }}.
    .regex(/^[A-Za-z0-9][\w./+@-]*$/, "is not a branch, tag or commit; write for example main or v1.4.2")
    .default("main")
    .describe("Branch, tag or commit that is deployed. A branch moves with every merge."),
  path: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/, "is not a path; write it without slashes at its ends")
    .optional()
    .describe(
      "Folder of the applications, one folder each: with projects <path>/<target's environment>/<team>/<application>, without <path>/<environment>-<region>/<namespace>. Default: apps with projects, clusters without.",
    ),
  credentials: storedSecret("prod/platform/fleet-repo")
    .optional()
    .describe(
      "Secret in AWS whose JSON has username and password, or sshPrivateKey. Default: a public repository.",
    ),
});

const repo = z.union(
  [repoUrl.transform((url): z.output<typeof repoMap> => ({ url, revision: "main" })), repoMap],
  { error: repoError },
);

export const gitops = z
  .strictObject({
    repo: repo.describe(
      "Where applications come from: its address, or more of it. Alone it makes a project of the namespaces and an ApplicationSet over the folders clusters/<environment>-<region>/<namespace>.",
    ),
    projects: z
      .record(shortName(40), project)
      .default({})
      .describe(
        "Teams by name. Folders of a team without a project are not deployed. Without any, the folder of each namespace is.",
      ),
    argocd: z
      .strictObject({
        host: hostName
          .optional()
          .describe(
            "Host name under which users reach Argo CD. Needed for SSO. Default: none; only by kubectl port-forward.",
          ),
        route: z
          .union(
            [
              z.strictObject({
                gateway: shortName(40).describe(
                  "A gateway of traffic.gateways, implemented by Istio, that has the host and admits namespace argocd.",
                ),
              }),
              z.strictObject({
                class: z
                  .enum(["alb", "alb-public"])
                  .describe("An Application Load Balancer. alb: internal; alb-public: faces the internet."),
                group: shortName(63)
                  .optional()
                  .describe("Ingresses with one group share a load balancer. Default: one of its own."),
                certificateArns: z
                  .array(certificateArn)
                  .default([])
                  .describe(
                    "ARNs of ACM certificates of the load balancer. Default: those of ingress.loadBalancers, or found by the host.",
                  ),
              }),
              z.strictObject({
                none: z.literal(true).describe("Somebody else routes the host to Argo CD."),
                reason: reason("the company's access proxy leads to it: SEC-340"),
              }),
            ],
            { error: "must be one of { gateway }, { class }, { none: true, reason }" },
          )
          .optional()
          .describe(
            "How users get from the host to Argo CD. Default: the gateway that has the host and admits namespace argocd, otherwise an internal load balancer.",
          ),
        sso: z
          .strictObject({
            issuer: webAddress(
              /^https$/,
              "is not an issuer's address; write for example https://login.example.com",
            )
              .describe("Address of the OIDC issuer, which Argo CD and browsers have to reach.")
              .meta({ examples: ["https://login.example.com"] }),
            secret: storedSecret("prod/platform/argocd-sso").describe(
              "Secret in AWS whose JSON has clientID and clientSecret.",
            ),
            adminGroups: z
              .array(group)
              .default([])
              .describe("Groups of the identity provider that may do everything in Argo CD."),
          })
          .optional()
          .describe("Sign-in by OIDC. The built-in admin is then off. Default: the built-in admin."),
      })
      .prefault({})
      .describe("Argo CD, highly available: three Redis, needs three nodes."),
    rollouts: z.boolean().default(false).describe("Argo Rollouts: canary and blue-green releases."),
  })
  .optional()
  .describe(
    "Argo CD, which deploys a repository of applications. Default: none; nothing but Terraform deploys.",
  );
