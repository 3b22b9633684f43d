import { aws, kubectl, type Question } from "../live/question";
import type { TargetFacts } from "./world";

/** What `octarine diagnose` asks a cluster and its account: reading only. */
export function questionsFor(target: TargetFacts | undefined, vpcId: string | undefined): Question[] {
  const vpc = vpcId === undefined ? [] : ["--filters", `Name=vpc-id,Values=${vpcId}`];
  const system = (...args: readonly string[]) => kubectl("-n", "kube-system", ...args);
  const logs = (name: string, namespace = "kube-system", ...args: readonly string[]) =>
    kubectl("-n", namespace, "logs", name, "--since=1h", "--tail=500", ...args);
  return [
    kubectl("get", "nodes", "-o", "json"),
    kubectl("get", "pods", "-A", "-o", "json"),
    kubectl("get", "events", "-A", "--sort-by=.lastTimestamp"),
    kubectl("get", "services,endpointslices,ingresses", "-A", "-o", "json"),
    kubectl("get", "deployments,daemonsets", "-A", "-o", "wide"),
    system("get", "deploy", "coredns", "-o", "json"),
    system("top", "pods", "-l", "k8s-app=kube-dns"),
    logs("deploy/coredns"),
    logs("deploy/aws-load-balancer-controller"),
    logs("deploy/karpenter"),
    logs("deploy/external-secrets", "external-secrets"),
    kubectl("get", "nodepools,nodeclaims,ec2nodeclasses", "-o", "json"),
    kubectl("get", "externalsecrets,secretstores,clustersecretstores", "-A", "-o", "json"),
    ...(target?.cni === "vpc-cni"
      ? [
          system("get", "ds", "aws-node", "-o", "json"),
          logs("daemonset/aws-node", "kube-system", "-c", "aws-node"),
        ]
      : []),
    ...(target === undefined || target.cilium
      ? [
          kubectl("get", "ciliumnodes", "-o", "json"),
          system("exec", "ds/cilium", "-c", "cilium-agent", "--", "cilium-dbg", "status"),
          system("exec", "ds/cilium", "-c", "cilium-agent", "--", "cilium-health", "status"),
          system(
            "exec",
            "ds/cilium",
            "-c",
            "cilium-agent",
            "--",
            "hubble",
            "observe",
            "--verdict",
            "DROPPED",
            "--last",
            "100",
          ),
          logs("deploy/cilium-operator"),
          system("get", "cm", "cilium-config", "-o", "yaml"),
        ]
      : []),
    logs("deploy/istiod", "istio-system"),
    aws("ec2", "describe-subnets", ...vpc),
    ...(vpcId === undefined
      ? []
      : [
          aws("ec2", "describe-route-tables", ...vpc),
          aws("ec2", "describe-network-acls", ...vpc),
          aws("ec2", "describe-security-groups", ...vpc),
        ]),
    ...(target === undefined
      ? []
      : [
          aws("eks", "describe-cluster", "--name", target.clusterName),
          aws("eks", "list-pod-identity-associations", "--cluster-name", target.clusterName),
          aws("eks", "list-nodegroups", "--cluster-name", target.clusterName),
        ]),
  ];
}

/** What only the answers of others lead to: target groups of the cluster, and groups of nodes. */
export function furtherQuestions(
  clusterName: string,
  arns: readonly string[],
  groups: readonly string[],
): Question[] {
  return [
    ...arns.map((arn) => aws("elbv2", "describe-target-health", "--target-group-arn", arn)),
    ...groups.map((name) =>
      aws("eks", "describe-nodegroup", "--cluster-name", clusterName, "--nodegroup-name", name),
    ),
  ];
}
