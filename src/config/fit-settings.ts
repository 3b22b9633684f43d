import type { FitSettings } from "../releases/matrix/setting-rules";
import type { TargetConfig } from "./schema/target";

/** What the matrix of versions wants to know of a target. */
export function fitSettings({ cni }: Pick<TargetConfig, "cni">): FitSettings {
  return { cni: cni.kind, networkPolicyAgent: cni.kind === "vpc-cni" && cni.networkPolicy };
}
