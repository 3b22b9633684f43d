import { readPulledState } from "../../../../src/cli/deploy/states/pulled-state";
import { stateText } from "../../../support/states";

test("a state tells its resources, their providers and the states that it read", () => {
  const state = readPulledState(
    stateText({
      reads: ["network", "cluster"],
      resources: [
        { type: "aws_s3_bucket", name: "logs", attributes: { bucket: "acme-logs" } },
        { type: "aws_route", name: "back", provider: "hashicorp/aws", alias: "prod-us-west-2" },
        { module: "module.a", type: "aws_kms_key", name: "this", keys: [0, "b"] },
      ],
    }),
  );

  expect(state?.objects.map(({ address }) => address)).toEqual([
    "aws_s3_bucket.logs",
    "aws_route.back",
    "module.a.aws_kms_key.this[0]",
    'module.a.aws_kms_key.this["b"]',
  ]);
  expect(state?.providers).toEqual([
    { source: "hashicorp/aws" },
    { source: "hashicorp/aws", alias: "prod-us-west-2" },
  ]);
  expect(state?.reads).toEqual([
    "octarine/dev-us-east-1/network.tfstate",
    "octarine/dev-us-east-1/cluster.tfstate",
  ]);
});

test("OpenTofu's states are read, whose provider names have another registry", () => {
  const text = stateText({ resources: [{ type: "helm_release", name: "a", provider: "hashicorp/helm" }] });

  expect(
    readPulledState(text.replaceAll("registry.terraform.io", "registry.opentofu.org"))?.providers,
  ).toEqual([{ source: "hashicorp/helm" }]);
});

test.each(["", "\n", "{}"])("%j is not a state", (text) => {
  expect(readPulledState(text)).toBeUndefined();
});
