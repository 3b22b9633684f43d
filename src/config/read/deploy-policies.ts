import nodePath from "node:path";
import { z } from "zod";
import type { Problem } from "./problem";
import { readWrittenFile } from "./written-file";

const texts = z.array(z.string().min(1)).min(1);

const statement = z.strictObject({
  Sid: z.string().regex(/^[A-Za-z0-9]+$/),
  Effect: z.literal("Allow"),
  Action: texts,
  Resource: texts,
  Condition: z.record(z.string(), z.record(z.string(), texts)).optional(),
});

/** By the policy's name behind the role's. */
const policies = z.record(
  z.string().regex(/^[a-z0-9-]{1,40}$/),
  z.strictObject({ Version: z.literal("2012-10-17"), Statement: z.array(statement).min(1) }),
);

type WrittenPolicies = z.output<typeof policies>;

/** Where the deploy role's policies are kept: beside the targets that they are for, with whom they are committed. */
export function deployPoliciesFile(environmentDir: string): string {
  return nodePath.join(environmentDir, "deploy-policy.json");
}

/** What `npx octarine bootstrap` wrote last; undefined where it never did. */
export function readDeployPolicies(file: string): { policies?: WrittenPolicies; problems: Problem[] } {
  const { written, problems } = readWrittenFile(file, policies, "npx octarine bootstrap");
  return { ...(written && { policies: written }), problems };
}
