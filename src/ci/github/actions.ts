/** Actions by commit: a tag can be moved. The version is that of the commit, and all of them run on Node.js 24. */
const actions = {
  "actions/checkout": { commit: "3d3c42e5aac5ba805825da76410c181273ba90b1", version: "v7.0.1" },
  "actions/setup-node": { commit: "820762786026740c76f36085b0efc47a31fe5020", version: "v7.0.0" },
  "actions/upload-artifact": { commit: "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", version: "v7.0.0" },
  "actions/download-artifact": { commit: "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", version: "v8.0.1" },
  "aws-actions/configure-aws-credentials": {
    commit: "e6de054238d6b7531b4efff3b6587d9aade6a06c",
    version: "v6.2.3",
  },
  "hashicorp/setup-terraform": { commit: "dfe3c3f87815947d99a8997f908cb6525fc44e9e", version: "v4.0.1" },
  "github/codeql-action/upload-sarif": {
    commit: "8aad20d150bbac5944a9f9d289da16a4b0d87c1e",
    version: "v4.36.2",
  },
} as const;

type Action = keyof typeof actions;

export interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

export function uses(action: Action, inputs: Readonly<Record<string, unknown>>, condition?: string): Step {
  return {
    ...(condition !== undefined && { if: condition }),
    uses: `${action}@${actions[action].commit}`,
    with: inputs,
  };
}

/** The version of each pinned action as a comment, where updaters look for it. */
export function withVersions(yaml: string): string {
  return Object.values(actions).reduce(
    (text, { commit, version }) => text.replaceAll(`@${commit}`, `@${commit} # ${version}`),
    yaml,
  );
}
