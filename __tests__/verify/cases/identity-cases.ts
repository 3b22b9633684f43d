import { list } from "../../support/live-answers";
import { type LiveCase, CLUSTER, SYSTEM, daemonSet, GET_SETS } from "./objects";

const ROLE = "arn:aws:iam::111122223333:role/";

const GET_ASSOCIATIONS = `aws eks list-pod-identity-associations --cluster-name ${CLUSTER}`;

const associationOf = (id: string) =>
  `aws eks describe-pod-identity-association --cluster-name ${CLUSTER} --association-id ${id}`;

const associated = (...accounts: readonly string[]) => ({
  associations: accounts.map((serviceAccount) => ({
    namespace: SYSTEM,
    serviceAccount,
    associationId: `a-${serviceAccount}`,
  })),
});

export const identityCases: readonly LiveCase[] = [
  {
    id: "POD-IDENTITY-AGENT",
    answers: { [GET_SETS]: list(daemonSet("eks-pod-identity-agent")) },
    faults: [
      { changed: { [GET_SETS]: list() }, says: /no DaemonSet eks-pod-identity-agent/ },
      { changed: { [GET_SETS]: list(daemonSet("eks-pod-identity-agent", 1)) }, says: /1 of 3 agents/ },
    ],
  },
  {
    id: "POD-IDENTITY-ROLES",
    answers: {
      [GET_ASSOCIATIONS]: associated("cilium-operator", "ebs-csi"),
      [associationOf("a-cilium-operator")]: { association: { roleArn: `${ROLE}${CLUSTER}-cilium-operator` } },
      [associationOf("a-ebs-csi")]: { association: { roleArn: `${ROLE}${CLUSTER}-ebs-csi` } },
    },
    faults: [
      {
        changed: { [GET_ASSOCIATIONS]: associated("cilium-operator") },
        says: /role\/dev-us-east-1-ebs-csi: no service account has it/,
      },
    ],
  },
  {
    id: "PERMISSIONS-THERE",
    answers: {
      "aws iam simulate-principal-policy *": {
        EvaluationResults: [{ EvalActionName: "ec2:DescribeInstances", EvalDecision: "allowed" }],
      },
    },
    faults: [
      {
        changed: {
          "aws iam simulate-principal-policy *": {
            EvaluationResults: [
              {
                EvalActionName: "ec2:DescribeInstances",
                EvalDecision: "implicitDeny",
                MissingContextValues: [],
              },
            ],
          },
        },
        says: /cilium-operator \(role\/dev-us-east-1-cilium-operator\) may not ec2:DescribeInstances: implicitDeny/,
      },
    ],
  },
];
