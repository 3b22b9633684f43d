import { Sleep } from "@cdktf/provider-time/lib/sleep";
import { Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { ManifestRelease } from "../../modules/manifest-release";
import type { Manifest } from "../../modules/manifest";
import { physicalName } from "../../modules/physical-names";
import { KarpenterModule } from "../../modules/registry/karpenter";
import { karpenterControllerRole } from "../../modules/role-names";
import { type KarpenterAccount, karpenterIrsaTrust, karpenterPolicyGaps } from "./karpenter-policy";
import { type KarpenterSettings, karpenterValues } from "./karpenter-values";
import { nodeClass, type NodeClassSpec } from "./node-class";
import { nodePool, type NodePoolSpec } from "./node-pool";

const SERVICE_ACCOUNT = { namespace: "kube-system", name: "karpenter" } as const;

/** Long enough for nodes to drain: deleting a class waits for its nodes. */
const POOLS_TIMEOUT_SECONDS = 1800;

export interface KarpenterProps extends Omit<KarpenterSettings, "queueName" | "irsaRoleArn"> {
  readonly charts: { readonly crd: ChartRef; readonly controller: ChartRef };
  readonly account: KarpenterAccount;
  /** ARN of the cluster's IAM OIDC provider: the controller then has its role by IRSA, else by Pod Identity. */
  readonly oidcProviderArn?: string;
  readonly volumeKeyArn: string;
  /** Tags of instances, volumes and interfaces. */
  readonly tags: Readonly<Record<string, string>>;
  readonly classes: readonly NodeClassSpec[];
  readonly pools: readonly NodePoolSpec[];
}

/** Karpenter: its AWS side, its kinds, the controller, and last the classes and pools. */
export class Karpenter extends Construct {
  readonly controllerRoleArn: string;
  readonly nodeRoleArn: string;
  readonly nodeRoleName: string;
  readonly queueName: string;
  readonly release: HelmRelease["release"];
  /** Nodes for the pods of what comes after it. */
  readonly makesRoom = true;

  constructor(scope: Construct, id: string, props: KarpenterProps) {
    super(scope, id);
    const { charts, clusterName, oidcProviderArn } = props;
    const module = this.awsSide(props);
    this.controllerRoleArn = module.iamRoleArnOutput;
    this.nodeRoleArn = module.nodeIamRoleArnOutput;
    this.nodeRoleName = module.nodeIamRoleNameOutput;
    this.queueName = module.queueNameOutput;

    // A chart of their own, because Helm never upgrades what lies in a chart's crds/ folder.
    const crds = new HelmRelease(this, "crd", {
      name: "karpenter-crd",
      chart: charts.crd,
      namespace: SERVICE_ACCOUNT.namespace,
      values: {},
    }).release;
    this.release = new HelmRelease(this, "controller", {
      name: "karpenter",
      chart: charts.controller,
      namespace: SERVICE_ACCOUNT.namespace,
      values: karpenterValues({
        ...props,
        queueName: this.queueName,
        ...(oidcProviderArn !== undefined && { irsaRoleArn: this.controllerRoleArn }),
      }),
      skipCrds: true,
      dependsOn: [this.effectiveIdentity(module, oidcProviderArn), crds],
    }).release;
    new ManifestRelease(this, "karpenter-pools", {
      namespace: SERVICE_ACCOUNT.namespace,
      manifests: poolManifests(props, {
        clusterName,
        volumeKeyArn: props.volumeKeyArn,
        identity: props.isolated
          ? { instanceProfile: module.instanceProfileNameOutput }
          : { role: this.nodeRoleName },
        tags: props.tags,
      }),
      timeoutSeconds: POOLS_TIMEOUT_SECONDS,
      dependsOn: [this.release],
    });
  }

  private awsSide({ clusterName, account, oidcProviderArn, isolated }: KarpenterProps): KarpenterModule {
    const usesIrsa = oidcProviderArn !== undefined;
    return new KarpenterModule(this, "aws", {
      clusterName,
      iamRoleName: karpenterControllerRole(clusterName),
      iamRoleUseNamePrefix: false,
      // Inline, where a policy may have 10,240 characters: as a managed one (6,144) it is too long for long names.
      enableInlinePolicy: true,
      iamPolicyName: "karpenter",
      iamPolicyUseNamePrefix: false,
      iamPolicyStatements: karpenterPolicyGaps(account, clusterName),
      namespace: SERVICE_ACCOUNT.namespace,
      serviceAccount: SERVICE_ACCOUNT.name,
      createPodIdentityAssociation: !usesIrsa,
      ...(usesIrsa && {
        iamRoleOverrideAssumePolicyDocuments: [
          karpenterIrsaTrust({ providerArn: oidcProviderArn, issuer: issuerOf(oidcProviderArn) }),
        ],
      }),

      queueName: physicalName("sqsQueue", clusterName, "karpenter"),

      nodeIamRoleName: physicalName("iamRole", clusterName, "karpenter-nodes"),
      nodeIamRoleUseNamePrefix: false,
      // ENIs are the business of the CNI's own identity, not of every pod that can reach the node's role.
      nodeIamRoleAttachCniPolicy: false,
      nodeIamRoleAdditionalPolicies: {
        ssm: `arn:${account.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
      },
      createAccessEntry: true,
      createInstanceProfile: isolated,
    });
  }

  /** An association is "eventually consistent" (EKS User Guide); a role for IRSA is not waited for. */
  private effectiveIdentity(module: KarpenterModule, oidcProviderArn?: string): ITerraformDependable {
    if (oidcProviderArn !== undefined) return module;
    return new Sleep(this, "association-effective", { createDuration: "30s", dependsOn: [module] });
  }
}

function poolManifests(
  { classes, pools }: Pick<KarpenterProps, "classes" | "pools">,
  context: Parameters<typeof nodeClass>[1],
): Record<string, Manifest> {
  return {
    ...Object.fromEntries(classes.map((each) => [`class-${each.name}`, nodeClass(each, context)])),
    ...Object.fromEntries(pools.map((each) => [`pool-${each.name}`, nodePool(each)])),
  };
}

/** The issuer without scheme, as IAM conditions name it, from the provider's ARN. */
function issuerOf(oidcProviderArn: string): string {
  return Token.asString(Fn.element(Fn.split(":oidc-provider/", oidcProviderArn), 1));
}
