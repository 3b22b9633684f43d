/** What External Secrets does with a place in AWS. */
export type SecretOperation =
  | "read a value"
  | "read tags"
  | "find by path"
  | "push to one that exists"
  | "create by pushing"
  | "delete what was pushed";

type Calls = Readonly<Partial<Record<SecretOperation, readonly string[]>>>;

/**
 * The AWS calls of each operation, as External Secrets 2.9.0 makes them (external-secrets/external-secrets v2.9.0,
 * providers/v1/aws/secretsmanager/secretsmanager.go and parameterstore/parameterstore.go). A push without tags in its
 * metadata leaves the tags of a secret alone, and takes its resource policy away each time. To find in Secrets Manager
 * takes listing all names of the account, which no store may.
 */
export const secretsManagerCalls = {
  "read a value": ["secretsmanager:GetSecretValue"],
  "read tags": ["secretsmanager:DescribeSecret"],
  "push to one that exists": [
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetSecretValue",
    "secretsmanager:DeleteResourcePolicy",
    "secretsmanager:PutSecretValue",
  ],
  "create by pushing": [
    "secretsmanager:DescribeSecret",
    "secretsmanager:CreateSecret",
    "secretsmanager:TagResource",
  ],
  "delete what was pushed": [
    "secretsmanager:GetSecretValue",
    "secretsmanager:DescribeSecret",
    "secretsmanager:RemoveRegionsFromReplication",
    "secretsmanager:DeleteSecret",
  ],
} as const satisfies Calls;

export const parameterStoreCalls = {
  "read a value": ["ssm:GetParameter"],
  "read tags": ["ssm:ListTagsForResource"],
  "find by path": ["ssm:GetParametersByPath"],
  "push to one that exists": [
    "ssm:GetParameter",
    "ssm:ListTagsForResource",
    "ssm:PutParameter",
    "ssm:RemoveTagsFromResource",
    "ssm:AddTagsToResource",
  ],
  "create by pushing": ["ssm:GetParameter", "ssm:PutParameter", "ssm:AddTagsToResource"],
  "delete what was pushed": ["ssm:GetParameter", "ssm:ListTagsForResource", "ssm:DeleteParameter"],
} as const satisfies Calls;

/** The mark without which External Secrets pushes to no secret. It sets the tag itself, and refuses it in metadata. */
export const PUSHED_TAG = { key: "managed-by", value: "external-secrets" } as const;

/** Actions of some operations, each once. */
export function actionsOf<Operations extends Calls>(
  calls: Operations,
  operations: readonly (keyof Operations & SecretOperation)[],
): string[] {
  return [...new Set(operations.flatMap((operation) => calls[operation] ?? []))].sort();
}
