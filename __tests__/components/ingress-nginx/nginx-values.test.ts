import { nginxValues } from "../../../src/components/ingress-nginx/nginx-values";
import { problemsIn, NETWORK } from "../../support/problems";

const REASON = 'reason: "rewrites of the old shop: WEB-811"';

// ingress-nginx 4.15.1, templates/controller-hpa.yaml: a figure that is null is left out; both are 50 by default.
test.each([
  [{ kind: "fixed", replicas: 4 } as const, { replicaCount: 4 }],
  [
    { kind: "by-load", min: 2, max: 8, cpuPercent: 70 } as const,
    {
      autoscaling: {
        enabled: true,
        minReplicas: 2,
        maxReplicas: 8,
        targetCPUUtilizationPercentage: 70,
        targetMemoryUtilizationPercentage: null,
      },
    },
  ],
])("replicas %j", (scaling, controller) => {
  expect(nginxValues({ hostNetwork: false, scaling })).toMatchObject({ controller });
});

test.each([
  [
    `nginx: { ${REASON}, replicas: 3, autoscaling: { max: 4 } }`,
    "is undone by autoscaling; remove one of them",
  ],
  [`nginx: { ${REASON}, autoscaling: { min: 5, max: 4 } }`, "has min above max"],
  [`nginx: { ${REASON}, autoscaling: { max: 4 } }`, "needs the metrics server; write metricsServer: {}", ""],
  [
    "loadBalancers: { accessLogs: { prefix: albs } }",
    "is for a bucket of your own; write bucket, or remove it",
  ],
  [
    "loadBalancers: { accessLogs: { bucket: acme-logs, retentionDays: 9 } }",
    "is the bucket's own affair; remove it",
  ],
  ["loadBalancers: { accessLogs: { bucket: acme-logs, prefix: /albs } }", "is not a prefix of keys"],
])("%s is refused", (ingress, problem, metrics = "metricsServer: {}\n") => {
  expect(problemsIn(`${NETWORK}${metrics}ingress: { ${ingress} }\n`)).toEqual([
    expect.stringContaining(problem),
  ]);
});
