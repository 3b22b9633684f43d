import { ofType } from "../resource";
import { expectGiven, type Rule, rule, show, undecided, violation } from "../rule";
import { at, entries, hasUnknown, isAbsent, isTrue, isUnknown, items, text } from "../../values/value";
import { isReadable } from "../read/expand-module";

const BACKEND_DOCS = "https://developer.hashicorp.com/terraform/language/backend/s3";
const VERSION_DOCS = "https://developer.hashicorp.com/terraform/language/expressions/version-constraints";
const EXACT = /^(=\s*)?v?\d+\.\d+\.\d+(-[\w.]+)?$/;
const SETTINGS = { area: "state" as const, types: ["terraform"], sources: ["input"] as const };

export const stateRules: readonly Rule[] = [
  rule({
    ...SETTINGS,
    id: "STATE-REMOTE",
    severity: "error",
    what: "State lies in S3.",
    why: "A file on one machine is lost with that machine, and two people overwrite each other's.",
    remedy: "Use the S3 backend.",
    reference: BACKEND_DOCS,
    check: ({ attributes }) =>
      at(attributes, "backend", "s3") === undefined ? [violation("has no S3 backend")] : [],
  }),
  rule({
    ...SETTINGS,
    id: "STATE-ENCRYPTION",
    severity: "error",
    what: "State is encrypted with a key of the account.",
    why: "It holds every attribute of every resource, certificates and tokens among them.",
    remedy: "Set encrypt and kms_key_id on the backend.",
    reference: BACKEND_DOCS,
    check: ({ attributes }) => {
      const backend = at(attributes, "backend", "s3");
      if (backend === undefined) return [];
      return [
        ...(isTrue(at(backend, "encrypt")) ? [] : [violation("encrypt is off")]),
        ...(isAbsent(at(backend, "kms_key_id")) ? [violation("has no key")] : []),
      ];
    },
  }),
  rule({
    ...SETTINGS,
    id: "STATE-LOCK",
    severity: "error",
    what: "State is locked while it is written.",
    why: "Two runs at once leave a state that matches neither.",
    remedy: "Set use_lockfile.",
    reference: BACKEND_DOCS,
    check: ({ attributes }) => {
      const backend = at(attributes, "backend", "s3");
      if (backend === undefined) return [];
      return isTrue(at(backend, "use_lockfile")) || !isAbsent(at(backend, "dynamodb_table"))
        ? []
        : [violation("is not locked")];
    },
  }),
  rule({
    ...SETTINGS,
    id: "STATE-PROVIDER-PIN",
    severity: "error",
    what: "Every provider has an exact version.",
    why: "Otherwise two inits of one commit plan with two providers.",
    remedy: "Write the version in required_providers.",
    reference: VERSION_DOCS,
    check: ({ attributes }) =>
      entries(attributes.required_providers)
        .filter(([, each]) => !EXACT.test(text(at(each, "version"))))
        .map(([name, each]) => violation(`${name} has version ${show(at(each, "version"))}`)),
  }),
  rule({
    ...SETTINGS,
    id: "STATE-REQUIRED-VERSION",
    severity: "warning",
    what: "The stack says which Terraform it needs.",
    why: "An older one ignores what it does not know, such as the lock of the state.",
    remedy: "Set required_version.",
    reference: VERSION_DOCS,
    check: (resource) => expectGiven(resource, ["required_version"], "names no Terraform version"),
  }),
  rule({
    ...SETTINGS,
    id: "STATE-WORKSPACE-GUARD",
    severity: "error",
    what: "A stack refuses the workspace of another target.",
    why: "A plan in the wrong workspace would change another environment.",
    remedy: "Add a terraform_data precondition on terraform.workspace.",
    reference: "https://developer.hashicorp.com/terraform/language/expressions/custom-conditions",
    check: ({ stack }, inventory) => {
      const guards = ofType(inventory, "terraform_data").filter((each) => each.stack === stack);
      const guarded = guards.some(({ attributes }) =>
        items(at(attributes, "lifecycle", "precondition")).some((each) => {
          const condition = at(each, "condition");
          return isUnknown(condition) && condition.text.includes("terraform.workspace");
        }),
      );
      return guarded ? [] : [violation("has no guard")];
    },
  }),
  rule({
    id: "STATE-ACCOUNT-GUARD",
    area: "state",
    severity: "error",
    what: "The AWS provider refuses other accounts.",
    why: "Otherwise credentials of another account build a second platform there.",
    remedy: "Set allowed_account_ids.",
    reference: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs#allowed_account_ids",
    types: ["provider.aws"],
    check: (resource) => expectGiven(resource, ["allowed_account_ids"], "works in any account"),
  }),
  rule({
    id: "STATE-STATIC-KEY",
    area: "state",
    severity: "error",
    what: "No provider has a key written down.",
    why: "It is in the repository and in every saved plan, and never expires.",
    remedy: "Assume a role; let the cluster's token come from exec.",
    reference:
      "https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration",
    types: ["provider.aws", "provider.helm", "provider.kubernetes"],
    check: ({ attributes }) =>
      [attributes, at(attributes, "kubernetes")].flatMap((block) =>
        ["access_key", "secret_key", "token", "password", "client_key"]
          .filter((name) => typeof at(block, name) === "string")
          .map((name) => violation(`has ${name}`)),
      ),
  }),
  rule({
    id: "STATE-MODULE-PIN",
    area: "state",
    severity: "error",
    what: "Every module has an exact version.",
    why: "A range or a branch brings other resources with the same commit.",
    remedy: "Write the version, or a ref of a tag.",
    reference: "https://developer.hashicorp.com/terraform/language/modules/configuration",
    types: ["module"],
    check: ({ attributes }) => {
      const source = text(attributes.source);
      if (/^\.{0,2}\//.test(source)) return [];
      const isGit = /^git::|\.git(\?|$)/.test(source);
      if (isGit) return /[?&]ref=(v?\d|[0-9a-f]{40})/.test(source) ? [] : [violation("names no tag")];
      return EXACT.test(text(attributes.version))
        ? []
        : [violation(`has version ${show(attributes.version)}`)];
    },
  }),
  rule({
    id: "STATE-MODULE-READ",
    area: "state",
    severity: "warning",
    what: "What a module makes can be judged from its inputs.",
    why: "These rules see nothing of a module that they don't know until there is a plan.",
    remedy: "Run npx octarine check with --plan.",
    reference: "https://developer.hashicorp.com/terraform/internals/json-format",
    types: ["module"],
    sources: ["input"],
    check: (resource) =>
      isReadable(resource)
        ? []
        : [undecided(`${show(resource.attributes.source)} is only judged in the plan`)],
  }),
  rule({
    id: "STATE-PLAN-LOOKUP",
    area: "state",
    severity: "warning",
    what: "A plan looks up nothing that changes by itself.",
    why: "Otherwise the same commit plans other images or add-ons on another day.",
    remedy: "Pin the version; a release holds it.",
    reference: "https://developer.hashicorp.com/terraform/language/data-sources",
    types: ["data.aws_ami", "data.aws_eks_addon_version", "data.aws_ssm_parameter"],
    check: ({ type, attributes }) => {
      if (type === "data.aws_ssm_parameter")
        return text(attributes.name).startsWith("/aws/service/") ? [violation("reads an image of AWS")] : [];
      if (hasUnknown(attributes.most_recent)) return [undecided("most_recent is known after apply")];
      return isTrue(attributes.most_recent) ? [violation("takes the newest")] : [];
    },
  }),
  rule({
    id: "STATE-FORCE-DESTROY",
    area: "state",
    severity: "error",
    what: "A bucket with content is not deleted by Terraform.",
    why: "force_destroy deletes every object and version with the bucket: state, logs, backups.",
    remedy: "Leave force_destroy out.",
    reference: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket",
    types: ["aws_s3_bucket"],
    check: ({ attributes }) =>
      isTrue(attributes.force_destroy) ? [violation("is deleted with its content")] : [],
  }),
];
