import { text as yamlText } from "./yaml-text";
import type { Choices, Cni, Size } from "./choices";

const SCHEMA = "node_modules/octarine/schema/target.schema.json";

/** The configuration of a new repository: files of `envs` by their path. */
export function targetFiles(choices: Choices, release: string, expires: string): Record<string, string> {
  const { environment, regions } = choices;
  return {
    "envs/platform.yaml": platformFile(choices, release, expires),
    [`envs/${environment}/environment.yaml`]: environmentFile(choices),
    ...Object.fromEntries(
      regions.map((region, index) => [
        `envs/${environment}/${region}.yaml`,
        regionFile(choices, region, `10.${16 + index * 16}.0.0/16`),
      ]),
    ),
  };
}

export function platformFile({ cni }: Pick<Choices, "cni">, release: string, expires: string): string {
  const isVpcCni = cni === "cilium-chaining" || cni === "vpc-cni";
  const identities = ["ebs-csi-identity_identity", ...(isVpcCni ? ["vpc-cni_identity_identity"] : [])];
  return yamlText(
    `${modeline(1)}
# What all targets share. Later layers win: environment.yaml, then the target's own file.
release: ${JSON.stringify(release)}
tags: { owner: platform-team }
# What the account has, from Service Quotas; AWS's defaults are less than a cluster needs.
capacity: { quotas: { vcpusOnDemand: 2000, vcpusSpot: 2000 } }
waivers:`,
    ...identities.map(
      (each) => `  - rule: IAM-RESOURCE-WILDCARD
    at: module.${each}
    reason: the registry module's own policy, as AWS publishes it
    owner: platform-team
    expires: ${JSON.stringify(expires)}`,
    ),
  );
}

export function environmentFile({
  account,
  environment,
  regions,
  ciAccount,
}: Pick<Choices, "account" | "environment" | "regions" | "ciAccount">): string {
  return yamlText(
    `${modeline(2)}
# What all regions of ${environment} share.
account:
  id: ${JSON.stringify(account)}`,
    ...(ciAccount?.comment === undefined ? [] : [`  # ${ciAccount.comment}`]),
    ...(ciAccount === undefined ? [] : [`  ci: ${ciAccount.yaml}`]),
    `state: { region: ${regions[0]} }
# How the machine that deploys reaches private control planes (node_modules/octarine/docs/bootstrap.md).
runner: { reach: in-vpc }`,
  );
}

export function regionFile(
  { account, environment, cni, egress, size }: Choices,
  region: string,
  vpcCidr: string,
): string {
  const { nodes, karpenter, ...sized } = SIZES[size];
  const zones = environment === "prod" ? Math.max(sized.zones, ZONES_OF_PRODUCTION) : sized.zones;
  return yamlText(
    `${modeline(2)}
network:
  # Differs from all that the VPC will ever be connected with.
  vpcCidr: ${vpcCidr}
  # aws ec2 describe-availability-zones says which the account has.
  zones: [${zonesOf(region, zones).join(", ")}]
  egress: { kind: ${egress} }`,
    ...(egress === "none" ? isolated(account, region) : []),
    `cni: ${CNIS[cni]}
nodes:
  main: ${nodes}`,
    ...(karpenter === undefined ? [] : [karpenter]),
    "metricsServer: {}",
  );
}

/** Without a way out AWS is reached by endpoints alone, and images come from the account (npx octarine images --copy). */
function isolated(account: string, region: string): string[] {
  return ["  endpoints: { set: isolated }", `images: { mirror: ${account}.dkr.ecr.${region}.amazonaws.com }`];
}

const CNIS: Readonly<Record<Cni, string>> = {
  "cilium-eni": "{ kind: cilium-eni }",
  "cilium-overlay": "{ kind: cilium-overlay, podCidr: 100.64.0.0/11, tunnel: vxlan }",
  "cilium-chaining": "{ kind: cilium-chaining, addressMode: prefix }",
  "vpc-cni": "{ kind: vpc-cni, addressMode: prefix }",
};

interface Sized {
  readonly zones: number;
  readonly nodes: string;
  readonly karpenter?: string;
}

/** With two, the loss of one takes half of it. */
const ZONES_OF_PRODUCTION = 3;

/** Nodes of managed groups, which run the platform; from medium on Karpenter makes those of applications. */
const SIZES: Readonly<Record<Size, Sized>> = {
  small: { zones: 2, nodes: "{ instanceTypes: [m7i.large], size: { min: 2, max: 4 } }" },
  medium: {
    zones: 3,
    nodes: "{ instanceTypes: [m7i.large], size: { min: 3, max: 6 } }",
    karpenter: pool(100, 4),
  },
  large: {
    zones: 3,
    nodes: "{ instanceTypes: [m7i.xlarge], size: { min: 3, max: 9 } }",
    karpenter: pool(500, 8),
  },
};

/** Larger nodes where there are many: each holds addresses of the VPC for its pods. */
function pool(cpus: number, least: number): string {
  return `karpenter:
  classes:
    general: { ami: bottlerocket }
  pools:
    general: { class: general, arch: [amd64], capacity: [on-demand], vcpus: { min: ${least} }, limits: { cpus: ${cpus} } }`;
}

/** Letters of zones where they are not a, b, c (AWS General Reference; which of them an account sees is its own). */
const LETTERS: Readonly<Record<string, string>> = { "ap-northeast-1": "acd", "ca-central-1": "abd" };

function zonesOf(region: string, count: number): string[] {
  return [...(LETTERS[region] ?? "abc")].slice(0, count).map((letter) => `${region}${letter}`);
}

/** For editors, from a file so many folders below the repository. */
export function modeline(depth: number): string {
  return `# yaml-language-server: $schema=${"../".repeat(depth)}${SCHEMA}`;
}
