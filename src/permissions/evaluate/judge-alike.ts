import type { AwsCall } from "../../components/aws-call";
import { authorize, type Layers, type Verdict } from "../../guardrails/iam/authorize";
import type { Caller } from "../../guardrails/iam/principals";
import { type ContextValue, valueOfKey } from "../../guardrails/iam/request";
import { type SaidOfAction, saidOf } from "../../guardrails/iam/spoken";
import { Unknown } from "../../values/value";
import { type CallOrigin, RequestOfCall, type Way } from "./request";

/** Policies that the resource of a call or the way to it brings. */
export type FurtherLayers = Pick<Layers, "endpoint" | "resource">;

/**
 * Judges calls of one caller. What every policy judges alike is judged once: most of a deploy are many actions on one
 * resource, or one on many.
 */
export class AlikeJudge {
  private readonly verdicts = new Map<string, Verdict>();
  private readonly said = new Map<string, readonly SaidOfAction[]>();

  constructor(
    private readonly caller: Caller,
    private readonly origin: CallOrigin,
    /** Those that all of its calls meet. */
    private readonly layers: Omit<Layers, keyof FurtherLayers>,
  ) {}

  judge(call: AwsCall, resource: string, way: Way, further: FurtherLayers): Verdict {
    const { action } = call;
    const endpoint = further.endpoint && saidOf(further.endpoint, action);
    const held = further.resource && saidOf(further.resource.statements, action);
    const request = new RequestOfCall(call, resource, this.origin, way);
    let key = `${way} ${regionAsked(call, resource)}`;
    for (const each of this.saidOf(action)) key += asked(each, request);
    if (endpoint !== undefined) key += asked(endpoint, request);
    if (held !== undefined) key += ` ${resource}${asked(held, request)}`;
    const before = this.verdicts.get(key);
    if (before !== undefined) return before;
    const verdict = authorize(this.caller, request, { ...this.layers, ...further });
    this.verdicts.set(key, verdict);
    return verdict;
  }

  private saidOf(action: string): readonly SaidOfAction[] {
    const known = this.said.get(action);
    if (known !== undefined) return known;
    const { identity, boundary, session, scps = [] } = this.layers;
    const said = [identity, boundary, session, ...scps].flatMap((each) =>
      each === undefined ? [] : [saidOf(each, action)],
    );
    this.said.set(action, said);
    return said;
  }
}

/** What a policy says of the action, and all that it asks of the call. */
function asked({ key, asks }: SaidOfAction, request: RequestOfCall): string {
  const { action, resource } = request;
  let all = ` ${key}`;
  if (asks.action) all += ` ${action}`;
  // No ARN of a policy is for an action that knows no resource, whatever the pattern.
  if (asks.resource) all += resource === "*" ? ` * ${request.knowsNoResource}` : ` ${resource}`;
  for (const each of asks.keys) all += ` ${each}=${valueText(valueOfKey(request, each))}`;
  return all;
}

/** What decides for which region a call is, before its context is read. */
function regionAsked({ action, context }: AwsCall, resource: string): string {
  const said = context?.["aws:RequestedRegion"]?.join();
  return `${action.slice(0, action.indexOf(":"))} ${said ?? `of ${resource.split(":")[3] ?? ""}`}`;
}

function valueText(value: ContextValue | undefined): string {
  if (value === undefined) return "";
  return value instanceof Unknown ? `?${value.given} ${value.text}` : JSON.stringify(value);
}
