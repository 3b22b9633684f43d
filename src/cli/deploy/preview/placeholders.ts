import type { Target } from "../../../model/target";
import { partitionOf } from "../../../facts/regions";
import { formatCidr } from "../../../ip-capacity/cidr";
import { isObject, type Json, type JsonObject } from "../../../terraform-plan/json";
import type { Placeholder } from "../../../plan-review/read/plan";
import { contractOf } from "../../../stacks/contracts";
import type { StackName } from "../../../model/stacks/stack-names";

/** Outputs of a stack that has no state, as far as its configuration tells them, and placeholders for the rest. */
export interface PreviewOutputs {
  readonly values: Readonly<Record<string, Json>>;
  readonly placeholders: readonly Placeholder[];
}

export interface UnappliedStack {
  readonly target: Target;
  /** Name by which it is read: `network`, or `prod-us-west-2-network` for a peer's. */
  readonly label: string;
  readonly stack: StackName;
  /** `output` of its Terraform JSON. */
  readonly outputs: JsonObject;
}

/**
 * What an upstream stack would publish. A value that its JSON holds as it is (a range, a name) is that value; keys of a
 * map are known, too. Everything else is a placeholder: `subnet-preview-network-node-subnet-ids-us-east-1a`, an ARN of
 * the target's account, an address of a range that is kept for documentation.
 */
export function previewOutputs({ target, label, stack, outputs }: UnappliedStack): PreviewOutputs {
  const placeholders: Placeholder[] = [];
  const known = stack === "cluster" ? knownOf(target) : {};
  const fill = (output: string, value: Json | undefined, key = ""): Json => {
    if (typeof value === "string" && !value.includes("${")) return value;
    const configured = known[output];
    if (configured !== undefined) return configured;
    const text = textOf({ target, label, output, key, index: placeholders.length });
    const mark = /preview-[\w-]+/.exec(text)?.[0] ?? text;
    placeholders.push({ value: text, mark, output: `${label}.${output}${key === "" ? "" : `[${key}]`}` });
    return text;
  };
  const values = Object.entries(contractOf(stack)).map(([output, { kind }]): [string, Json] => {
    const published = outputs[output];
    const value = isObject(published) ? published.value : undefined;
    if (kind === "text") return [output, fill(output, value)];
    if (kind === "list") {
      if (value === "${tolist([])}") return [output, []];
      const items = Array.isArray(value) ? value : [undefined];
      return [output, items.map((item: Json, index) => fill(output, item, String(index)))];
    }
    const entries = isObject(value) ? Object.entries(value) : [];
    return [output, Object.fromEntries(entries.map(([key, item]) => [key, fill(output, item, key)]))];
  });
  return { values: Object.fromEntries(values), placeholders };
}

/** Outputs of the cluster stack that are the configuration's own values, though a module publishes them. */
function knownOf({ clusterName, release, config }: Target): Readonly<Record<string, string>> {
  const isIpv6 = config.network.ipv6.mode === "ipv6";
  return {
    name: clusterName,
    version: release.kubernetes.version,
    ip_family: isIpv6 ? "ipv6" : "ipv4",
    ...(!isIpv6 && { service_cidr: formatCidr(config.cluster.serviceCidr) }),
  };
}

interface Wanted {
  readonly target: Target;
  readonly label: string;
  readonly output: string;
  readonly key: string;
  /** Tells addresses of one stack apart. */
  readonly index: number;
}

/** How AWS begins ids, by what the outputs' names end in. */
const idPrefixes: readonly (readonly [RegExp, string])[] = [
  [/vpc_id$/, "vpc-"],
  [/subnet_ids$/, "subnet-"],
  [/route_table_ids$/, "rtb-"],
  [/security_group_id$/, "sg-"],
  [/nat_gateway_ids$/, "nat-"],
  [/allocation_ids$/, "eipalloc-"],
];

function textOf({ target, label, output, key, index }: Wanted): string {
  const name = ["preview", label, output, key]
    .filter((part) => part !== "")
    .join("-")
    .replaceAll(/[^A-Za-z0-9-]/g, "-");
  // A map's outputs are of several forms, which its keys name.
  const form = `${output} ${key}`;
  if (/_arns?\b/.test(form)) return arn(form, name, target);
  if (output === "endpoint") return `https://${name}.invalid`;
  if (output === "certificate_authority_data") return Buffer.from(name).toString("base64");
  // RFC 5737 and RFC 3849 keep these ranges for documentation.
  if (/ipv6_cidr_blocks$/.test(output)) return `2001:db8:${index.toString(16)}::/56`;
  if (/service_cidr$/.test(output)) return "fd00:db8::/108";
  if (/_(ips|addresses)$/.test(output)) return `192.0.2.${1 + (index % 254)}`;
  return `${idPrefixes.find(([ending]) => ending.test(output))?.[1] ?? ""}${name}`;
}

function arn(form: string, name: string, { config, region }: Target): string {
  const partition = partitionOf(region);
  const { id } = config.account;
  if (form.includes("oidc_provider")) return `arn:${partition}:iam::${id}:oidc-provider/${name}.invalid/id/0`;
  if (form.includes("role")) return `arn:${partition}:iam::${id}:role/${name}`;
  if (form.includes("queue")) return `arn:${partition}:sqs:${region}:${id}:${name}`;
  return `arn:${partition}:kms:${region}:${id}:key/${name}`;
}
