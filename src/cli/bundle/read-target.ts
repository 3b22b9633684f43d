import fs from "node:fs";
import path from "node:path";
import { type StackNeeds, stackNeeds } from "../../bundle/stack-needs";
import { gatewayApiKey } from "../../components/gateway-api/record";
import type { Target } from "../../model/target";
import { gatewayApiFile } from "../../model/vendored-bundle";
import { type Helm, helm } from "../render/run-helm";
import { renderReleases } from "../render/render-releases";
import { synthesizedReleases } from "../render/synthesized-releases";
import { targetImages, type TargetImages } from "../render/target-images";

/** A stack's Terraform JSON and what it downloads. */
export interface ReadStack {
  readonly id: string;
  readonly json: unknown;
  readonly needs: StackNeeds;
}

export interface ReadTarget {
  readonly stacks: readonly ReadStack[];
  readonly images: TargetImages;
  /** Files of others' that the repository has to hold for it, relative to it. */
  readonly vendored: readonly string[];
}

/**
 * Reads what a target's deployment downloads in its synthesized stacks.
 *
 * @param charts folder of charts; without it only images of the platform's own charts are known, and nothing is fetched
 */
export function readTarget(
  outDir: string,
  target: Target,
  ids: readonly string[],
  charts?: string,
): ReadTarget {
  const stacks = ids.map((id) => {
    const json: unknown = JSON.parse(fs.readFileSync(path.join(outDir, "stacks", id, "cdk.tf.json"), "utf8"));
    return { id, json, needs: stackNeeds(json) };
  });
  const releases = synthesizedReleases(
    outDir,
    ids.map((id) => ({ id, target: target.name })),
    new Map(),
  );
  const kubernetes = target.release.kubernetes.version;
  const rendered = renderReleases(
    releases,
    { kubernetes, ...(charts !== undefined && { charts }) },
    charts === undefined ? notAsked : helm,
  );
  return {
    stacks,
    images: targetImages(rendered, target.config.images?.mirror),
    vendored:
      gatewayApiKey(target.config) === undefined ? [] : [gatewayApiFile(target.release.gatewayApi.version)],
  };
}

const notAsked: Helm = () => ({
  problem: "its images are known by its chart; give a folder of charts with --charts",
});
