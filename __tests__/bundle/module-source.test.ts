import { packageOf } from "../../src/bundle/module-source";

test.each([
  ["terraform-aws-modules/eks/aws", "terraform-aws-modules/eks/aws", ""],
  ["terraform-aws-modules/eks/aws//modules/karpenter", "terraform-aws-modules/eks/aws", "modules/karpenter"],
  ["app.example.com/team/vpc/aws//a/b", "app.example.com/team/vpc/aws", "a/b"],
  ["git::https://example.com/vpc.git//sub?ref=v1", "git::https://example.com/vpc.git?ref=v1", "sub"],
  ["git::ssh://git@example.com/vpc.git?ref=v1", "git::ssh://git@example.com/vpc.git?ref=v1", ""],
  ["https://example.com/vpc.zip//vpc", "https://example.com/vpc.zip", "vpc"],
])("%s is downloaded as %s", (source, name, folder) => {
  expect(packageOf(source)).toEqual({ package: name, folder });
});

test.each(["./modules/x", "../x", "/opt/x", ".."])("%s is not downloaded", (source) => {
  expect(packageOf(source)).toBeUndefined();
});
