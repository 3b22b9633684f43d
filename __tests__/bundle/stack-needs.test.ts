import { needsOf } from "../../src/bundle/needs";
import { stackNeeds } from "../../src/bundle/stack-needs";

const stack = {
  terraform: {
    required_version: ">= 1.11",
    required_providers: {
      aws: { source: "aws", version: "6.25.0" },
      own: { source: "registry.example.com/team/own" },
    },
  },
  module: {
    vpc: { source: "terraform-aws-modules/vpc/aws", version: "6.5.1" },
    endpoints: { source: "terraform-aws-modules/vpc/aws//modules/vpc-endpoints", version: "6.5.1" },
    cluster: { source: "terraform-aws-modules/eks/aws", version: "21.11.0" },
    beside: { source: "./modules/beside" },
  },
  resource: {
    helm_release: {
      indexed: { repository: "https://charts.example.com/", chart: "one", version: "1.0.0" },
      registry: { chart: "oci://registry.example.com/charts/two", version: "2.0.0" },
      local: { chart: "assets/own-chart" },
    },
  },
};

test("a stack downloads its providers, modules that are no path, and charts that have a version", () => {
  expect(stackNeeds(stack)).toEqual({
    terraform: ">= 1.11",
    providers: [
      { source: "hashicorp/aws", version: "6.25.0" },
      { source: "registry.example.com/team/own", version: ">= 0.0.0" },
    ],
    calls: [
      { name: "vpc", source: "terraform-aws-modules/vpc/aws", version: "6.5.1" },
      {
        name: "endpoints",
        source: "terraform-aws-modules/vpc/aws//modules/vpc-endpoints",
        version: "6.5.1",
      },
      { name: "cluster", source: "terraform-aws-modules/eks/aws", version: "21.11.0" },
    ],
    charts: [
      { address: "indexed", repository: "https://charts.example.com", name: "one", version: "1.0.0" },
      { address: "registry", repository: "oci://registry.example.com/charts", name: "two", version: "2.0.0" },
    ],
  });
});

test("a stack without anything downloads nothing", () => {
  expect(stackNeeds({ terraform: { backend: {} } })).toEqual({ providers: [], calls: [], charts: [] });
});

test("what several stacks need is there once, with modules that modules call", () => {
  const needs = needsOf([stackNeeds(stack), stackNeeds(stack)]);

  expect(needs.modules).toEqual([
    { source: "terraform-aws-modules/eks/aws", version: "21.11.0" },
    {
      source: "terraform-aws-modules/kms/aws",
      version: "4.0.0",
      of: "terraform-aws-modules/eks/aws 21.11.0",
    },
    { source: "terraform-aws-modules/vpc/aws", version: "6.5.1" },
  ]);
  expect(needs.charts.map(({ name }) => name)).toEqual(["one", "two"]);
  expect(needs.providers).toHaveLength(2);
  expect(needs.unread).toEqual([]);
});

test("a module of which nobody knows what it calls is named", () => {
  const own = { module: { own: { source: "example/own/aws", version: "~> 1.0" } } };
  expect(needsOf([stackNeeds(own)]).unread).toEqual(["example/own/aws ~> 1.0"]);
});
