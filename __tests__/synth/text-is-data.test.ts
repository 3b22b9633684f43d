import fc from "fast-check";
import { targetSchema } from "../../src/config/schema/target";
import { escapeMarked, markTemplates } from "../../src/stacks/base/template-text";
import { aTarget } from "../support/fixtures";
import { hostile, hostileTargets } from "../support/hostile-text";
import { synthTarget } from "../support/synth";

/** Of `$` and `%`, one alone before a brace begins a template; of more, all but one are text (HCL, native syntax, "Templates"). */
const EVALUATED = /(?<!\$)\$\{(octarine|kept)_|(?<!%)%\{octarine_/;

describe.each(Object.entries(hostileTargets()))("of the target %s", (_name, yaml) => {
  const target = aTarget(yaml);
  const stacks = Object.values(synthTarget(target));

  test("no text of the config is evaluated by Terraform", () => {
    for (const json of stacks) expect(json).not.toMatch(EVALUATED);
  });

  test("the text gets there", () => {
    expect(stacks.some((json) => json.includes("$${octarine_"))).toBe(true);
    expect(stacks.some((json) => /[\uE000\uE001]/.test(json))).toBe(false);
  });
});

/** The paths of texts in which the schema takes a template, by the schema's own word. */
function freeTexts(schema: unknown, path: string): string[] {
  const { def } = schema as { def: Def };
  switch (def.type) {
    case "object":
      return Object.entries(def.shape).flatMap(([key, value]) => freeTexts(value, `${path}.${key}`));
    case "record":
      return [...freeTexts(def.keyType, `${path}.<key>`), ...freeTexts(def.valueType, `${path}.*`)];
    case "array":
      return freeTexts(def.element, `${path}[]`);
    case "union":
      return def.options.flatMap((option) => freeTexts(option, path));
    case "optional":
    case "default":
    case "prefault":
      return freeTexts(def.innerType, path);
    case "string": {
      const { safeParse } = schema as { safeParse: (text: string) => { success: boolean } };
      const texts = ["H", "/H", "https://a.b/H", "a@H.b", "arn:aws:s3:::a/H", "x:labels=H"];
      return texts.some((text) => safeParse(text.replace("H", "${x}")).success) ? [path] : [];
    }
    // Text that is parsed to something else refuses what it can't parse; what has keys is looked into as it is written.
    case "pipe":
      return (def.in as { def: { type: string } }).def.type === "string" ? [] : freeTexts(def.in, path);
    default:
      return [];
  }
}

type Def =
  | { type: "object"; shape: Record<string, unknown> }
  | { type: "record"; keyType: unknown; valueType: unknown }
  | { type: "array"; element: unknown }
  | { type: "union"; options: unknown[] }
  | { type: "optional" | "default" | "prefault"; innerType: unknown }
  | { type: "pipe"; in: unknown }
  | { type: "string" };

test("these texts may hold a template, and each is in a target above or is for people only", () => {
  const forPeople =
    /(reason|Reason|\.why|\.by|\.choice|\.note|\.approvedBy|\.owner|\.at|^\.cost\.source|^\.account\.scps\[\]\.level)$/;
  const names = /(zones|instanceTypes|noPolicy|services)\[\]$|\.class$|^\.cost\.prices\.|exemptNamespaces/;
  const all = [...new Set(freeTexts(targetSchema, ""))];

  expect(all.filter((path) => !forPeople.test(path) && !names.test(path)).sort()).toEqual([
    ".cluster.access.*.kubernetesGroups[]",
    ".cni.hubble.metrics[]",
    ".gitops.argocd.sso.adminGroups[]",
    ".gitops.argocd.sso.issuer",
    ".gitops.projects.*.groups[]",
    ".ingress.certificates.email",
    ".keda.kafka.*.groups[]",
    ".namespaces.*.allow[].http[].path",
    ".nodes.*.placementGroup.name",
    ".podIdentities.*.statements[].resources[]",
    ".workloads.*.args[]",
    ".workloads.*.command[]",
    ".workloads.*.environment.*",
    ".workloads.*.identity.statements[].resources[]",
    ".workloads.*.scaling.horizontal.cloudWatch[].dimensions.*",
    ".workloads.*.scaling.horizontal.cloudWatch[].dimensions.<key>",
    ".workloads.*.scaling.horizontal.cloudWatch[].metric",
    ".workloads.*.scaling.horizontal.cloudWatch[].namespace",
    ".workloads.*.scaling.horizontal.kafka[].group",
    ".workloads.*.scaling.horizontal.prometheus[].query",
    ".workloads.*.secrets.*.keys.*.property",
    ".workloads.*.traffic.ingress.healthCheck.path",
    ".workloads.*.traffic.routes[].headers.*",
    ".workloads.*.traffic.routes[].headers.*.exact",
    ".workloads.*.traffic.routes[].headers.*.prefix",
    ".workloads.*.traffic.routes[].headers.*.regex",
    ".workloads.*.traffic.routes[].path",
    ".workloads.*.traffic.routes[].prefix",
    ".workloads.*.traffic.routes[].redirect.path",
    ".workloads.*.traffic.routes[].rewrite",
  ]);
});

/** What Terraform 1.11 and later make of a text with escapes, and nothing else, in it. */
const asTerraformReads = (text: string) =>
  text.replace(/\$+\{|%+\{/g, (found) => (found.length > 2 ? found.slice(1) : "<evaluated>"));

test("any text comes out of Terraform as it was written, in keys and in values", () => {
  const unit = fc.constantFrom("$", "%", "{", "}", "a", '"', "\\", "\n");
  const text = fc.string({ unit, maxLength: 12 });
  fc.assert(
    fc.property(text, text, (key, value) => {
      const written = escapeMarked(markTemplates([[key, value]]));
      const byKey = escapeMarked(markTemplates({ [key]: value }));

      expect(written.flat().map(asTerraformReads)).toEqual([key, value]);
      expect(Object.entries(byKey)).toEqual(written);
    }),
  );
});

test("what has no template in it is left alone", () => {
  const value = { a: ["100%", "$5", "{x}"], b: { c: 1, d: null } };

  expect(markTemplates(value)).toBe(value);
  expect(escapeMarked(value)).toBe(value);
});

test("a placeholder behind a dollar sign is still filled in", () => {
  const marked = markTemplates("${account}").replace("{account}", "111122223333");

  expect(escapeMarked(marked)).toBe("$111122223333");
});

test("an expression of ours stays one beside a text of theirs", () => {
  expect(escapeMarked(`\${var.name} says ${markTemplates(hostile(1))}`)).toBe(
    "${var.name} says $${octarine_1}%%{octarine_1}$$${kept_1}",
  );
});
