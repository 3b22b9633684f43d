import type { AwsCall } from "../../components/aws-call";
import type { Caller } from "../../guardrails/iam/principals";
import type { Grants } from "../grants/grants";
import type { Identity, Principal } from "../identity";
import type { ProvedCall } from "./proved-call";
import { heldPolicy, unseenBucketPolicy } from "./held-policy";
import { AlikeJudge } from "./judge-alike";
import { callerKeys, type CallOrigin, serviceKeys } from "./request";

/** Calls of who has no role here: by the policies of the resources alone. */
export function principalCalls(
  { calls, where }: Identity,
  principal: Principal,
  grants: Grants,
): ProvedCall[] {
  const logs = logPolicies(grants);
  const judge = new AlikeJudge(callerOf(principal), originOf(principal, grants), { identity: [] });
  return calls.flatMap((call) => {
    const followed = followedContext(call, grants, where.stack);
    return call.resources.map((each): ProvedCall => {
      const resource = grants.references.resolve(each, where.stack);
      const held = call.action.startsWith("logs:") ? logs : heldPolicy(grants, call.action, resource);
      const layer = held ?? unseenBucketPolicy(grants, resource) ?? NOTHING;
      const verdict = judge.judge(followed, resource, "anywhere", { resource: layer });
      return { call, resource, verdict, at: held?.at ?? where };
    });
  });
}

const NOTHING = { statements: [], account: "", isNecessary: true };

/** CloudWatch Logs has resource policies of a whole region, of which each names its log groups. */
function logPolicies({ resourcePolicies }: Grants): ReturnType<typeof heldPolicy> {
  const [first, ...others] = resourcePolicies.filter(({ kind }) => kind === "log group");
  return (
    first && {
      account: "",
      isNecessary: true,
      statements: [first, ...others].flatMap(({ statements }) => statements),
      at: first,
    }
  );
}

function callerOf(principal: Principal): Caller {
  return principal.kind === "service"
    ? principal
    : { ...principal, account: principal.arn.split(":")[4] ?? "" };
}

function originOf(principal: Principal, { place }: Grants): CallOrigin {
  const caller = principal.kind === "role" ? callerKeys(principal.arn, {}) : serviceKeys(principal.name);
  return { place, caller };
}

function followedContext(call: AwsCall, { references }: Grants, stack: string): AwsCall {
  const context = Object.entries(call.context ?? {}).map(([key, values]): [string, readonly string[]] => [
    key,
    values.map((each) => references.resolve(each, stack)),
  ]);
  return { ...call, context: Object.fromEntries(context) };
}
