import { codeCell, markdownTable } from "../text/markdown";
import { wrap } from "../text/wrap";

/** Names of a target that sources are asked by. */
export interface Places {
  readonly clusterName: string;
  readonly region: string;
  /** Network policies are Cilium's to enforce; else the agent of the VPC CNI's. */
  readonly cilium: boolean;
  readonly addresses: "cilium-eni" | "cilium-overlay" | "vpc-cni";
  readonly flowLogs:
    | { readonly kind: "cloudwatch"; readonly group: string }
    | { readonly kind: "s3"; readonly bucket: string }
    | { readonly kind: "none" };
  readonly nat: boolean;
  /** Log groups of a network firewall; none without one. */
  readonly firewallLogs: readonly string[];
  readonly loadBalancers: boolean;
}

/** A question, and whom to ask. */
export interface Sources {
  readonly question: string;
  /** Commands of kubectl and what runs in the cluster. */
  readonly kubernetes: readonly string[];
  /** Commands of aws; empty where AWS does not know. */
  readonly aws: readonly string[];
  /** Causes that an answer leads to, by their runbooks. */
  readonly causes: readonly string[];
}

/** Whom to ask what, with a target's names filled in. */
export function whereToLook(places: Places): Sources[] {
  const { clusterName, region } = places;
  const aws = (command: string) => `aws --region ${region} ${command}`;
  return [
    {
      question: "Is a backend selected?",
      kubernetes: [
        "kubectl get svc,endpointslice -n NAMESPACE -o wide",
        "kubectl get pods -n NAMESPACE --show-labels",
      ],
      aws: [],
      causes: ["endpoints-missing"],
    },
    {
      question: "Does the pod run on the node that it should?",
      kubernetes: ["kubectl get pods -n NAMESPACE -o wide", "kubectl describe pod POD -n NAMESPACE"],
      aws: [
        aws(
          `ec2 describe-instances --filters Name=tag:aws:eks:cluster-name,Values=${clusterName} --query 'Reservations[].Instances[].[PrivateDnsName,InstanceType,SubnetId]'`,
        ),
      ],
      causes: ["no-tolerated-node", "placement-unmet", "volume-zone", "requests-too-large"],
    },
    {
      question: "Is traffic denied by policy?",
      kubernetes: places.cilium
        ? [
            "kubectl -n kube-system exec ds/cilium -c cilium-agent -- hubble observe --verdict DROPPED --last 100",
            "kubectl get ciliumnetworkpolicies,networkpolicies -A",
          ]
        : [
            "kubectl -n kube-system exec ds/aws-node -c aws-eks-nodeagent -- grep DENY /var/log/aws-routed-eni/network-policy-agent.log",
            "kubectl get networkpolicies -A",
          ],
      aws: [
        ...rejects(places, aws),
        aws(
          `ec2 describe-security-groups --filters Name=tag-key,Values=kubernetes.io/cluster/${clusterName}`,
        ),
      ],
      causes: ["policy-blocks", "dns-policy", "node-security-group", "zone-path"],
    },
    {
      question: "Is the load balancer healthy?",
      kubernetes: [
        "kubectl get svc,ingress -A",
        "kubectl get events -A --field-selector type=Warning",
        ...(places.loadBalancers ? ["kubectl get targetgroupbindings -A"] : []),
      ],
      aws: [
        aws("elbv2 describe-load-balancers --query 'LoadBalancers[].[LoadBalancerName,State.Code,Scheme]'"),
        aws("elbv2 describe-target-health --target-group-arn ARN"),
      ],
      causes: ["load-balancer-subnets", "targets-unhealthy"],
    },
    {
      question: "Does traffic get out?",
      kubernetes: ["kubectl logs POD -n NAMESPACE", "kubectl -n kube-system logs deploy/coredns --tail=200"],
      aws: [
        ...(places.nat
          ? [
              aws(
                "cloudwatch get-metric-statistics --namespace AWS/NATGateway --metric-name ErrorPortAllocation --dimensions Name=NatGatewayId,Value=NAT --start-time START --end-time END --period 300 --statistics Sum",
              ),
            ]
          : []),
        ...places.firewallLogs.map((group) => aws(`logs tail ${group} --since 1h`)),
        ...rejects(places, aws),
        aws("ec2 describe-route-tables --filters Name=vpc-id,Values=VPC"),
      ],
      causes: ["zone-path", "registry-unreachable", "dns-upstream", "nat-gateway"],
    },
    {
      question: "Are addresses used up?",
      kubernetes:
        places.addresses === "vpc-cni"
          ? [
              "kubectl -n kube-system logs daemonset/aws-node -c aws-node --tail=200",
              "kubectl describe node NODE",
            ]
          : [
              "kubectl get ciliumnodes -o json",
              "kubectl -n kube-system exec ds/cilium -c cilium-agent -- cilium-dbg status --all-addresses",
            ],
      aws: [
        aws(
          "ec2 describe-subnets --filters Name=vpc-id,Values=VPC --query 'Subnets[*].[SubnetId,AvailabilityZone,AvailableIpAddressCount]' --output text",
        ),
        aws("ec2 describe-network-interfaces --filters Name=attachment.instance-id,Values=INSTANCE"),
      ],
      causes: ["subnet-full", "prefixes-fragmented", "node-address-limit", "overlay-share-full"],
    },
    {
      question: "What did the control plane do?",
      kubernetes: ["kubectl get events -A --sort-by=.lastTimestamp"],
      aws: [aws(`logs tail /aws/eks/${clusterName}/cluster --since 1h`)],
      causes: ["webhook-down", "webhook-overlay", "node-not-joined"],
    },
  ];
}

function rejects({ flowLogs }: Places, aws: (command: string) => string): string[] {
  switch (flowLogs.kind) {
    case "cloudwatch":
      return [aws(`logs filter-log-events --log-group-name ${flowLogs.group} --filter-pattern REJECT`)];
    case "s3":
      return [aws(`s3 ls s3://${flowLogs.bucket}/ --recursive`)];
    case "none":
      return [];
  }
}

export function matrixText(rows: readonly Sources[]): string {
  return rows
    .map(({ question, kubernetes, aws, causes }) =>
      [
        question,
        ...kubernetes.map((command) => `  Kubernetes  ${command}`),
        ...(aws.length === 0
          ? ["  AWS         does not know"]
          : aws.map((command) => `  AWS         ${command}`)),
        ...wrap(causes.join(", "), 100, { first: "  leads to    ", rest: "              " }),
      ].join("\n"),
    )
    .join("\n\n");
}

/** The same as Markdown. */
export function matrixMarkdown(rows: readonly Sources[], runbook: (cause: string) => string): string {
  const cell = (commands: readonly string[]) =>
    commands.length === 0 ? "-" : commands.map(codeCell).join("<br>");
  return markdownTable(
    ["question", "Kubernetes", "AWS", "leads to"],
    rows.map(({ question, kubernetes, aws, causes }) => [
      question,
      cell(kubernetes),
      cell(aws),
      causes.map((each) => `[${each}](${runbook(each)})`).join(", "),
    ]),
  );
}
