import type { AwsCall } from "../components/aws-call";
import { authorize } from "../guardrails/iam/authorize";
import type { Caller } from "../guardrails/iam/principals";
import { at, entries, texts } from "../values/value";
import { assumptionsOf } from "./evaluate/assume";
import { endpointOf } from "./evaluate/endpoints";
import { AlikeJudge } from "./evaluate/judge-alike";
import type { PolicyPlace, ProvedCall } from "./evaluate/proved-call";
import { principalCalls } from "./evaluate/principal";
import { heldPolicy } from "./evaluate/held-policy";
import { callerKeys, type CallOrigin, isForwarded, RequestOfCall, serviceKeys } from "./evaluate/request";
import type { Grants, Role } from "./grants/grants";
import type { ScpLevel } from "./evaluate/scp";
import type { Identity, IdentityKind } from "./identity";

export interface ProofOptions {
  /** Service control policies, root first. */
  readonly scps?: readonly ScpLevel[];
  readonly organizationId?: string;
  /** Whether the runner is in the target's network, so that deploys go through its endpoints as well. */
  readonly deploysInside?: boolean;
}

export interface IdentityProof {
  readonly identity: Identity;
  /** Undefined: no stack of the target makes it, so that nobody can say what it may. */
  readonly role?: Role;
  readonly calls: readonly ProvedCall[];
}

/** Every call of each identity, judged by all policies that it meets. */
export function prove(
  identities: readonly Identity[],
  grants: Grants,
  options: ProofOptions = {},
): IdentityProof[] {
  return identities.map((identity) =>
    identity.principal === undefined
      ? proofOf(identity, grants, options)
      : { identity, calls: principalCalls(identity, identity.principal, grants) },
  );
}

function proofOf(identity: Identity, grants: Grants, options: ProofOptions): IdentityProof {
  const { stack, address } = identity.where;
  const role = grants.roles.find((each) => each.stack === stack && each.address === address);
  if (role === undefined)
    return { identity, calls: identity.calls.flatMap((call) => unseen(call, grants, stack)) };
  const origin = originOf(identity, role, grants, options);
  const assumed = assumptionsOf(identity, role).map(({ call, caller }): ProvedCall => {
    const by = { place: grants.place, caller: serviceKeys(caller.name) };
    const request = new RequestOfCall(tagged(call, role, grants), role.arn, by, "anywhere");
    const resource = { statements: role.trust, account: "", isNecessary: true };
    return {
      call,
      resource: role.arn,
      verdict: authorize(caller, request, { identity: [], resource }),
      at: role,
    };
  });
  const caller: Caller = { kind: "role", arn: role.arn, account: role.arn.split(":")[4] ?? "" };
  const judge = new AlikeJudge(caller, origin, {
    identity: role.statements,
    ...(role.boundary && { boundary: role.boundary.statements }),
    ...(options.scps && { scps: options.scps.map(({ statements }) => statements) }),
  });
  const calls = identity.calls.flatMap((call) => judgeAll(call, { identity, role, judge, grants, options }));
  return { identity, role, calls: [...assumed, ...calls] };
}

interface Judged {
  readonly identity: Identity;
  readonly role: Role;
  readonly judge: AlikeJudge;
  readonly grants: Grants;
  readonly options: ProofOptions;
}

/** A call on each of its resources. */
function judgeAll(call: AwsCall, { identity, role, judge, grants, options }: Judged): ProvedCall[] {
  const isCallerInside =
    IN_VPC.includes(identity.kind) ||
    (options.deploysInside === true && ["deploy", "ci"].includes(identity.kind));
  const isInside = isCallerInside && !isForwarded(call);
  return call.resources.map((each): ProvedCall => {
    const resource = grants.references.resolve(each, identity.where.stack);
    const endpoint = isInside ? endpointOf(grants.endpoints, call.action, resource, grants.place) : undefined;
    const held = heldPolicy(grants, call.action, resource);
    const verdict = judge.judge(
      call,
      resource,
      endpoint !== undefined ? "endpoint" : isInside ? "network" : "anywhere",
      {
        ...(endpoint?.statements && { endpoint: endpoint.statements }),
        ...(held && { resource: held }),
      },
    );
    if (verdict.kind === "allowed") return { call, resource, verdict };
    const at = {
      endpoint,
      resource: held?.at,
      boundary: role.boundary,
      identity: role,
      session: role,
      scp: scpPlace(options.scps?.[verdict.level ?? 0]),
    }[verdict.layer];
    return { call, resource, verdict, ...(at && { at: { stack: at.stack, address: at.address } }) };
  });
}

function scpPlace(level: ScpLevel | undefined): PolicyPlace | undefined {
  return level && { stack: "", address: `${level.name}: ${level.files.join(", ")}` };
}

/** Those that call from the target's network, and so through its endpoints. */
const IN_VPC: readonly IdentityKind[] = ["controller", "node", "service"];

function originOf(
  { kind }: Identity,
  role: Role,
  { place, references }: Grants,
  { organizationId }: ProofOptions,
): CallOrigin {
  const tags = kind === "controller" || kind === "service" ? sessionTags(role, references) : {};
  return {
    place,
    caller: callerKeys(role.arn, { ...roleTags(role, references), ...tags }, organizationId),
    ...(organizationId !== undefined && { organizationId }),
  };
}

/** Pod Identity says of whom the session is when it takes the role. */
function tagged(call: AwsCall, role: Role, { references }: Grants): AwsCall {
  if (!call.why.startsWith("Pod Identity")) return call;
  const tags = Object.entries(sessionTags(role, references));
  const context = Object.fromEntries(tags.map(([key, values]) => [`aws:RequestTag/${key}`, values]));
  return { ...call, context: { ...call.context, ...context } };
}

/** What Pod Identity says of a pod in its session (EKS User Guide, "Grant Pods access to AWS resources based on tags"). */
function sessionTags(role: Role, references: Grants["references"]): Record<string, readonly string[]> {
  const call = role.address.replace(/\.aws_iam_role\..*$/, "");
  const association = references
    .ofStack(role.stack, "aws_eks_pod_identity_association")
    .find(({ address }) => address.startsWith(`${call}.`))?.attributes;
  const one = (name: string) => {
    const found = texts(association?.[name]);
    return found.length > 0 ? found : ["*"];
  };
  return {
    "eks-cluster-arn": ["*"],
    "eks-cluster-name": one("cluster_name"),
    "kubernetes-namespace": one("namespace"),
    "kubernetes-service-account": one("service_account"),
    "kubernetes-pod-name": ["*"],
    "kubernetes-pod-uid": ["*"],
  };
}

/** Tags that a role has, by its own and its provider's; those of the session stand before them. */
function roleTags(
  { stack, address }: Role,
  references: Grants["references"],
): Record<string, readonly string[]> {
  const attributes = references.get(stack, address)?.attributes;
  const given = [
    ...references.ofStack(stack, "provider.aws").map((each) => at(each.attributes, "default_tags", "tags")),
    references.get(stack, address.replace(/\.aws_iam_role\..*$/, ""))?.attributes.tags,
    attributes?.tags,
    attributes?.tags_all,
  ];
  return Object.fromEntries(
    given
      .flatMap(entries)
      .map(([key, value]): [string, readonly string[]] => [
        key.toLowerCase(),
        [references.textOf(value, stack) ?? ""],
      ]),
  );
}

function unseen(call: AwsCall, grants: Grants, stack: string): ProvedCall[] {
  const why = "the role is in none of these stacks";
  return call.resources.map((each) => ({
    call,
    resource: grants.references.resolve(each, stack),
    verdict: { kind: "undecided", layer: "identity", why },
  }));
}
