import type { AwsCall } from "../../components/aws-call";
import { EXTERNAL_SECRETS_ACCOUNT } from "../../components/external-secrets/kinds";
import { karpenterCalls, type KarpenterUse } from "../../components/karpenter/calls";
import type { Resource } from "../../guardrails/resource";
import { at, entries, isTrue, items, text, texts } from "../../values/value";
import { deployArn } from "../deploy/arns";
import { deployCalls } from "../deploy/deploy-calls";
import type { Identity } from "../identity";
import { awsServices } from "./aws-services";
import { type Account, controllerCalls } from "./controller-calls";
import { MOUNT_STATEMENTS, mountedSecretCalls } from "./mounted-secrets";
import { nodeCalls, pulledRepositories } from "./node-calls";
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
import { platformRoles } from "./platform-roles";
import { roleStores, storeCalls } from "./secret-stores";

const POD_IDENTITY = "terraform-aws-modules/eks-pod-identity/aws";
const KARPENTER = "terraform-aws-modules/eks/aws//modules/karpenter";
const NODE_GROUP = "terraform-aws-modules/eks/aws//modules/eks-managed-node-group";

/**
 * Everybody who calls AWS for a target, and all that they call; read from its synthesized stacks.
 *
 * @param deployRole where the deploy role is made, which is in no stack of the target
 */
export function identitiesOf(stacks: Stacks, deployRole: Identity["where"]): Identity[] {
  return [
    deploy(stacks, deployRole),
    ...runningIdentities(stacks),
    ...platformRoles(stacks),
    ...awsServices(stacks),
  ];
}

/** Those that call from the target's network, while it runs. */
export function runningIdentities(stacks: Stacks): readonly Identity[] {
  const known = running.get(stacks.resources);
  if (known !== undefined && known.place === stacks.place) return known.identities;
  const identities = [...controllers(stacks), ...stores(stacks), ...nodes(stacks)];
  running.set(stacks.resources, { place: stacks.place, identities });
  return identities;
}

/** Found once for the same stacks: what they call is proved, and that they reach it. */
const running = new WeakMap<Stacks["resources"], Pick<Stacks, "place"> & Found>();

interface Found {
  readonly identities: readonly Identity[];
}

function deploy({ resources, place }: Stacks, where: Identity["where"]): Identity {
  return {
    name: "deploy",
    kind: "deploy",
    where,
    calls: deployCalls(resources, place),
  };
}

function controllers(stacks: Stacks): Identity[] {
  return [
    ...calls(stacks, POD_IDENTITY).flatMap((call): Identity[] => {
      const where = { stack: call.stack, address: `${call.address}.aws_iam_role.this[0]` };
      return accountsOf(stacks, call).map((account): Identity => {
        const known = controllerCalls(stacks, account);
        return {
          name: account.name,
          kind: known === undefined ? "service" : "controller",
          where,
          calls: known ?? serviceCalls(stacks, call, account),
        };
      });
    }),
    ...calls(stacks, KARPENTER).map((call): Identity => ({
      name: "karpenter",
      kind: "controller",
      where: { stack: call.stack, address: `${call.address}.aws_iam_role.controller[0]` },
      calls: karpenterCalls(
        clusterPlace(stacks, text(call.attributes.cluster_name)),
        karpenterUse(stacks, call),
      ),
    })),
  ];
}

/** Service accounts that have the role of a call: by its associations, or by the add-on that makes its own. */
function accountsOf(stacks: Stacks, call: Resource): Account[] {
  const associated = entries(call.attributes.associations).map(([, each]) => ({
    namespace: text(at(each, "namespace")),
    name: text(at(each, "service_account")),
    clusterName: text(at(each, "cluster_name")),
    call,
  }));
  const addons = ofType(stacks, "aws_eks_addon")
    .filter(({ stack, attributes }) => {
      const roles = items(attributes.pod_identity_association).map((each) => written(at(each, "role_arn")));
      return stack === call.stack && roles.some((each) => each.includes(`${call.address}.`));
    })
    .map(({ attributes }) => ({
      namespace: "kube-system",
      name: text(attributes.addon_name),
      clusterName: text(attributes.cluster_name),
      call,
    }));
  return [...associated, ...addons];
}

/** What a service's pods mount, and a team's own statements. */
function serviceCalls(stacks: Stacks, call: Resource, account: Account): AwsCall[] {
  const mounted = mountedSecretCalls(stacks, account);
  return mounted.length === 0 ? ownStatements(call) : [...mounted, ...ownStatements(call, MOUNT_STATEMENTS)];
}

/** A team's own statements are what its service needs: nobody here knows better. */
function ownStatements({ attributes }: Resource, without: readonly string[] = []): AwsCall[] {
  const own = items(attributes.policy_statements).filter((each) => !without.includes(text(at(each, "sid"))));
  return own.flatMap((statement) =>
    texts(at(statement, "actions")).map((action): AwsCall => ({
      action,
      resources: items(at(statement, "resources")).map(written),
      why: `statement ${text(at(statement, "sid"))}`,
      source: "the service's own statements",
      when: "run",
    })),
  );
}

function karpenterUse(stacks: Stacks, call: Resource): KarpenterUse {
  const made = (type: string, name: string): string | undefined => {
    const found = stacks.resources.find(
      ({ stack, address }) => stack === call.stack && address === `${call.address}.${type}.${name}`,
    );
    return found && deployArn(found, stacks.place);
  };
  const classes = objects(stacks, "EC2NodeClass");
  const queueArn = made("aws_sqs_queue", "this[0]");
  const [release] = releasesOf(stacks, "karpenter");
  const requirements = objects(stacks, "NodePool").flatMap(({ attributes }) =>
    items(at(attributes, "spec", "template", "spec", "requirements")),
  );
  const types = requirements
    .filter((each) => text(at(each, "key")) === "karpenter.sh/capacity-type")
    .flatMap((each) => texts(at(each, "values")));
  return {
    ...(queueArn !== undefined && { queueArn }),
    nodeRoleArn: made("aws_iam_role", "node[0]") ?? "*",
    makesProfiles: classes.some(({ attributes }) => written(at(attributes, "spec", "role")) !== ""),
    keyArns: unique(
      classes.flatMap(({ attributes }) => deep(at(attributes, "spec", "blockDeviceMappings"), "kmsKeyID")),
    ),
    capacityTypes: (["spot", "on-demand", "reserved"] as const).filter((each) => types.includes(each)),
    zonalShift: release !== undefined && isTrue(values(release, "settings", "enableZonalShift")),
    isolated: release !== undefined && isTrue(values(release, "settings", "isolatedVPC")),
  };
}

/** Roles of secret stores that a stack of the target makes; those of other targets are theirs to prove. */
function stores(stacks: Stacks): Identity[] {
  return roleStores(stacks).flatMap((store): Identity[] => {
    const [, address] = /^\$\{(aws_iam_role\.[\w-]+)\.arn\}$/.exec(store.role) ?? [];
    if (address === undefined) return [];
    return [
      {
        name: `external-secrets store ${store.name}`,
        kind: "controller",
        account: EXTERNAL_SECRETS_ACCOUNT,
        where: { stack: store.stack, address },
        calls: storeCalls(stacks, store),
      },
    ];
  });
}

function nodes(stacks: Stacks): Identity[] {
  const repositories = pulledRepositories(stacks);
  const of = (source: string, role: string) =>
    calls(stacks, source).map((call): Identity => ({
      name: `nodes of ${text(call.attributes.name) || "karpenter"}`,
      kind: "node",
      where: { stack: call.stack, address: `${call.address}.aws_iam_role.${role}` },
      calls: nodeCalls(stacks, text(call.attributes.cluster_name), repositories),
    }));
  return [...of(NODE_GROUP, "this[0]"), ...of(KARPENTER, "node[0]")];
}

function calls(stacks: Stacks, source: string): Resource[] {
  return ofType(stacks, "module").filter(({ attributes }) => attributes.source === source);
}
