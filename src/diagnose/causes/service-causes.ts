import type { Cause } from "./cause";

/** Names that do not resolve, images that do not come, and what AWS refuses. */
export const serviceCauses = [
  {
    id: "coredns-overloaded",
    title: "CoreDNS is too small, throttled or not running",
    keys: ["network.dns.coreDns", "network.dns.nodeLocalCache"],
    mend: "give CoreDNS more replicas and memory, spread over nodes, and turn the node-local cache on",
    confirm: "kubectl -n kube-system top pods -l k8s-app=kube-dns",
  },
  {
    id: "dns-upstream",
    title: "A resolver that CoreDNS asks does not answer",
    keys: ["network.dns.forward", "network.connections.onPremises", "network.egress"],
    mend: "open the way to the resolver on 53, TCP and UDP, or forward to one that answers",
    confirm: "kubectl -n kube-system logs deploy/coredns",
  },
  {
    id: "dns-cache",
    title: "The node-local DNS cache does not answer",
    keys: ["network.dns.nodeLocalCache"],
    mend: "mend its pods, or turn the cache off until they run",
    confirm: "kubectl -n kube-system get pods -l k8s-app=node-local-dns -o wide",
  },
  {
    id: "private-zone",
    title: "A private hosted zone is not associated with the cluster's VPC",
    keys: ["network.dns.privateZones", "network.dns.associatedZones"],
    mend: "associate the zone with the VPC",
    confirm: "aws route53 list-hosted-zones-by-vpc --vpc-id VPC --vpc-region REGION",
  },
  {
    id: "dns-policy",
    title: "A network policy keeps pods from asking the cluster's DNS",
    keys: ["namespaces.*.allow", "policies.defaultDeny"],
    mend: "let the pods out to kube-dns on 53; namespaces of the config have that already",
    confirm: "hubble observe --port 53 --verdict DROPPED",
  },
  {
    id: "image-not-found",
    title: "The image, its tag or one for the node's architecture does not exist",
    keys: ["workloads.*.image", "karpenter.pools.*.arch"],
    mend: "name an image that is there, built for the architecture of the nodes",
    confirm: "aws ecr describe-images --repository-name REPOSITORY",
  },
  {
    id: "image-denied",
    title: "The registry refuses the pull: no rights, no login, or too many pulls",
    keys: ["nodes.*.additionalPolicies", "images"],
    mend: "let the nodes' role read the repository, or pull through a cache of your own",
    confirm: "aws ecr get-repository-policy --repository-name REPOSITORY",
  },
  {
    id: "registry-unreachable",
    title: "Nodes have no way to the image registry",
    keys: ["network.egress", "network.endpoints.set", "network.endpoints.additional", "images"],
    mend: "give the subnets a way out, or the endpoints ecr.api, ecr.dkr and s3",
    confirm: "aws ec2 describe-vpc-endpoints --filters Name=vpc-id,Values=VPC",
  },
  {
    id: "controller-denied",
    title: "AWS refuses what a controller calls",
    keys: [
      "podIdentities",
      "workloads.*.identity.statements",
      "secrets.stores",
      "nodes.*.additionalPolicies",
    ],
    mend: "compare with the proof: npx octarine permissions names what the identity may call; apply its stack, or look for an SCP or boundary",
    confirm: "aws iam simulate-principal-policy --policy-source-arn ROLE --action-names ACTION",
  },
  {
    id: "no-credentials",
    title: "A pod gets no credentials of AWS",
    keys: ["podIdentities", "workloads.*.identity"],
    mend: "associate the service account with a role, run the Pod Identity agent, and restart the pod",
    confirm: "aws eks list-pod-identity-associations --cluster-name CLUSTER",
  },
] as const satisfies readonly Cause[];
