import { Fn, Token } from "cdktf";

/**
 * Chart values as JSON text for `helm_release.values`.
 *
 * What is known now is written as JSON and guarded against Terraform's own `${…}` and `%{…}`. A token becomes
 * `jsonencode(…)`, since only Terraform can quote what it learns at apply. `Fn.jsonencode` over the whole tree is no
 * way: in cdktf 0.21 a quote, a backslash or `%{` inside a string gives invalid Terraform.
 */
export function encodeChartValues(value: unknown): string {
  if (mayBeToken(value) && Token.isUnresolved(value)) return Fn.jsonencode(value);
  if (Array.isArray(value)) return `[${value.map(encodeChartValues).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    let fields = "";
    for (const [name, field] of Object.entries(value))
      if (field !== undefined)
        fields += `${fields === "" ? "" : ","}${literal(name)}:${encodeChartValues(field)}`;
    return `{${fields}}`;
  }
  return literal(value);
}

/** Texts that are tokens say so, and most are none (cdktf 0.21 lib/tokens/private/encoding.ts). */
function mayBeToken(value: unknown): boolean {
  return typeof value === "string" ? value.includes("TfToken[") : typeof value !== "boolean";
}

function literal(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes("{") ? json.replace(/([$%])\{/g, "$1$1{") : json;
}

/** Values that a chart reads: plain JSON, in which any text may be a token. */
export type ChartValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly ChartValue[]
  | { readonly [key: string]: ChartValue };

export interface ChartValues {
  readonly [key: string]: ChartValue;
}

/** Lays `over` on `base`: maps merge, all else replaces. */
export function mergeValues(base: ChartValues, over: ChartValues): ChartValues {
  const merged: Record<string, ChartValue> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isMap(below) && isMap(value) ? mergeValues(below, value) : value;
  }
  return merged;
}

function isMap(value: ChartValue): value is ChartValues {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
