import { z } from "zod";
import { chartComponents, type Component } from "../../components/components";
import { isInstalled, pinOf } from "../../releases/pins";
import { addonNames } from "../../components/components";
import { minorNames, releaseNames } from "../../releases/names";
import { releases } from "../../releases/releases";
import { reason } from "./common";

const versionReason = (example: string) =>
  reason(example, "Why this version and not the release's, for reviewers.");

/** How versions of a component are written. */
interface VersionForm {
  readonly what: string;
  readonly pattern: RegExp;
  readonly example: string;
}

const chart = { what: "Chart of", pattern: /^v?\d+\.\d+\.\d+(-[\w.]+)?$/, example: "1.2.3" };
const addon = {
  what: "EKS add-on",
  pattern: /^v\d+\.\d+\.\d+-eksbuild\.\d+$/,
  example: "v1.22.4-eksbuild.3",
};
const al2023 = { what: "Node image", pattern: /^\d+\.\d+\.\d+-\d{8}$/, example: "1.35.6-20260714" };
const bottlerocket = {
  what: "Node image",
  pattern: /^\d+\.\d+\.\d+-[0-9a-f]{8}$/,
  example: "1.65.0-0be31b34",
};
const crds = { what: "Bundle of CRDs:", pattern: /^v\d+\.\d+\.\d+$/, example: "v1.4.1" };

const kubernetes = (why: string) =>
  z.strictObject({
    version: z.enum(minorNames).describe("Minor version. Its add-ons and node images come with it."),
    reason: versionReason(why),
  });

const newest = releases[releaseNames.at(-1)!];

/** Its example is the newest release's own version, which is one that there is. */
function versionOf(name: Component, { what, pattern, example }: VersionForm) {
  const { version } = pinOf(newest, name);
  return z
    .strictObject({
      version: z
        .string("is not a version; put it in quotes")
        .regex(pattern, `is not an exact version; write for example ${example}`)
        .meta({ description: "Exact version, in quotes; it is not looked up.", examples: [version] }),
      reason: versionReason(`a fix in ${name} that we wait for: ticket PLAT-12`),
    })
    .optional()
    .describe(`${what} ${name}, at a version of your own. Default: the release's.`);
}

const of = (names: readonly Component[], form: VersionForm) =>
  names.map((name) => [name, versionOf(name, form)] as const);

export const versionsSchema = z
  .strictObject({
    kubernetes: kubernetes("one minor at a time: ticket PLAT-140")
      .optional()
      .describe(
        "Kubernetes of the control plane, and of the nodes unless nodes says another. Default: the release's.",
      ),
    nodes: kubernetes("the way back stays open until Thursday: PLAT-141")
      .optional()
      .describe(
        "Kubernetes of the nodes and of EKS add-ons, where they stay behind the control plane: EKS can take an upgrade back within seven days, but only while nothing is newer. Default: the control plane's.",
      ),
    ...Object.fromEntries([
      ...of(addonNames.filter(isInstalled), addon),
      ...of(["al2023"], al2023),
      ...of(["bottlerocket"], bottlerocket),
      ...of(["gateway-api"], crds),
      ...of(chartComponents.filter(isInstalled), chart),
    ]),
  })
  .default({})
  .describe(
    "Single versions in place of the release's, each with a reason. They are checked against the version matrix.",
  );
