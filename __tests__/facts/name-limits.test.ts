import { nameLimits, type NameKind } from "../../src/facts/name-limits";

// Read a second time where each limit is published.
const published: Readonly<Record<NameKind, readonly [limit: number, source: string]>> = {
  iamRole: [64, "IAM API Reference, CreateRole, RoleName"],
  eksCluster: [100, "EKS API Reference, CreateCluster, name"],
  nodeGroup: [
    63 - "-".length - 26,
    "EKS API Reference, CreateNodegroup, less what hashicorp/aws adds to a prefix",
  ],
  bucket: [63, "S3 User Guide, general purpose bucket naming rules"],
  helmRelease: [53, "helm/helm v3, releaseNameMaxLen"],
  sqsQueue: [80, "SQS API Reference, CreateQueue, QueueName"],
  ciliumCluster: [32, "cilium/cilium, install/kubernetes/cilium/values.yaml, cluster.name"],
};

test.each(Object.entries(published))(
  "a name of %s may have as many characters as %j says",
  (kind, [limit]) => {
    expect(nameLimits[kind as NameKind]).toBe(limit);
  },
);
