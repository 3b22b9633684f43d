/** What other tools can do with EKS and this platform does not: why, and what to write in its place. */
const NO_FARGATE =
  "Fargate runs no DaemonSet, so its pods have neither Cilium nor the agents of nodes: write nodes or karpenter.pools";
const NO_AUTO_MODE =
  "Auto Mode brings the VPC CNI, load balancers and Karpenter of AWS's own, beside which Cilium can't run: write nodes and karpenter.pools";
const NO_WINDOWS =
  "neither Cilium nor Istio's sidecars run on Windows nodes: give those pods a cluster of their own";
const NO_HYBRID_NODES =
  "machines outside AWS have no place in the plan of addresses and routes here: keep them in a cluster of their own, and connect it by network.peers";
const NO_OUTPOSTS =
  "a cluster on Outposts has no Pod Identity and no managed node groups, which everything here is made with: use a region";
const NO_LAUNCH_TEMPLATE =
  "a template of your own would take the place of the one with the nodes' security group, IMDSv2, encrypted volumes and max pods: write what it is for as keys of the group, such as amiId, rootVolume, kubelet, tags, placementGroup, capacityReservation and efa";
const EXISTING_VPC = "a VPC that is there already is network.existing: { vpcId, subnets, routeTables }";

/** docs.cilium.io, Routing, Native-Routing: of pods that the cluster itself numbers, a VPC knows no route. */
const NO_NODE_ROUTES =
  "nodes in several zones have no routes to each other's pods but those of the VPC: cilium-eni routes natively by itself, cilium-overlay by a tunnel; remove it";

const IPAM =
  "where pod addresses come from follows from cni.kind. cilium-eni: the VPC; cilium-overlay: podCidr (cluster-pool). ipam.mode=kubernetes waits for a podCIDR on each node, which EKS's control plane never gives";

/**
 * Words of other tools (eksctl, the EKS and VPC modules of terraform-aws-modules, EKS Blueprints, Helm) for what has another
 * name or place here. Without dashes, underscores and capitals.
 */
export const keysOfOthers: Readonly<Record<string, string | undefined>> = Object.assign(
  Object.create(null) as object,
  {
    version: "Kubernetes's version comes with release; another one is versions.kubernetes",
    kubernetesversion: "Kubernetes's version comes with release; another one is versions.kubernetes",
    k8sversion: "Kubernetes's version comes with release; another one is versions.kubernetes",
    clusterversion: "Kubernetes's version comes with release; another one is versions.kubernetes",
    region: "the region is the name of the target's file, such as us-east-1.yaml",
    environment: "the environment is the name of the folder, such as prod/us-east-1.yaml",
    accountid: "write account: { id }",
    vpc: "write network",
    cidr: "the VPC's range is network.vpcCidr",
    cidrblock: "the VPC's range is network.vpcCidr",
    azs: "write network.zones",
    availabilityzones: "write network.zones",
    nat: "write network.egress: { kind: nat-per-zone }",
    natgateway: "write network.egress: { kind: nat-per-zone }",
    enablenatgateway: "write network.egress: { kind: nat-per-zone }",
    singlenatgateway: "write network.egress: { kind: nat-single, reason }",
    multiregion: "write regions: { in, addresses, zones } in the environment's environment.yaml",
    gitopsrepo: "write gitops: { repo }",
    autodirectnoderoutes: NO_NODE_ROUTES,
    directnoderoutes: NO_NODE_ROUTES,
    ipv4nativeroutingcidr: NO_NODE_ROUTES,
    nativeroutingcidr: NO_NODE_ROUTES,
    enableipv4prefixdelegation: "write prefixDelegation",
    awsenableprefixdelegation: "write prefixDelegation",
    vpcid: EXISTING_VPC,
    subnetids: EXISTING_VPC,
    privatesubnets: EXISTING_VPC,
    privatesubnetids: EXISTING_VPC,
    nodegroups: "write nodes",
    managednodegroups: "write nodes",
    eksmanagednodegroups: "write nodes",
    nodepools: "write karpenter.pools",
    nodeclasses: "write karpenter.classes",
    ec2nodeclasses: "write karpenter.classes",
    provisioners: "write karpenter.pools",
    minsize: "write size: { min, max }",
    maxsize: "write size: { min, max }",
    desiredsize: "write size: { min, max, desired }",
    desiredcapacity: "write size: { min, max, desired }",
    volumesize: "write rootVolumeGiB",
    disksize: "write rootVolumeGiB",
    volumetype: "write rootVolume: { type: gp3 }, or io2",
    volumeiops: "write rootVolume: { type: gp3, iops }, or io2",
    volumethroughput: "write rootVolume: { type: gp3, throughputMiB }",
    blockdevicemappings: "write rootVolumeGiB and rootVolume",
    launchtemplate: NO_LAUNCH_TEMPLATE,
    launchtemplateid: NO_LAUNCH_TEMPLATE,
    launchtemplateversion: NO_LAUNCH_TEMPLATE,
    usecustomlaunchtemplate: NO_LAUNCH_TEMPLATE,
    placement: "write placementGroup: { name, strategy }",
    efaenabled: "write efa: {}",
    enableefasupport: "write efa: {}",
    capacityreservationspecification: "write capacityReservation: { kind, id }",
    enablebootstrapuserdata: "it follows from amiId",
    imageid: "write amiId",
    updateconfig: "write maxUnavailable or maxUnavailablePercent",
    iamroleadditionalpolicies: "write additionalPolicies",
    attachpolicyarns: "write additionalPolicies",
    kubeletextraconfig: "write kubelet",
    kubeletextraargs: "write kubelet, maxPods, labels and taints",
    kubeletconfiguration: "write kubelet",
    bootstrapextraargs: "write kubelet, maxPods, labels and taints",
    maxpods: "max pods are the group's own: maxPods beside kubelet",
    registerwithtaints: "write taints",
    nodelabels: "write labels",
    imagegchighthresholdpercent: "write imageGc: { highPercent, lowPercent }",
    imagegclowthresholdpercent: "write imageGc: { highPercent, lowPercent }",
    amifamily: "write ami",
    amitype: "write ami",
    capacitytype: "write capacity: spot or on-demand",
    istio: "write mesh: { kind: istio }",
    servicemesh: "write mesh",
    linkerd: "the mesh of this platform is Istio: mesh: { kind: istio }",
    argocd: "write gitops",
    argo: "write gitops",
    flux: "GitOps is by Argo CD: write gitops",
    argorollouts: "write gitops.rollouts",
    certmanager: "write ingress.certificates",
    externaldns: "write ingress.dns",
    awsloadbalancercontroller: "it comes with ingress: {}",
    loadbalancercontroller: "it comes with ingress: {}",
    ingressnginx: "write ingress.nginx",
    externalsecrets: "write secrets.stores",
    velero: "write backup",
    grafana: "write observability.prometheus.grafana",
    loki: "logs go to CloudWatch by observability.logs",
    cilium: "write cni: { kind: cilium-eni }",
    calico: "network policies are enforced by Cilium or the VPC CNI: write cni",
    clusterautoscaler: "nodes are made by Karpenter: write karpenter",
    spire: "write identity: { kind: spire }",
    hpa: "write scaling.horizontal of a service in workloads",
    vpa: "write verticalPodAutoscaler",
    addons: "add-ons come with what needs them; another version is versions.<name>",
    clusteraddons: "add-ons come with what needs them; another version is versions.<name>",
    fargate: NO_FARGATE,
    fargateprofiles: NO_FARGATE,
    fargateprofile: NO_FARGATE,
    automode: NO_AUTO_MODE,
    automodeconfig: NO_AUTO_MODE,
    computeconfig: NO_AUTO_MODE,
    windows: NO_WINDOWS,
    enablewindowssupport: NO_WINDOWS,
    windowssupport: NO_WINDOWS,
    hybridnodes: NO_HYBRID_NODES,
    remotenetworkconfig: NO_HYBRID_NODES,
    remotenodenetworks: NO_HYBRID_NODES,
    remotepodnetworks: NO_HYBRID_NODES,
    outpost: NO_OUTPOSTS,
    outposts: NO_OUTPOSTS,
    outpostconfig: NO_OUTPOSTS,
    ipam: IPAM,
    ipammode: IPAM,
    iam: "roles come with what needs them; who gets in is cluster.access",
    iamidentitymappings: "write cluster.access",
    accessentries: "write cluster.access",
    awsauth: "write cluster.access",
    principalarn: "write role",
    policyassociations: "write policy, and namespaces",
    accesspolicies: "write policy, and namespaces",
    groups: "write kubernetesGroups",
    username: "EKS makes the name from the role, with its session: leave it out",
    additionalsecuritygroupids: "write securityGroups",
    controlplanesecuritygroupids: "write securityGroups",
    endpointpublicaccess: "write cluster.endpoint: { kind: restricted-public, cidrs, reason }",
    clusterendpoints: "write cluster.endpoint",
    cloudwatch: "write cluster.logs or observability.containerInsights",
    replicacount: "write replicas",
    env: "write environment",
    requests: "write resources: { cpus, memoryMiB }",
    limits: "write resources: { memoryLimitMiB }",
    cpu: "write cpus",
    memory: "write memoryMiB, a number of MiB",
    nodeselector: "write placement.nodeLabels",
    serviceaccount: "each service has its own; its AWS role is identity.statements",
    livenessprobe: "write probes.live",
    readinessprobe: "write probes.ready",
  },
);

/** Words that other tools choose by, by the end of their place here. Written plainly, as `plainWord` makes them. */
const valuesOfOthers: readonly (readonly [place: RegExp, word: RegExp, meant: string])[] = [
  [/(^|\.)ami$/, /^windows/, NO_WINDOWS],
  [/(^|\.)ami$/, /^(amazonlinux2?|al2)$/, "EKS has no Amazon Linux 2 since Kubernetes 1.33: choose al2023"],
  [/^cni\.kind$/, /^(ipam)?(kubernetes|hostscope)$/, IPAM],
  [/^cni\.kind$/, /^(cilium)?clusterpool$/, "cluster-pool is what cilium-overlay does"],
  [/^cluster\.access\..*\.policy$/, /clusteradminpolicy$/, "that is cluster-admin"],
  [/^cluster\.access\..*\.policy$/, /adminviewpolicy$/, "that is admin-view"],
  [/^cluster\.access\..*\.policy$/, /secretreaderpolicy$/, "that is secret-reader"],
  [
    /^cluster\.access\..*\.policy$/,
    /(autonode|compute|blockstorage|loadbalancing|networking)(cluster)?policy$/,
    NO_AUTO_MODE,
  ],
  [/^cluster\.access\..*\.policy$/, /hybridpolicy$/, NO_HYBRID_NODES],
  [/^cluster\.access\..*\.type$/, /^fargatelinux$/, NO_FARGATE],
  [/^cluster\.access\..*\.type$/, /^ec2windows$/, NO_WINDOWS],
  [/^cluster\.access\..*\.type$/, /^hybridlinux$/, NO_HYBRID_NODES],
  [/^cluster\.access\..*\.type$/, /^ec2$/, NO_AUTO_MODE],
  [/^cni\.kind$/, /^automode$/, NO_AUTO_MODE],
];

/** What a word that no choice here has means in other tools. */
export function valueOfOthers(place: string, written: string): string | undefined {
  const plain = plainWord(written);
  return valuesOfOthers.find(([at, word]) => at.test(place) && word.test(plain))?.[2];
}

/** Without dashes, underscores, spaces and capitals. */
export function plainWord(text: string): string {
  return text.toLowerCase().replace(/[-_ ]/g, "");
}
