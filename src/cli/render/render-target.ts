import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Target } from "../../model/target";
import { synthesize } from "../../synth/synthesize";
import type { Placeholders } from "./plain-values";
import { renderReleases, type RenderedRelease } from "./render-releases";
import { type Helm, helm } from "./run-helm";
import { progressOver } from "../progress";
import { type SynthesizedRelease, synthesizedReleases } from "./synthesized-releases";

export interface RenderedTarget {
  readonly releases: readonly RenderedRelease[];
  /** Expressions that only Terraform knows, and what stands for them. */
  readonly placeholders: Placeholders;
}

/** Synthesizes a target to a folder of its own, which is gone afterwards, and renders what it would install. */
export function renderTarget(target: Target, charts: string | undefined): RenderedTarget {
  return withReleases(target, (releases, placeholders) => {
    const kubernetes = target.release.kubernetes.version;
    const tell = progressOver(`rendering ${target.name}:`, releases.length);
    const told: Helm = (...args) => {
      tell("charts");
      return helm(...args);
    };
    return { releases: renderReleases(releases, { kubernetes, charts }, told), placeholders };
  });
}

/** The releases of a target, while the charts of its stacks are there. */
export function withReleases<Result>(
  target: Target,
  use: (releases: readonly SynthesizedRelease[], placeholders: Placeholders) => Result,
): Result {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-render-"));
  try {
    const out = path.join(dir, "out");
    const { stacks } = synthesize({ targets: [target] }, out);
    const placeholders: Placeholders = new Map();
    return use(synthesizedReleases(out, stacks, placeholders), placeholders);
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}
