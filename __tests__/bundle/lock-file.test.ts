import { lockedProviders, lockFileText, providersFor } from "../../src/bundle/lock-file";

const aws = {
  source: "registry.terraform.io/hashicorp/aws",
  version: "6.25.0",
  hashes: ["h1:aaaa=", "zh:bb"],
};
const tls = { source: "registry.terraform.io/hashicorp/tls", version: "4.1.0", hashes: ["h1:cccc="] };

test("a lock file that is written is read as the same", () => {
  expect(lockedProviders(lockFileText([tls, aws]))).toEqual([aws, tls]);
});

test("a lock file of Terraform's is read, with its constraints", () => {
  const text = `# This file is maintained automatically by "terraform init".

provider "registry.terraform.io/hashicorp/tls" {
  version     = "4.1.0"
  constraints = ">= 4.0.0, 4.1.0"
  hashes = [
    "h1:cccc=",
  ]
}
`;
  expect(lockedProviders(text)).toEqual([tls]);
});

test("a stack takes what it pins, and of others the one version that there is", () => {
  const older = { ...aws, version: "6.24.0" };
  expect(providersFor([older, aws, tls], [{ source: "hashicorp/aws", version: "6.25.0" }])).toEqual([
    aws,
    tls,
  ]);
  expect(providersFor([older, aws], [])).toEqual([]);
});
