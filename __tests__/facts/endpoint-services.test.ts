import { endpointSets, interfaceServices } from "../../src/facts/endpoint-services";

// EKS User Guide, private clusters, and what the platform's controllers call: at least these.
const NEEDED = [
  ...["autoscaling", "ec2", "ec2messages", "ecr.api", "ecr.dkr", "eks", "eks-auth", "elasticloadbalancing"],
  ...["kms", "logs", "secretsmanager", "sqs", "ssm", "ssmmessages", "sts"],
];

describe("interfaceServices", () => {
  test.each(["standard", "isolated"] as const)("%s holds what nodes and the platform call", (set) => {
    expect(interfaceServices(set)).toEqual(expect.arrayContaining(NEEDED));
  });

  test("isolated holds all of standard and more", () => {
    const standard = interfaceServices("standard");

    const isolated = interfaceServices("isolated");

    expect(isolated).toEqual(expect.arrayContaining(standard));
    expect(isolated.length).toBeGreaterThan(standard.length);
  });

  test("gateway-only holds none", () => {
    expect(interfaceServices("gateway-only")).toEqual([]);
  });

  test.each(endpointSets)("%s takes further services, each once and in order", (set) => {
    const services = interfaceServices(set, ["xray", "acm-pca", "sts", "acm-pca"]);

    expect(services).toEqual([...new Set(services)].sort());
    expect(services).toEqual(expect.arrayContaining(["acm-pca", "sts", "xray"]));
  });
});
