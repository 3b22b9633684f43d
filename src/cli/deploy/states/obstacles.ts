import path from "node:path";
import { locate } from "../../../config/read/source-node";
import type { Target } from "../../../model/target";
import { isObject } from "../../../terraform-plan/json";
import type { StackName } from "../../../model/stacks/stack-names";
import { stackRecord } from "../../../model/stacks/own-stacks";
import { asInRepository } from "../fleet-at";
import type { StackThere } from "./destroy-order";
import { attribute, type StateObject } from "./pulled-state";

/** Attributes by which AWS refuses to delete an object, as the AWS provider names them. */
const PROTECTIONS = [
  "deletion_protection",
  "delete_protection",
  "deletion_protection_enabled",
  "enable_deletion_protection",
];

/** Stacks with an object that AWS refuses to delete, in the order in which they are deployed. */
export function protectedStacks(
  { config, production }: Target,
  there: readonly StackThere[],
): readonly StackName[] {
  return there
    .filter(
      ({ stack, state: { objects } }) =>
        objects.some(isProtected) ||
        // The config's word where the state does not show the cluster itself.
        (stack === "cluster" &&
          (config.cluster.deletionProtection ?? production) &&
          !objects.some(({ type }) => type === "aws_eks_cluster")),
    )
    .map(({ stack }) => stack);
}

function isProtected({ attributes }: StateObject): boolean {
  return isObject(attributes) && PROTECTIONS.some((name) => attributes[name] === true);
}

/**
 * Steps after which a protected target can be destroyed, one a line.
 *
 * @param commit that has its files, where the working tree no longer does
 */
export function unprotectSteps(
  target: Target,
  stacks: readonly StackName[],
  command: string,
  commit?: string,
): string[] {
  const { name, production, config } = target;
  const file = asInRepository(target.file);
  const isOn = config.cluster.deletionProtection ?? production;
  const reason = production ? ", deletionProtectionReason: <why the target goes>" : "";
  return [
    ...(commit === undefined
      ? []
      : [`bring its files back: git checkout ${commit} -- ${path.dirname(file)}`]),
    ...(isOn ? [`write in ${file}: cluster: { deletionProtection: false${reason} }`] : []),
    ...(isOn && production ? [waiverStep(target)] : []),
    ...stacks.map((stack) => `npx octarine deploy ${name} ${stack}`),
    command,
  ];
}

/** A guardrail holds production to the protection. Lists replace each other, so the waiver goes where there are some. */
function waiverStep({ source, file: own }: Target): string {
  const { found, node } = locate(source, ["waivers"]);
  const file = asInRepository(found ? node.at.file : own);
  const where = `${found ? "add to" : "write"} waivers in ${file}`;
  return (
    `${where}, or synthesis refuses it: - { rule: EKS-DELETION-PROTECTION, at: cluster.deletionProtection,` +
    " reason: <why the target goes>, owner: <who>, expires: <a day by which it is gone, YYYY-MM-DD> }"
  );
}

/**
 * What a person has to know of the objects that go with a stack, one line each.
 *
 * @param going.withKeys whether its keys go as well
 * @param going.isDrained whether what its controllers have to take back is deleted first
 */
export function warningsOf(
  { stack, state: { objects } }: StackThere,
  { withKeys = false, isDrained = false }: { readonly withKeys?: boolean; readonly isDrained?: boolean } = {},
): string[] {
  const buckets = objects.filter(
    ({ type, attributes }) =>
      type === "aws_s3_bucket" && !(isObject(attributes) && attributes.force_destroy === true),
  );
  const namespaces = objects.filter(({ type }) => /^kubernetes_namespace(_v1)?$/.test(type));
  const keys = withKeys ? objects.filter(isKey) : [];
  return [
    ...(isDrained ? [] : (stackRecord(stack).beforeItGoes ?? [])),
    ...buckets.map(
      (each) =>
        `S3 can't delete a bucket with objects or old versions in it: empty ${attribute(each, "bucket") ?? each.address} first`,
    ),
    ...(namespaces.length === 0
      ? []
      : [
          `deleting the namespaces ${namespaces.map(namespaceName).join(", ")} deletes everything in them, whoever made it`,
        ]),
    ...(keys.length === 0
      ? []
      : [
          keys.length === 1
            ? "its key is scheduled for deletion: what it encrypts can't be read afterwards"
            : `${keys.length} keys are scheduled for deletion: what they encrypt can't be read afterwards`,
        ]),
  ];
}

/** Whether an object is a key of KMS, without which what it encrypts can't be read any more. */
export function isKey({ type }: StateObject): boolean {
  return /^aws_kms_(replica_|external_|replica_external_)?key$/.test(type);
}

function namespaceName({ attributes, address }: StateObject): string {
  const list = isObject(attributes) ? attributes.metadata : undefined;
  const metadata: unknown = Array.isArray(list) ? list[0] : undefined;
  const name: unknown =
    typeof metadata === "object" && metadata !== null && "name" in metadata ? metadata.name : "";
  return typeof name === "string" && name !== "" ? name : address;
}
