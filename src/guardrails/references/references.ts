import { symbol } from "../iam/symbol";
import { replaceExpressions } from "../read/expression";
import { type AwsPlace, byType, type Resource } from "../resource";
import { at, isUnknown, text, type Value } from "../../values/value";
import { arnOf, idOf, nameOf } from "./arns";
import { outputOf } from "./module-outputs";

/**
 * Texts of a target's stacks with their references followed: to names and ARNs where these can be told before the apply,
 * through outputs of other stacks and of registry modules; else a symbol stands for what the reference will give, the
 * same one for all references to it.
 */
export class References {
  private readonly resources = new Map<string, Resource>();
  private readonly resolved = new Map<string, string>();

  constructor(
    private readonly all: readonly Resource[],
    private readonly place: AwsPlace,
  ) {
    // What is first stands: a module's call comes before what is made of it.
    for (const each of all) {
      const key = `${each.stack}/${each.address}`;
      if (!this.resources.has(key)) this.resources.set(key, each);
    }
  }

  get(stack: string, address: string): Resource | undefined {
    return this.resources.get(`${stack}/${address}`);
  }

  /** Resources of a type in a stack. */
  ofStack(stack: string, type: string): Resource[] {
    return (byType(this.all).get(type) ?? []).filter((each) => each.stack === stack);
  }

  /** A value as text; undefined where nothing is there. */
  textOf(value: Value, stack: string): string | undefined {
    if (isUnknown(value))
      return value.text === "" ? symbol(`something of ${stack}`) : this.resolve(value.text, stack);
    const plain = text(value);
    return plain === "" ? undefined : plain;
  }

  /** A text of the synthesized JSON, with references in it. */
  resolve(template: string, stack: string): string {
    if (!template.includes("${")) return template;
    const key = `${stack} ${template}`;
    const known = this.resolved.get(key);
    if (known !== undefined) return known;
    const found = replaceExpressions(template, (expression) => this.follow(expression.trim(), stack));
    this.resolved.set(key, found);
    return found;
  }

  arn(resource: Resource): string | undefined {
    return arnOf(resource, this.place, (value) => this.textOf(value, resource.stack));
  }

  name(resource: Resource, attribute = "name"): string {
    return nameOf(resource, attribute, (value) => this.textOf(value, resource.stack));
  }

  private follow(expression: string, stack: string): string {
    // A variable of IAM's own.
    if (/^([\w-]+:|[*?$]$)/.test(expression)) return `\${${expression}}`;
    const unknown = symbol(`${stack}/${expression}`);
    // A value among all that a reference gives is unknown, unless the reference is all there is.
    const [, path] = /^((?:data\.)?[A-Za-z_][\w-]*(?:\.[\w-]+|\[(?:\d+|"[^"]*")\])+)$/.exec(expression) ?? [];
    if (path === undefined) return unknown;
    const steps = stepsOf(path);
    const [first, second = ""] = steps;
    if (first === "data")
      return second === "terraform_remote_state" ? (this.remote(steps, stack) ?? unknown) : unknown;
    if (first === "module") return this.ofModule(steps, stack) ?? unknown;
    return this.ofResource(steps, stack) ?? unknown;
  }

  /** `data.terraform_remote_state.<name>.outputs.<output>…` */
  private remote(
    [, , name = "", , output = "", ...rest]: readonly string[],
    stack: string,
  ): string | undefined {
    const state = this.get(stack, `data.terraform_remote_state.${name}`);
    const key = text(at(state?.attributes, "config", "key"));
    const [, owner, file] = /([^/]+)\/([^/]+)\.tfstate$/.exec(key) ?? [];
    if (owner === undefined || file === undefined) return undefined;
    const upstream = `${owner}-${file}`;
    const published = this.get(upstream, `output.${output}`);
    if (published === undefined) return symbol([`${upstream}/output.${output}`, ...rest].join("."));
    return this.textOf(at(published.attributes.value, ...rest), upstream);
  }

  private ofModule([, name = "", output = ""]: readonly string[], stack: string): string | undefined {
    const call = `module.${name}`;
    const source = text(this.get(stack, call)?.attributes.source);
    const [address, attribute] = outputOf(source, output) ?? [];
    if (address === undefined || attribute === undefined) return undefined;
    const resource = this.get(stack, `${call}.${address}`);
    return resource === undefined ? undefined : this.attribute(resource, attribute);
  }

  private ofResource([type = "", name = "", ...rest]: readonly string[], stack: string): string | undefined {
    const index = rest.length > 1 && /^\d+$/.test(rest[0] ?? "") ? `[${rest[0]}]` : "";
    const resource = this.get(stack, `${type}.${name}${index}`) ?? this.get(stack, `${type}.${name}`);
    const attribute = rest.at(-1);
    return resource === undefined || attribute === undefined
      ? undefined
      : this.attribute(resource, attribute);
  }

  private attribute(resource: Resource, attribute: string): string | undefined {
    if (attribute === "arn") return this.arn(resource);
    if (attribute === "id" && resource.type === "aws_iam_role") return this.name(resource);
    if (attribute === "id" && resource.type === "aws_s3_bucket") return this.name(resource, "bucket");
    if (resource.type === "aws_kms_replica_key" && ["id", "key_id"].includes(attribute))
      return this.arn(resource)?.replace(/^.*\//, "");
    if (attribute === "id" || attribute === "key_id" || attribute === "zone_id") return idOf(resource);
    if (attribute === "name" || attribute === "bucket") return this.name(resource, attribute);
    return this.textOf(resource.attributes[attribute], resource.stack);
  }
}

/** `a.b["c"].d[0]` in its steps. */
function stepsOf(path: string): string[] {
  return [...path.matchAll(/([\w-]+)|\["([^"]*)"\]/g)].map(([, name, key]) => name ?? key ?? "");
}
