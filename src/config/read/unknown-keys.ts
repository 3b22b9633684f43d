import { listed } from "../../text/listed";
import { components } from "../../components/components";
import { isOneOf } from "../../releases/pins";
import { nearestOf } from "../../text/nearest";
import { type ConfigPath, formatPath } from "./source-node";
import { type JsonSchema, targetJsonSchema } from "../json-schema/target-schema-json";

/** What to write in place of a key that is not known at its place. */
export function unknownKeyRemedy(key: string, at: ConfigPath, known: readonly string[]): string {
  if (at.length === 1 && at[0] === "versions" && isOneOf(components, key)) {
    return `; Octarine does not install ${key}, so nothing would change: remove it`;
  }
  const near = nearestOf(key, known);
  if (near !== undefined) return `; did you mean ${near}?`;
  const meant = SYNONYMS[word(key)];
  if (meant !== undefined) return `; ${meant}`;
  const elsewhere = placesOf(key).filter((place) => place !== formatPath([...at, key]));
  if (elsewhere.length > 0 && elsewhere.length <= 4) return `; did you mean ${listed(elsewhere, "or")}?`;
  return known.length > 0 ? `; known here: ${known.join(", ")}` : "";
}

/**
 * Words of other tools (eksctl, the EKS and VPC modules of terraform-aws-modules, EKS Blueprints, Helm) for what has another
 * name or place here. Without dashes, underscores and capitals.
 */
const SYNONYMS: Readonly<Record<string, string | undefined>> = Object.assign(Object.create(null) as object, {
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
  fargate: "there are no Fargate profiles here; write nodes or karpenter",
  fargateprofiles: "there are no Fargate profiles here; write nodes or karpenter",
  iam: "roles come with what needs them; who gets in is cluster.access",
  iamidentitymappings: "write cluster.access",
  accessentries: "write cluster.access",
  awsauth: "write cluster.access",
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
});

function word(key: string): string {
  return key.toLowerCase().replace(/[-_ ]/g, "");
}

let index: ReadonlyMap<string, readonly string[]> | undefined;

/** Paths of the schema that end in the key, whatever its case; maps of any name are `<name>`. */
function placesOf(key: string): readonly string[] {
  index ??= indexOf(targetJsonSchema());
  return index.get(word(key)) ?? [];
}

function indexOf(root: JsonSchema): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, Set<string>>();
  const visit = ({ properties, additionalProperties, oneOf, anyOf }: JsonSchema, path: string): void => {
    for (const [key, schema] of Object.entries(properties ?? {})) {
      const place = path === "" ? key : `${path}.${key}`;
      places.set(word(key), (places.get(word(key)) ?? new Set()).add(place));
      visit(schema, place);
    }
    if (typeof additionalProperties === "object") visit(additionalProperties, `${path}.<name>`);
    for (const option of oneOf ?? anyOf ?? []) visit(option, path);
  };
  visit(root, "");
  return new Map([...places].map(([key, all]) => [key, [...all]]));
}
