import { z } from "zod";

/** Day of a decision. A check against today would make output depend on the clock. */
const day = z
  .string('is not a day; write YYYY-MM-DD in quotes, for example "2026-10-02"')
  .refine(
    (text) =>
      /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true,
    "is not a day; write YYYY-MM-DD, for example 2026-10-02",
  )
  .meta({ examples: ["2026-10-02"] });

const approval = (subject: string, example: { approvedBy: string; on: string }) =>
  z
    .strictObject({
      approvedBy: z
        .string()
        .min(2, "names nobody; write who decided, for example network-board")
        .describe("Who decided: a person or board that can be asked.")
        .meta({ examples: [example.approvedBy] }),
      on: day.describe("Day of the decision, YYYY-MM-DD.").meta({ examples: [example.on] }),
      note: z
        .string()
        .optional()
        .describe("What was looked at, or where the decision is written. Default: none."),
    })
    .optional()
    .describe(`Who approved that ${subject}. Needed for dual-stack and ipv6. Default: nobody.`);

/** What a cluster team can't decide alone, and what each approval says. */
export const readinessSubjects = {
  applications: "workloads and what they call over the network speak IPv6",
  "on-premises": "networks on premises reach the VPC by IPv6, or need not",
  tooling: "security, logging and search tools read IPv6 addresses",
  "allow-lists": "partners' allow-lists and your own take IPv6 addresses",
} as const;
export type ReadinessSubject = keyof typeof readinessSubjects;

export const ipv6Schema = z
  .strictObject({
    mode: z
      .enum(["ipv4", "dual-stack", "ipv6"])
      .default("ipv4")
      .describe(
        "Address families. ipv4: no IPv6 anywhere; dual-stack: VPC and subnets have both, the cluster IPv4; ipv6: pods and services have IPv6. The cluster's family can't be changed later.",
      ),
    readiness: z
      .strictObject({
        applications: approval(readinessSubjects.applications, {
          approvedBy: "application-owners",
          on: "2026-09-14",
        }),
        "on-premises": approval(readinessSubjects["on-premises"], {
          approvedBy: "network-board",
          on: "2026-10-02",
        }),
        tooling: approval(readinessSubjects.tooling, {
          approvedBy: "security-operations",
          on: "2026-09-28",
        }),
        "allow-lists": approval(readinessSubjects["allow-lists"], {
          approvedBy: "partner-desk",
          on: "2026-10-05",
        }),
      })
      .optional()
      .describe("Who approved IPv6. Each item is needed for dual-stack and ipv6. Default: nobody."),
  })
  .prefault({})
  .describe("IPv6, a decision of the whole enterprise: each of its owners is named.");
