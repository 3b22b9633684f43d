import { containerInsightsCalls } from "../../components/amazon-cloudwatch-observability/calls";
import { ebsCsiCalls } from "../../components/aws-ebs-csi-driver/calls";
import { logShipperCalls } from "../../components/aws-for-fluent-bit/calls";
import type { AwsCall } from "../../components/aws-call";
import { loadBalancerControllerCalls } from "../../components/aws-load-balancer-controller/calls";
import { privateCaCalls } from "../../components/aws-privateca-issuer/calls";
import { dns01Calls } from "../../components/cert-manager/calls";
import { ciliumOperatorCalls } from "../../components/cilium/calls";
import { assumeRoleCalls, externalDnsCalls } from "../../components/external-dns/calls";
import { storeRoleCalls } from "../../components/external-secrets/calls";
import { kedaCalls } from "../../components/keda/calls";
import { alertmanagerCalls } from "../../components/kube-prometheus-stack/calls";
import { exporterCalls } from "../../components/opentelemetry-operator/calls";
import { veleroCalls } from "../../components/velero/calls";
import { vpcCniCalls } from "../../components/vpc-cni/calls";
import type { Resource } from "../../guardrails/resource";
import { at, entries, isFalse, isTrue, items, text, texts } from "../../guardrails/value";
import {
  clusterPlace,
  deep,
  objects,
  ofType,
  releasesOf,
  type Stacks,
  unique,
  values,
  written,
} from "./objects";
import { roleStores } from "./secret-stores";

/** Who a service account is: namespace, name, and the cluster that it is of. */
export interface Account {
  readonly namespace: string;
  readonly name: string;
  readonly clusterName: string;
  /** The module's call that makes its role. */
  readonly call: Resource;
}

type CallsFrom = (stacks: Stacks, account: Account) => AwsCall[];

/** By the name of the service account, or of the add-on that has one; each reads what the synthesized objects use. */
const controllers: Readonly<Partial<Record<string, CallsFrom>>> = {
  "aws-load-balancer-controller": (stacks, { clusterName }) => {
    const [release] = releasesOf(stacks, "aws-load-balancer-controller");
    const isOn = (name: string) => release === undefined || !isFalse(values(release, name));
    return loadBalancerControllerCalls(clusterPlace(stacks, clusterName), {
      shield: isOn("enableShield"),
      waf: isOn("enableWaf"),
      wafv2: isOn("enableWafv2"),
    });
  },
  "cilium-operator": (stacks, { clusterName }) => ciliumOperatorCalls(clusterPlace(stacks, clusterName)),
  "vpc-cni": (stacks, { clusterName }) =>
    vpcCniCalls(
      clusterPlace(stacks, clusterName),
      ofType(stacks, "module").some(({ attributes }) => text(attributes.ip_family) === "ipv6")
        ? "ipv6"
        : "ipv4",
    ),
  "aws-ebs-csi-driver": (stacks, { clusterName }) =>
    ebsCsiCalls(
      clusterPlace(stacks, clusterName),
      unique(
        objects(stacks, "StorageClass").flatMap(({ attributes }) => deep(attributes.parameters, "kmsKeyId")),
      ),
    ),
  "cert-manager": ({ resources, place }) => {
    const solvers = objects({ resources, place }, "ClusterIssuer", "Issuer").flatMap(({ attributes }) =>
      items(at(attributes, "spec", "acme", "solvers")).map((each) => at(each, "dns01", "route53")),
    );
    const named = solvers.filter((each) => each !== undefined);
    const ids = unique(named.map((each) => written(at(each, "hostedZoneID"))));
    return named.length === 0 ? [] : dns01Calls(place.partition, ids, ids.length === 0);
  },
  "aws-privateca-issuer": (stacks) =>
    objects(stacks, "AWSPCAClusterIssuer", "AWSPCAIssuer").flatMap(({ attributes }) =>
      privateCaCalls(
        written(at(attributes, "spec", "arn")),
        templatesOf(stacks, text(at(attributes, "metadata", "name"))),
      ),
    ),
  "external-secrets": (stacks) => storeRoleCalls(unique(roleStores(stacks).map(({ roleArn }) => roleArn))),
  // Queues of teams' own ScaledObjects are in no stack: the configuration names them, and the role's statement does.
  "keda-operator": (stacks, { call }) => {
    const triggers = objects(stacks, "ScaledObject", "ScaledJob")
      .flatMap(({ attributes }) => items(at(attributes, "spec", "triggers")))
      .filter((each) => text(at(each, "authenticationRef", "kind")) === "ClusterTriggerAuthentication")
      .map((each) => ({
        type: text(at(each, "type")),
        resources: queueArns(written(at(each, "metadata", "queueURL")), stacks.place.partition),
      }));
    const named = items(call.attributes.policy_statements).flatMap((each) => texts(at(each, "resources")));
    const others = named.filter((arn) => !triggers.some(({ resources }) => resources.includes(arn)));
    return kedaCalls([...triggers, ...others.map((arn) => ({ type: "aws-sqs-queue", resources: [arn] }))]);
  },
  "velero-server": (stacks, { clusterName }) => {
    const [release] = releasesOf(stacks, "velero");
    if (release === undefined) return [];
    const locations = items(values(release, "configuration", "backupStorageLocation"));
    const snapshots = items(values(release, "configuration", "volumeSnapshotLocation")).length > 0;
    return veleroCalls(clusterPlace(stacks, clusterName), {
      buckets: locations.map((each) => ({
        name: written(at(each, "bucket")),
        region: text(at(each, "config", "region")),
        ...(written(at(each, "config", "kmsKeyId")) !== "" && {
          keyArn: written(at(each, "config", "kmsKeyId")),
        }),
        ...(text(at(each, "prefix")) !== "" && { prefix: text(at(each, "prefix")) }),
        readOnly: text(at(each, "accessMode")) === "ReadOnly",
      })),
      snapshots,
      volumeKeyArns: [],
    });
  },
  "aws-for-fluent-bit": (stacks) =>
    logShipperCalls(
      releasesOf(stacks, "aws-for-fluent-bit").map(
        (each) => `${logGroups(stacks)}${text(values(each, "cloudWatchLogs", "logGroupName"))}`,
      ),
    ),
  "amazon-cloudwatch-observability": (stacks, { clusterName }) =>
    containerInsightsCalls(
      ofType(stacks, "aws_cloudwatch_log_group")
        .map(({ attributes }) => text(attributes.name))
        .filter((each) => each.startsWith(`/aws/containerinsights/${clusterName}/`))
        .map((each) => `${logGroups(stacks)}${each}`),
    ),
  alertmanager: (stacks) =>
    alertmanagerCalls(
      unique(releasesOf(stacks, "kube-prometheus-stack").flatMap((each) => deep(values(each), "topic_arn"))),
    ),
  "otlp-collector": (stacks) =>
    objects(stacks, "OpenTelemetryCollector").flatMap(({ attributes }) =>
      entries(at(attributes, "spec", "config", "exporters")).flatMap(([name, settings]) =>
        exporterCalls({
          type: name.split("/")[0] ?? name,
          telemetry: isTrue(at(settings, "telemetry", "enabled")),
        }),
      ),
    ),
};

/** What a controller calls, by its service account; undefined for one that is no part of the platform. */
export function controllerCalls(stacks: Stacks, account: Account): AwsCall[] | undefined {
  const external = releasesOf(stacks, "external-dns").find(
    (each) => text(values(each, "serviceAccount", "name")) === account.name,
  );
  if (external === undefined) return controllers[account.name]?.(stacks, account);
  const flags = texts(values(external, "extraArgs"));
  const flag = (name: string) =>
    flags.filter((each) => each.startsWith(`${name}=`)).map((each) => each.slice(name.length + 1));
  const [role] = flag("--aws-assume-role");
  if (role !== undefined) return assumeRoleCalls(role);
  return externalDnsCalls({
    partition: stacks.place.partition,
    zoneIds: flag("--zone-id-filter"),
    zoneTags: flag("--aws-zone-tags").length > 0,
  });
}

/** What an issuer signs: a CA for each certificate that is one (cert-manager/aws-privateca-issuer pkg/aws/pca.go). */
function templatesOf(stacks: Stacks, issuer: string): string[] {
  const certificates = objects(stacks, "Certificate").filter(
    ({ attributes }) => text(at(attributes, "spec", "issuerRef", "name")) === issuer,
  );
  return certificates.some(({ attributes }) => isTrue(at(attributes, "spec", "isCA")))
    ? ["SubordinateCACertificate_PathLen0/V1"]
    : [];
}

/** `https://sqs.eu-west-1.amazonaws.com/111122223333/orders` */
function queueArns(url: string, partition: string): string[] {
  const [, region, account, name] = /^https:\/\/sqs\.([\w-]+)\.[^/]+\/(\d+)\/(.+)$/.exec(url) ?? [];
  return name === undefined
    ? [url === "" ? "*" : url]
    : [`arn:${partition}:sqs:${region}:${account}:${name}`];
}

function logGroups({ place: { partition, region, account } }: Stacks): string {
  return `arn:${partition}:logs:${region}:${account}:log-group:`;
}
