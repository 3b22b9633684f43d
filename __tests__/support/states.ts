import { type PulledState, readPulledState } from "../../src/cli/deploy/states/pulled-state";

export interface StateResource {
  readonly module?: string;
  readonly type: string;
  readonly name?: string;
  /** @default hashicorp/aws */
  readonly provider?: string;
  readonly alias?: string;
  readonly attributes?: object;
  /** Of the instances, where there are several. */
  readonly keys?: readonly (string | number)[];
}

export interface StateContent {
  readonly resources?: readonly StateResource[];
  /** Stacks whose states were read. */
  readonly reads?: readonly string[];
  /** @default dev-us-east-1 */
  readonly workspace?: string;
}

/** What `terraform state pull` prints (Terraform 1.11, format 4). */
export function stateText({ resources = [], reads = [], workspace = "dev-us-east-1" }: StateContent): string {
  return JSON.stringify({
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: "00000000-0000-0000-0000-000000000000",
    outputs: {},
    resources: [
      ...reads.map((stack) => ({
        mode: "data",
        type: "terraform_remote_state",
        name: stack,
        provider: 'provider["terraform.io/builtin/terraform"]',
        instances: [
          {
            attributes: {
              config: { value: { key: `octarine/${workspace}/${stack}.tfstate` }, type: ["object", {}] },
            },
          },
        ],
      })),
      ...resources.map(
        ({ module, type, name = "this", provider = "hashicorp/aws", alias, attributes = {}, keys }) => ({
          ...(module !== undefined && { module }),
          mode: "managed",
          type,
          name,
          provider: `provider["registry.terraform.io/${provider}"]${alias === undefined ? "" : `.${alias}`}`,
          instances: (keys ?? [undefined]).map((key) => ({
            ...(key !== undefined && { index_key: key }),
            attributes,
          })),
        }),
      ),
    ],
    check_results: null,
  });
}

/** A state that holds something. */
export function aState(content: StateContent = {}): PulledState {
  const resources = content.resources ?? [{ type: "aws_iam_role" }];
  const state = readPulledState(stateText({ ...content, resources }));
  if (state === undefined) throw new TypeError("no state");
  return state;
}
