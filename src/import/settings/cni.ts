import { parse } from "yaml";
import type { Plain } from "../draft";
import type { Found } from "../found/found";
import type { FoundRelease } from "../found/software";
import { vpcCniSettings } from "./add-ons";
import { CILIUM } from "./releases";

/** How pods are networked: by the VPC CNI, or as Cilium's values say (cilium/cilium v1.18, install/kubernetes/cilium/values.yaml). */
export function cniSettings({ addOns, cluster, releases }: Found): Plain {
  const isIpv6 = cluster?.ipv6 !== undefined;
  const cilium = releases.find(({ chart }) => chart === CILIUM);
  if (cilium === undefined) return vpcCniSettings(addOns, isIpv6);
  const values = valuesOf(cilium);
  cilium.at.changed("the release's version; of its values how pods get addresses is taken over");
  if (values["cni.chainingMode"] === "aws-cni") {
    const vpcCni = vpcCniSettings(addOns, isIpv6);
    const mode = typeof vpcCni === "object" && "addressMode" in vpcCni ? vpcCni.addressMode : "secondary-ip";
    return { kind: "cilium-chaining", addressMode: mode };
  }
  if (values["eni.enabled"] === "true" || values["ipam.mode"] === "eni") return { kind: "cilium-eni" };
  const range = values["ipam.operator.clusterPoolIPv4PodCIDRList"];
  if (range === undefined)
    cilium.at.changed(
      `${POD_RANGE} for pods: which range they had is not in what was read; write cni.podCidr`,
    );
  return { kind: "cilium-overlay", podCidr: range ?? POD_RANGE };
}

const POD_RANGE = "100.64.0.0/11";

/** Values by their path, each as text; of a list the first. */
function valuesOf({ values }: FoundRelease): Readonly<Record<string, string>> {
  const flat: Record<string, string> = {};
  const add = (value: unknown, path: string): void => {
    if (Array.isArray(value)) return add(value[0], path);
    if (typeof value === "object" && value !== null)
      return Object.entries(value).forEach(([key, each]) => add(each, path === "" ? key : `${path}.${key}`));
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      flat[path] = String(value);
  };
  const all = values as { readonly values?: unknown; readonly set?: unknown } | undefined;
  for (const each of Array.isArray(all?.values) ? (all.values as unknown[]) : [all?.values])
    add(typeof each === "string" ? readYaml(each) : each, "");
  for (const each of Array.isArray(all?.set) ? (all.set as unknown[]) : []) {
    const { name, value } = each as { readonly name?: unknown; readonly value?: unknown };
    if (typeof name === "string") add(value, name.replace(/\[0\]$/, ""));
  }
  return flat;
}

function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
