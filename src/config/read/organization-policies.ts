import nodePath from "node:path";
import { z } from "zod";
import type { TargetConfig } from "../schema/target";
import type { Problem } from "./problem";
import { readJsonFile } from "./json-file";
import { type ConfigPath, formatPath, locate, type SourceNode } from "./source-node";

/** A policy of the organization as it was read. */
interface OrganizationPolicy {
  readonly file: string;
  readonly document: unknown;
}

export interface PolicyLevel {
  readonly name: string;
  readonly policies: readonly OrganizationPolicy[];
}

/** What a service control policy holds at most (Organizations User Guide, "Quotas and service limits"). */
const MOST_CHARACTERS = 5120;

const list = z.union([z.string(), z.array(z.string())]);

/** As much of a policy's form as decides whether it is one (Organizations User Guide, "SCP syntax"). */
const policy = z.object({
  Statement: z.preprocess(
    (each: unknown): unknown => (Array.isArray(each) ? (each as unknown[]) : [each]),
    z
      .array(
        z
          .strictObject({
            Sid: z.string().optional(),
            Effect: z.enum(["Allow", "Deny"]),
            Action: list.optional(),
            NotAction: list.optional(),
            Resource: list.optional(),
            NotResource: list.optional(),
            Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
          })
          .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined))
          .refine(({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined)),
      )
      .min(1),
  ),
});

/** The service control policies that a config names, read beside the files that name them. */
export function readServiceControlPolicies(
  { account }: TargetConfig,
  source: SourceNode,
): { levels: PolicyLevel[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const levels = account.scps.map(({ level, files }, index) => ({
    name: level,
    policies: files.flatMap((file, at): OrganizationPolicy[] => {
      const path: ConfigPath = ["account", "scps", index, "files", at];
      const place = locate(source, path).at;
      const read = readPolicy(nodePath.join(nodePath.dirname(place.file), file));
      if ("document" in read) return [{ file, document: read.document }];
      problems.push({ ...place, path: formatPath(path), value: file, message: read.problem });
      return [];
    }),
  }));
  return { levels, problems };
}

function readPolicy(file: string): { document: unknown } | { problem: string } {
  const found = readJsonFile(file);
  if (found.kind === "none")
    return { problem: "does not exist; write the path relative to the file that names it" };
  if (found.kind === "unreadable") return { problem: `can't be read (${found.why})` };
  if (found.kind === "not JSON")
    return { problem: "does not hold JSON; write the policy as Organizations shows it" };
  const document = found.json;
  const characters = JSON.stringify(document).length;
  if (characters > MOST_CHARACTERS)
    return {
      problem: `has ${characters} characters without spaces, and AWS takes at most ${MOST_CHARACTERS}; split the policy`,
    };
  return policy.safeParse(document).success
    ? { document }
    : {
        problem:
          "does not hold a service control policy; each statement needs Effect, Action or NotAction, Resource or NotResource, and has no Principal",
      };
}
