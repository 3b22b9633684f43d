import { Testing } from "cdktf";
import { RemovedStack, type RemovedStackProps } from "../../../src/stacks/removed/removed-stack";
import { aTarget } from "../../support/fixtures";

interface Synthesized {
  readonly terraform: { readonly backend: object; readonly required_providers: object };
  readonly provider: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly data?: { readonly terraform_remote_state: object };
  readonly resource: object;
}

const target = aTarget("account: { deployRole: platform }");
function removed(props: Partial<RemovedStackProps>): Synthesized {
  const stack = new RemovedStack(Testing.app(), {
    target,
    name: "backup",
    providers: [],
    peers: [],
    ...props,
  });
  return JSON.parse(Testing.synth(stack)) as Synthesized;
}

test("a layer that is out of the config keeps its state and its lock on the workspace, and makes nothing", () => {
  const { terraform, provider, resource, data } = removed({});

  expect(terraform.backend).toMatchObject({
    s3: { key: "octarine/dev-us-east-1/backup.tfstate", use_lockfile: true },
  });
  expect(provider.aws?.[0]?.allowed_account_ids).toEqual([
    '${terraform.workspace == "dev-us-east-1" ? "111122223333" : "000000000000"}',
  ]);
  expect(Object.keys(resource)).toEqual(["terraform_data"]);
  expect(data).toBeUndefined();
});

test("it has the providers that its state names, at our versions, and no other", () => {
  const { terraform, provider, data } = removed({
    providers: [
      { source: "hashicorp/aws" },
      { source: "hashicorp/helm" },
      { source: "hashicorp/time" },
      { source: "hashicorp/tls" },
    ],
  });

  expect(terraform.required_providers).toEqual({
    aws: { source: "aws", version: "6.25.0" },
    helm: { source: "helm", version: "3.1.1" },
    time: { source: "hashicorp/time", version: "0.13.1" },
    tls: { source: "hashicorp/tls", version: "4.1.0" },
  });
  expect(Object.keys(provider).sort()).toEqual(["aws", "helm", "time"]);
  expect(Object.keys(data?.terraform_remote_state ?? {})).toEqual(["cluster"]);
});

test("a federation reaches its peers as they are, in their region and account", () => {
  const peer = aTarget('account: { id: "444455556666" }', { region: "us-west-2" });
  const { provider } = removed({ name: "federation", peers: [peer] });

  expect(provider.aws?.[1]).toMatchObject({ alias: "dev-us-west-2", region: "us-west-2" });
  expect(JSON.stringify(provider.aws?.[1])).toContain("arn:aws:iam::444455556666:role/octarine-deploy");
});
