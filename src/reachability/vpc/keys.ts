import { hasSymbol, readable, symbolsIn } from "../../guardrails/iam/symbol";
import { References } from "../../guardrails/references/references";
import type { Resource } from "../../guardrails/resource";
import { isUnknown, items, text, type Unknown, type Value } from "../../values/value";
import { parseRange, type Range } from "./ranges";

/** Names and ARNs are only compared here, so that it doesn't matter where in AWS they are. */
const NOWHERE = { partition: "aws", account: "", region: "", target: "" };

/** A resource of a stack: `<stack>/<address>`; an id that the configuration gives; or `?` and what is not known. */
export type Key = string;

export function isKnown(key: Key): boolean {
  return !key.startsWith("?");
}

/** The group that EKS makes for a cluster and puts on its interfaces. */
export function eksGroup(cluster: Key): Key {
  return `${cluster}.vpc_config.cluster_security_group_id`;
}

/** Who a value refers to, across stacks. */
export class Keys {
  private readonly references: References;
  private readonly cache = new Map<string, Key | undefined>();

  private readonly byType = new Map<string, Resource[]>();

  constructor(readonly resources: readonly Resource[]) {
    this.references = new References(resources, NOWHERE);
    for (const each of resources) {
      const same = this.byType.get(each.type);
      if (same === undefined) this.byType.set(each.type, [each]);
      else same.push(each);
    }
  }

  ofType(type: string): readonly Resource[] {
    return this.byType.get(type) ?? [];
  }

  static of({ stack, address }: Resource): Key {
    return `${stack}/${address}`;
  }

  /** The resource that a value is the id of; undefined where nothing is there. */
  key(value: Value, stack: string): Key | undefined {
    if (!isUnknown(value)) return text(value) || undefined;
    const known = `${stack} ${value.text}`;
    if (!this.cache.has(known)) this.cache.set(known, this.follow(value, stack));
    return this.cache.get(known);
  }

  private follow(value: Unknown, stack: string): Key | undefined {
    const [, own] = /^\$\{([a-z0-9_]+\.[\w-]+)\.(?:id|arn)\}$/.exec(value.text) ?? [];
    if (own !== undefined && this.references.get(stack, own) !== undefined) return `${stack}/${own}`;
    const [, found] = /^\$\{(data\.[a-z0-9_]+\.[\w-]+)\.id\}$/.exec(value.text) ?? [];
    const id = found === undefined ? undefined : this.references.get(stack, found)?.attributes.id;
    // Looked up by its id.
    if (typeof id === "string") return id;
    const resolved = this.references.textOf(value, stack);
    if (resolved === undefined || !hasSymbol(resolved)) return resolved;
    const [only] = symbolsIn(resolved);
    const isWhole = only !== undefined && readable(resolved) === `\${${only}}`;
    const eks = /^(.+\/module\.[\w-]+)\.cluster_primary_security_group_id$/.exec(only ?? "")?.[1];
    if (isWhole && eks !== undefined) return eksGroup(`${eks}.aws_eks_cluster.this[0]`);
    const [owner = "", ...rest] = (only ?? "").split("/");
    return isWhole && this.references.get(owner, rest.join("/")) !== undefined
      ? only
      : `?${readable(resolved).replace(/^\$\{(.*)\}$/, "$1")}`;
  }

  /** Of a list, or of a single value. */
  keys(value: Value, stack: string): Key[] {
    return items(value).flatMap((each) => this.key(each, stack) ?? []);
  }

  /** A text with its references followed. */
  text(value: Value, stack: string): string {
    return readable(this.references.textOf(value, stack) ?? "");
  }

  range(value: Value, stack: string): Range {
    const plain = isUnknown(value) ? value.text : text(value);
    const [, call] = /module\.([\w-]+)\.vpc_ipv6_cidr_block\b/.exec(plain) ?? [];
    if (call !== undefined)
      return {
        kind: "block",
        vpc: `${stack}/module.${call}.aws_vpc.this[0]`,
        ...(plain !== `\${module.${call}.vpc_ipv6_cidr_block}` && { part: plain }),
      };
    const followed = this.text(value, stack);
    return parseRange(followed) ?? { kind: "unknown", text: followed };
  }
}

/** Stack and address of a key. */
export function deciderOf(key: Key): { stack: string; address: string } {
  const at = key.indexOf("/");
  return at < 0 ? { stack: "", address: key } : { stack: key.slice(0, at), address: key.slice(at + 1) };
}
