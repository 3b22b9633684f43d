import { conditions, list, object } from "../../support/live-answers";
import { type LiveCase, CLUSTER, describeCluster, GET_CLUSTER, hooks, GET_HOOKS, slice } from "./objects";

const GET_INSIGHTS = `aws eks list-insights --cluster-name ${CLUSTER}`;

const insights = (status: string) => ({
  insights: [
    {
      id: "1",
      name: "Deprecated APIs removed in Kubernetes v1.36",
      kubernetesVersion: "1.36",
      insightStatus: { status, reason: "flowcontrol v1beta3 was called" },
    },
  ],
});

const addon = (changed: object = {}) => ({ addon: { status: "ACTIVE", health: { issues: [] }, ...changed } });

const ADDONS = {
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  coredns: "v1.14.3-eksbuild.11",
  "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
};

const describeAddon = (name: string) =>
  `aws eks describe-addon --cluster-name ${CLUSTER} --addon-name ${name}`;

export const clusterCases: readonly LiveCase[] = [
  {
    id: "CLUSTER-ACTIVE",
    answers: { [GET_CLUSTER]: describeCluster() },
    faults: [
      { changed: { [GET_CLUSTER]: describeCluster({ status: "FAILED" }) }, says: /status is FAILED/ },
      {
        changed: { [GET_CLUSTER]: describeCluster({ version: "1.33" }) },
        says: /runs Kubernetes 1.33, .* 1.35/,
      },
      {
        changed: {
          [GET_CLUSTER]: describeCluster({
            health: { issues: [{ code: "KmsKeyDisabled", message: "the key is off" }] },
          }),
        },
        says: /KmsKeyDisabled/,
      },
      {
        changed: {
          [GET_CLUSTER]: describeCluster({
            resourcesVpcConfig: { vpcId: "v", endpointPublicAccess: true, endpointPrivateAccess: true },
          }),
        },
        says: /endpoint is public, the configuration says private/,
      },
    ],
  },
  {
    id: "ADDONS-ACTIVE",
    answers: {
      [`aws eks list-addons --cluster-name ${CLUSTER}`]: { addons: Object.keys(ADDONS) },
      ...Object.fromEntries(
        Object.entries(ADDONS).map(([name, addonVersion]) => [describeAddon(name), addon({ addonVersion })]),
      ),
    },
    faults: [
      {
        changed: { [`aws eks list-addons --cluster-name ${CLUSTER}`]: { addons: ["coredns"] } },
        says: /aws-ebs-csi-driver is not installed/,
      },
      {
        changed: { [describeAddon("coredns")]: addon({ addonVersion: ADDONS.coredns, status: "DEGRADED" }) },
        says: /coredns is DEGRADED/,
      },
      {
        changed: { [describeAddon("coredns")]: addon({ addonVersion: "v1.0.0" }) },
        says: /coredns is at v1.0.0, the release says/,
      },
    ],
  },
  {
    id: "UPGRADE-INSIGHTS",
    answers: { [GET_INSIGHTS]: insights("PASSING") },
    faults: [{ changed: { [GET_INSIGHTS]: insights("ERROR") }, says: /for 1.36.*ERROR, flowcontrol/ }],
  },
  {
    id: "WEBHOOKS-ANSWERED",
    answers: {
      [GET_HOOKS]: hooks(),
      "kubectl get endpointslices -A": list(slice("webhook", "policy", [["a", true]])),
      "kubectl get apiservices": list(object("v1beta1.metrics.k8s.io", conditions(["Available", "True"]))),
    },
    faults: [
      {
        changed: { "kubectl get endpointslices -A": list(slice("webhook", "policy", [["a", false]])) },
        says: /nobody is ready behind Service policy\/webhook/,
      },
      {
        changed: {
          "kubectl get apiservices": list(
            object("v1beta1.metrics.k8s.io", conditions(["Available", "False", "no endpoints"])),
          ),
        },
        says: /APIService v1beta1.metrics.k8s.io: .*no endpoints/,
      },
    ],
  },
];
