import type { Given, RuleCase } from "../support";

const terraform = (more: object): Given => [
  "terraform",
  {
    required_version: ">= 1.11",
    backend: { s3: { encrypt: true, kms_key_id: "arn:k", use_lockfile: true } },
    required_providers: { aws: { version: "6.1.0" } },
    ...more,
  },
];

export const stateCases: readonly RuleCase[] = [
  ["STATE-REMOTE", [terraform({ backend: { local: {} } })], [terraform({})]],
  ["STATE-ENCRYPTION", [terraform({ backend: { s3: { use_lockfile: true } } })], [terraform({})]],
  ["STATE-LOCK", [terraform({ backend: { s3: {} } })], [terraform({})]],
  [
    "STATE-PROVIDER-PIN",
    [terraform({ required_providers: { aws: { version: "~> 6.0" } } })],
    [terraform({})],
  ],
  ["STATE-REQUIRED-VERSION", [terraform({ required_version: null })], [terraform({})]],
  [
    "STATE-WORKSPACE-GUARD",
    [terraform({})],
    [
      terraform({}),
      [
        "terraform_data",
        { lifecycle: { precondition: [{ condition: '${terraform.workspace == "prod"}' }] } },
      ],
    ],
  ],
  [
    "STATE-ACCOUNT-GUARD",
    [["provider.aws", {}]],
    [
      [
        "provider.aws",
        { allowed_account_ids: ['${terraform.workspace == "prod" ? "1" : "0"}', "111122223333"] },
      ],
    ],
  ],
  [
    "STATE-STATIC-KEY",
    [
      ["provider.aws", { secret_key: "abc" }],
      ["provider.helm", { kubernetes: { token: "abc" } }],
    ],
    [["provider.aws", {}]],
  ],
  [
    "STATE-MODULE-PIN",
    [
      ["module", { source: "terraform-aws-modules/eks/aws", version: "~> 21.0" }],
      ["module", { source: "git::https://example.com/m.git" }],
    ],
    [
      ["module", { source: "terraform-aws-modules/eks/aws", version: "21.11.0" }],
      ["module", { source: "./local" }],
    ],
  ],
  ["STATE-MODULE-READ", [], [["module", { source: "terraform-aws-modules/eks/aws" }]]],
  [
    "STATE-PLAN-LOOKUP",
    [
      ["data.aws_ami", { most_recent: true }],
      ["data.aws_ssm_parameter", { name: "/aws/service/eks/ami" }],
    ],
    [["data.aws_ami", { most_recent: false }]],
  ],
];
