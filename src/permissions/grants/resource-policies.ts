import type { AwsPlace, Resource } from "../../guardrails/resource";
import { items } from "../../values/value";
import type { ModuleGrants } from "./module-grants";
import { followed } from "./policy";
import type { References } from "../../guardrails/references/references";

/** A policy that a resource has itself. */
export interface ResourcePolicy {
  /** Of what it is for. A bucket's is for its objects as well. */
  readonly arn: string;
  readonly kind: "key" | "bucket" | "queue" | "secret" | "topic" | "repository" | "log group";
  readonly stack: string;
  readonly address: string;
  readonly statements: readonly Resource[];
}

/** The policies' own types, with the attribute that says which resource they are for. */
const POLICIES: Readonly<Record<string, readonly [kind: ResourcePolicy["kind"], attribute: string]>> = {
  aws_s3_bucket_policy: ["bucket", "bucket"],
  aws_sqs_queue_policy: ["queue", "queue_url"],
  aws_secretsmanager_secret_policy: ["secret", "secret_arn"],
  aws_sns_topic_policy: ["topic", "arn"],
  aws_ecr_repository_policy: ["repository", "repository"],
  aws_kms_key_policy: ["key", "key_id"],
  aws_cloudwatch_log_resource_policy: ["log group", "policy_name"],
};

const OWN: Readonly<Record<string, ResourcePolicy["kind"]>> = {
  aws_kms_key: "key",
  aws_kms_replica_key: "key",
  aws_sqs_queue: "queue",
};

/** @param modules calls of registry modules, and what they give */
export function resourcePolicies(
  resources: readonly Resource[],
  modules: readonly { readonly call: Resource; readonly given: ModuleGrants }[],
  references: References,
  read: (owner: Resource) => Resource[],
  place: AwsPlace,
): ResourcePolicy[] {
  const queues = modules.flatMap(({ call, given }) =>
    Object.entries(given.queues).map(([address, statements]): ResourcePolicy => {
      const queue = references.get(call.stack, `${call.address}.${address}`);
      return {
        arn: (queue && references.arn(queue)) ?? "",
        kind: "queue",
        stack: call.stack,
        address: `${call.address}.aws_sqs_queue_policy.this[0]`,
        statements: statements.map((each) => followed(each, references)),
      };
    }),
  );
  return [
    ...resources.flatMap((each): ResourcePolicy[] => {
      const { type, stack, address, attributes } = each;
      const own = OWN[type];
      const [kind, attribute] = POLICIES[type] ?? [];
      if (own === undefined && kind === undefined) return [];
      const statements = read(each);
      if (own !== undefined) {
        const arn = references.arn(each);
        return arn === undefined || (statements.length === 0 && own !== "key")
          ? []
          : [{ arn, kind: own, stack, address, statements }];
      }
      if (kind === undefined || attribute === undefined || statements.length === 0) return [];
      const of = references.textOf(attributes[attribute], stack);
      const arn =
        kind === "bucket" ? `arn:${place.partition}:s3:::${of ?? ""}` : (resourceOf(statements) ?? of ?? "");
      return [{ arn, kind, stack, address, statements }];
    }),
    ...queues,
  ];
}

/** What the policy itself says that it is for. */
function resourceOf(statements: readonly Resource[]): string | undefined {
  return statements
    .flatMap(({ attributes }) => items(attributes.resources))
    .find((each): each is string => typeof each === "string" && each !== "*");
}
