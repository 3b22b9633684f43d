import type { DeployStatement } from "../model/deploy-policy";
import { matchesGlob } from "../guardrails/iam/glob";

/** An action on a resource or a family of them, where a condition holds. */
export interface DeployRight {
  readonly action: string;
  readonly resource: string;
  readonly condition?: Condition;
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

interface Group {
  readonly sid: string;
  readonly operator?: string;
  readonly key?: string;
  readonly actions: Set<string>;
  readonly resources: Set<string>;
  readonly values: Set<string>;
}

/** One statement for all that is alike: of a service, on a kind of resource, by a condition. In order of their names. */
export function merged(rights: readonly DeployRight[], whole: readonly string[]): DeployStatement[] {
  const groups = new Map<string, Group>();
  for (const { action, resource, condition } of rights.map((each) => widened(each, whole))) {
    const sid = sidOf(action, resource, condition);
    const group = groups.get(sid) ?? {
      sid,
      ...(condition && { operator: condition.operator, key: condition.key }),
      actions: new Set(),
      resources: new Set(),
      values: new Set(),
    };
    groups.set(sid, group);
    group.actions.add(action);
    group.resources.add(resource);
    condition?.values.forEach((value) => group.values.add(value));
  }
  return [...groups.values()].sort((a, b) => (a.sid < b.sid ? -1 : 1)).map(statementOf);
}

function statementOf({ sid, operator, key, actions, resources, values }: Group): DeployStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: withoutCovered([...actions]),
    Resource: withoutCovered([...resources]),
    ...(operator !== undefined &&
      key !== undefined && { Condition: { [operator]: { [key]: withoutCovered([...values]) } } }),
  };
}

function widened(right: DeployRight, whole: readonly string[]): DeployRight {
  const service = right.action.slice(0, right.action.indexOf(":"));
  return whole.includes(service) ? { ...right, action: `${service}:*` } : right;
}

/** `IamRole`, `IamRolePassedToService`, `S3`: by service, kind of resource and the key that is compared. */
function sidOf(action: string, resource: string, condition: Condition | undefined): string {
  const service = action.slice(0, action.indexOf(":"));
  const key = condition === undefined || condition.key === "aws:RequestedRegion" ? "" : condition.key;
  // A name of IAM's that is not one of the platform's many: what is called on those is not called on it.
  const other =
    service === "iam" && /:(role|policy|instance-profile)\/[^*]*$/.test(resource) && key === ""
      ? "other"
      : "";
  return [service, kindOf(resource), other, key.slice(key.indexOf(":") + 1)].map(pascal).join("");
}

function kindOf(resource: string): string {
  const name = resource.split(":").slice(5).join(":");
  if (resource.startsWith("arn:") && resource.split(":")[2] === "s3")
    return name.includes("/") ? "object" : "bucket";
  if (resource === "*") return "";
  if (name.startsWith("role/aws-service-role/")) return "service-role";
  return /^([\w-]+)[/:]/.exec(name)?.[1] ?? "named";
}

function pascal(words: string): string {
  return words
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join("");
}

/** In order, without those that another one takes in. */
function withoutCovered(names: readonly string[]): string[] {
  const wide = names.filter((each) => each.includes("*"));
  return names
    .filter((each) => !wide.some((other) => other !== each && matchesGlob(other, each) === true))
    .sort();
}
