import { downloadedModules, installedModules } from "../../src/bundle/module-records";

/** As `terraform get` writes it: a module with one beside it, one that it downloads, and a folder in that. */
const record = JSON.stringify({
  Modules: [
    { Key: "", Source: "", Dir: "." },
    { Key: "m0", Source: "host/ns/eks/aws", Version: "21.11.0", Dir: ".terraform/modules/m0" },
    { Key: "m0.group", Source: "./modules/group", Dir: ".terraform/modules/m0/modules/group" },
    { Key: "m0.group.data", Source: "../_data", Dir: ".terraform/modules/m0/modules/_data" },
    {
      Key: "m0.kms",
      Source: "host/ns/kms/aws//sub",
      Version: "4.0.0",
      Dir: ".terraform/modules/m0.kms/sub",
    },
    { Key: "m0.kms.key", Source: "./key", Dir: ".terraform/modules/m0.kms/sub/key" },
    { Key: "m01", Source: "host/ns/vpc/aws", Version: "6.5.1", Dir: ".terraform/modules/m01" },
  ],
});
const eks = { source: "ns/eks/aws", version: "21.11.0" };
const vpc = { source: "ns/vpc/aws", version: "6.5.1" };
const downloaded = downloadedModules(record, [
  { name: "m0", ...eks },
  { name: "m01", ...vpc },
]);

test("each download is kept once, by its address and version", () => {
  expect(downloaded.packages).toEqual([
    { from: ".terraform/modules/m0", to: "modules/host/ns/eks/aws/21.11.0" },
    { from: ".terraform/modules/m0.kms", to: "modules/host/ns/kms/aws/4.0.0" },
    { from: ".terraform/modules/m01", to: "modules/host/ns/vpc/aws/6.5.1" },
  ]);
});

test("a stack with a call of another name gets the record that Terraform would have written", () => {
  const {
    record: laid,
    copies,
    missing,
  } = installedModules(downloaded.modules, [{ name: "cluster_eks", ...eks }]);

  expect(missing).toEqual([]);
  expect((JSON.parse(laid) as { Modules: unknown[] }).Modules).toEqual([
    { Key: "", Source: "", Dir: "." },
    {
      Key: "cluster_eks",
      Source: "host/ns/eks/aws",
      Version: "21.11.0",
      Dir: ".terraform/modules/cluster_eks",
    },
    {
      Key: "cluster_eks.group",
      Source: "./modules/group",
      Dir: ".terraform/modules/cluster_eks/modules/group",
    },
    {
      Key: "cluster_eks.group.data",
      Source: "../_data",
      Dir: ".terraform/modules/cluster_eks/modules/_data",
    },
    {
      Key: "cluster_eks.kms",
      Source: "host/ns/kms/aws//sub",
      Version: "4.0.0",
      Dir: ".terraform/modules/cluster_eks.kms/sub",
    },
    { Key: "cluster_eks.kms.key", Source: "./key", Dir: ".terraform/modules/cluster_eks.kms/sub/key" },
  ]);
  expect(copies).toEqual([
    { from: "modules/host/ns/eks/aws/21.11.0", to: ".terraform/modules/cluster_eks" },
    { from: "modules/host/ns/kms/aws/4.0.0", to: ".terraform/modules/cluster_eks.kms" },
  ]);
});

test("two calls of one module lie apart, as Terraform lays them", () => {
  const { copies } = installedModules(downloaded.modules, [
    { name: "a", ...vpc },
    { name: "b", ...vpc },
  ]);
  expect(copies.map(({ to }) => to)).toEqual([".terraform/modules/a", ".terraform/modules/b"]);
});

test("another version is not there", () => {
  const call = { name: "a", source: "ns/vpc/aws", version: "6.5.2" };
  expect(installedModules(downloaded.modules, [call]).missing).toEqual([call]);
});
