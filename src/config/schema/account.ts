import { z } from "zod";
import { serviceLinkedRoleNames } from "../../facts/service-linked-roles";
import { bucketName, cidr, knownRegion, role, securityGroupId, shortName } from "./common";
import { deployPolicySchema } from "./deploy-policy";
import { ELSEWHERE, transitGatewayId } from "./network/connections";
import { MOST_TAGS, tagKey, tagValue } from "./tags";

const ciOptions = {
  role: z
    .string()
    .regex(
      /^[\w+=,.@-]{1,64}$/,
      "is not a role name; write letters, digits and dashes, at most 64, without a path",
    )
    .default("octarine-ci")
    .describe("Name of the IAM role that CI gets. Environments that share an account need different ones."),
  provider: z
    .enum(["create", "existing"])
    .default("create")
    .describe(
      "Who makes the account's OIDC provider, of which there is one for each CI host. create: bootstrap does, and fails where there is one; existing: it exists already.",
    ),
};

export const accountSchema = z
  .strictObject({
    id: z
      .string("is not an account id; write its 12 digits in quotes, so that leading zeros stay")
      .regex(/^\d{12}$/, "is not an account id; write its 12 digits in quotes")
      .refine((id) => !/^0+$/.test(id), "is not an account; write the 12 digits of yours")
      .describe("AWS account of the environment. Every provider refuses to work in another one.")
      .meta({ examples: ["111122223333"] }),
    organizationId: z
      .string()
      .regex(/^o-[a-z0-9]{10,32}$/, "is not an organization id; write for example o-a1b2c3d4e5")
      .optional()
      .describe(
        "AWS Organizations id. VPC endpoints then admit the organization's identities and resources, not only the account's. Default: none.",
      )
      .meta({ examples: ["o-a1b2c3d4e5"] }),
    scps: z
      .array(
        z.strictObject({
          level: z
            .string()
            .min(1)
            .describe("What the policies are attached to, as messages name it: root, a unit, the account.")
            .meta({ examples: ["root"] }),
          files: z
            .array(
              z
                .string()
                .regex(
                  /^(?!\/).*\.json$/,
                  "is not a file of a policy; write the path of a .json file, relative to this file",
                ),
            )
            .min(1, "names no policy; list its files, or leave the level out")
            .max(10, "are more than AWS attaches at one level: at most 10")
            .describe("Policies as JSON, as Organizations has them; relative to the file that names them.")
            .meta({ examples: [["../../scps/regions.json"]] }),
        }),
      )
      .max(7, "are more levels than an account has: root, five units, the account")
      .default([])
      .describe(
        "Service control policies above the account, by level: each has to allow what the platform calls. A level whose policies only deny has FullAWSAccess besides. Nothing is made of them; the proof of permissions reads them.",
      ),
    deployRole: role
      .default("octarine-deploy")
      .describe("Role that every provider and the state backend assume. It is always cluster administrator.")
      .meta({ examples: ["octarine-deploy"] }),
    deployPolicy: deployPolicySchema,
    keyAdministrators: z
      .array(role)
      .default([])
      .describe("Roles that may administer the KMS keys, besides the deploy role.")
      .meta({ examples: [["KeyAdmin"]] }),
    deployers: z
      .array(role)
      .default([])
      .describe(
        "Roles that may assume the deploy role, besides CI: whoever holds one of them can change everything. Used by the bootstrap stack.",
      )
      .meta({ examples: [["PlatformOnCall"]] }),
    ci: z
      .discriminatedUnion("kind", [
        z.strictObject({
          kind: z.literal("github").describe("GitHub Actions deploys: its OIDC tokens become the CI role."),
          subjects: z
            .array(
              z
                .string()
                .regex(
                  /^repo:[^*?${}\s]+$/,
                  "is not a subject; write repo:<owner>/<name>:environment:<name>",
                ),
            )
            .min(1)
            .describe(
              "OIDC subjects that may assume the CI role, exactly as GitHub sends them. A pull_request subject lets any code in the repository deploy.",
            )
            .meta({ examples: [["repo:acme/platform:environment:prod"]] }),
          ...ciOptions,
        }),
        z.strictObject({
          kind: z.literal("gitlab").describe("GitLab CI deploys: its OIDC tokens become the CI role."),
          host: z
            .string()
            .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, "is not a host; write for example gitlab.com")
            .default("gitlab.com")
            .describe("Host of the GitLab instance. AWS must be able to reach it for its keys."),
          subjects: z
            .array(
              z
                .string()
                .regex(
                  /^project_path:[^*?${}\s]+$/,
                  "is not a subject; write project_path:<group>/<project>:...",
                ),
            )
            .min(1)
            .describe("OIDC subjects that may assume the CI role, exactly as GitLab sends them.")
            .meta({ examples: [["project_path:acme/platform:ref_type:branch:ref:main"]] }),
          ...ciOptions,
        }),
      ])
      .optional()
      .describe(
        "CI that deploys by OIDC, without stored keys. Used by the bootstrap stack. Default: none; people deploy.",
      ),
    serviceLinkedRoles: z
      .array(z.enum(serviceLinkedRoleNames))
      .default([...serviceLinkedRoleNames])
      .describe(
        "Service-linked roles that the bootstrap stack makes, or takes over where the account has them already.",
      ),
  })
  .describe("The AWS account and who deploys into it.");

export const stateSchema = z
  .strictObject({
    region: knownRegion
      .describe("Region of the state bucket. It need not be the target's own.")
      .meta({ examples: ["us-east-1"] }),
    bucket: bucketName
      .optional()
      .describe("State bucket of the environment. Default: octarine-state-<environment>-<account id>."),
  })
  .describe("Where Terraform keeps its state: one bucket per environment, a workspace per target.");

const runnerSources = {
  securityGroups: z
    .array(securityGroupId)
    .default([])
    .describe("Security groups of the runners, admitted to the API server on port 443.")
    .meta({ examples: [["sg-0c1d2e3f405162738"]] }),
  cidrs: z
    .array(cidr)
    .prefault([])
    .describe("Address ranges of the runners, admitted to the API server on port 443.")
    .meta({ examples: [["10.0.64.0/24"]] }),
};

export const runnerSchema = z
  .discriminatedUnion("reach", [
    z.strictObject({
      reach: z
        .literal("in-vpc")
        .describe("The runner is in the VPC. Without groups or ranges, the whole VPC is admitted."),
      ...runnerSources,
    }),
    z.strictObject({
      reach: z.literal("peered").describe("The runner connects over VPN, a transit gateway or peering."),
      securityGroups: runnerSources.securityGroups,
      cidrs: runnerSources.cidrs
        .unwrap()
        .min(1, "has no range; write the runner's addresses, for example [10.250.0.0/24]")
        .describe("Address ranges that the runners come from, admitted to the API server on port 443.")
        .meta({ examples: [["10.250.0.0/24"]] }),
      via: z
        .union(
          [
            transitGatewayId,
            z
              .string()
              .regex(
                /^pcx-[0-9a-f]{8,17}$/,
                "is not a VPC peering's id; write for example pcx-0123456789abcdef0",
              ),
            z.literal(ELSEWHERE),
          ],
          {
            error:
              "must be a transit gateway's id such as tgw-0123456789abcdef0, a VPC peering's such as pcx-0123456789abcdef0, or elsewhere",
          },
        )
        .optional()
        .describe(
          "What leads to the runner, for the API server's answers. elsewhere: somebody else adds the routes to node_route_table_ids and control_plane_route_table_id of the network stack. Default: elsewhere, with a warning.",
        )
        .meta({ examples: ["tgw-0123456789abcdef0"] }),
    }),
    z.strictObject({
      reach: z
        .literal("ssm-tunnel")
        .describe("A Session Manager port forward through an instance in the VPC."),
      instanceId: z
        .string()
        .regex(/^i-[0-9a-f]{8,17}$/, "is not an instance id; write for example i-0a1b2c3d4e5f60718")
        .describe("EC2 instance that the tunnel goes through; it needs the SSM agent.")
        .meta({ examples: ["i-0a1b2c3d4e5f60718"] }),
      localPort: z
        .number()
        .int()
        .min(1024)
        .max(65535)
        .default(8443)
        .describe("Local TCP port that the tunnel listens on, 1024 or above."),
      ...runnerSources,
    }),
    z.strictObject({
      reach: z.literal("public").describe("Over the internet, admitted by cluster.endpoint.cidrs."),
    }),
  ])
  .describe(
    "How the machine that runs Terraform reaches the Kubernetes API. Needed for a private one. Default: over the public endpoint.",
  );

export const tagsSchema = z
  .record(tagKey, tagValue)
  .refine(
    (tags) => Object.keys(tags).length <= MOST_TAGS,
    `are more than fit on a resource: AWS takes 50, of which the platform writes up to ${50 - MOST_TAGS}; write at most ${MOST_TAGS}`,
  )
  .refine(
    (tags) => new Set(Object.keys(tags).map((key) => key.toLowerCase())).size === Object.keys(tags).length,
    "have a name twice in different case, and IAM takes them for one; keep one",
  )
  .default({})
  .describe("AWS tags on everything, instances and volumes included; costs are attributed by them.");

export const imagesSchema = z
  .strictObject({
    mirror: z
      .string()
      .regex(
        /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*$/,
        "is not a registry; write host/path, without https:// and without a slash at the end",
      )
      .describe(
        "Registry prefix in place of the internet: <mirror>/<upstream host>/<path>. Filled before nodes start:" +
          " npx octarine images TARGET --copy crane writes the commands. An ECR pull-through cache needs a NAT gateway" +
          " for every image's first pull, and somebody who is allowed to create its repositories, which nodes are not.",
      )
      .meta({ examples: ["111122223333.dkr.ecr.eu-west-1.amazonaws.com"] }),
  })
  .optional()
  .describe("Where container images come from. Default: the upstream registries.");

export type AccountConfig = z.output<typeof accountSchema>;

export const clusterNameSchema = shortName(40);
