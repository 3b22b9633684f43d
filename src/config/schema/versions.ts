import { z } from "zod";
import { chartComponents, type Component } from "../../releases/components";
import { addonNames } from "../../releases/release";
import { minorNames } from "../../releases/releases";
import { reason } from "./common";

const versionReason = reason.describe("Why this version and not the release's, for reviewers.");

function versionOf(pattern: RegExp, example: string) {
  return z.strictObject({
    version: z
      .string("is no version; put it in quotes")
      .regex(pattern, `is no exact version; write for example ${example}`)
      .describe("Exact version.")
      .meta({ examples: [example] }),
    reason: versionReason,
  });
}

const chart = versionOf(/^v?\d+\.\d+\.\d+(-[\w.]+)?$/, "1.2.3");
const addon = versionOf(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, "v1.22.4-eksbuild.3");

const kubernetes = z.strictObject({
  version: z.enum(minorNames).describe("Minor version. Its add-ons and node images come with it."),
  reason: versionReason,
});

const of = <S extends z.ZodType>(names: readonly Component[], schema: S, what: string) =>
  names.map((name) => [name, schema.optional().describe(`${what} ${name}.`)] as const);

export const versionsSchema = z
  .strictObject({
    kubernetes: kubernetes.optional().describe("Kubernetes of the control plane and the nodes."),
    ...Object.fromEntries([
      ...of(addonNames, addon, "EKS add-on"),
      ...of(["al2023"], versionOf(/^\d+\.\d+\.\d+-\d{8}$/, "1.35.6-20260714"), "Node image"),
      ...of(["bottlerocket"], versionOf(/^\d+\.\d+\.\d+-[0-9a-f]{8}$/, "1.65.0-0be31b34"), "Node image"),
      ...of(["gateway-api"], versionOf(/^v\d+\.\d+\.\d+$/, "v1.4.1"), "Bundle of CRDs:"),
      ...of(chartComponents, chart, "Chart of"),
    ]),
  })
  .default({})
  .describe(
    "Single versions in place of the release's, each with a reason. The matrix of versions checks them.",
  );
