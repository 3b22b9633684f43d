import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { apiServerHost } from "../../wiring/api-server-host";
import { roleArn } from "../../model/role-arn";
import type { Target } from "../../model/target";
import type { clusterContract } from "../cluster/cluster-contract";
import type { Outputs } from "./output-contract";

type Cluster = Pick<Outputs<typeof clusterContract>, "endpoint" | "certificate_authority_data">;

/**
 * How Terraform talks to the Kubernetes API: with a token made on the spot by the AWS CLI. A token from a data source
 * lives 15 minutes and ends up in a saved plan.
 */
function connection({ endpoint, certificate_authority_data }: Cluster, target: Target) {
  const { runner, account } = target.config;
  const tunnel = runner?.reach === "ssm-tunnel" ? runner : undefined;
  return {
    host: tunnel ? `https://127.0.0.1:${tunnel.localPort}` : endpoint,
    // The certificate is for the cluster's own name, also at the near end of a tunnel.
    ...(tunnel && { tlsServerName: apiServerHost(endpoint) }),
    clusterCaCertificate: Fn.base64decode(certificate_authority_data),
    exec: {
      apiVersion: "client.authentication.k8s.io/v1",
      command: "aws",
      args: [
        ...[
          "eks",
          "get-token",
          "--output",
          "json",
          "--cluster-name",
          target.clusterName,
          "--region",
          target.region,
        ],
        ...["--role-arn", roleArn(account.deployRole, target)],
      ],
    },
  };
}

export function addHelmProvider(scope: Construct, cluster: Cluster, target: Target): void {
  new HelmProvider(scope, "helm", { kubernetes: connection(cluster, target) });
}

export function addKubernetesProvider(scope: Construct, cluster: Cluster, target: Target): void {
  const { exec, ...rest } = connection(cluster, target);
  new KubernetesProvider(scope, "kubernetes", { ...rest, exec: [exec] });
}
