import fs from "node:fs";
import path from "node:path";
import type { RenderedTarget } from "./render-target";

/** What was rendered and how, for who reads the manifests later. */
export interface RenderIndex {
  readonly target: string;
  readonly kubernetes: string;
  readonly releases: readonly {
    readonly release: string;
    readonly stack: string;
    readonly chart: string;
    /** Relative to the folder. */
    readonly file?: string;
    readonly problem?: string;
    readonly apiVersions: readonly string[];
  }[];
  /** Terraform expressions by the text that stands for them in the manifests. */
  readonly placeholders: Readonly<Record<string, string>>;
}

/**
 * Writes `<stack>/<release>.yaml` for each release and `index.json`; what was in the folder before is gone, or there as it
 * was, where something could not be written.
 */
export function writeRendered(
  outDir: string,
  target: { readonly name: string; readonly kubernetes: string },
  rendered: RenderedTarget,
): RenderIndex {
  const part = `${outDir}.${process.pid}.part`;
  const old = `${outDir}.${process.pid}.old`;
  try {
    const index = writeInto(part, target, rendered);
    if (fs.existsSync(outDir)) fs.renameSync(outDir, old);
    fs.renameSync(part, outDir);
    return index;
  } catch (error) {
    if (fs.existsSync(old) && !fs.existsSync(outDir)) fs.renameSync(old, outDir);
    throw error instanceof Error ? Object.assign(error, { path: outDir, dest: undefined }) : error;
  } finally {
    for (const folder of [part, old]) fs.rmSync(folder, { recursive: true, force: true });
  }
}

function writeInto(
  outDir: string,
  target: { readonly name: string; readonly kubernetes: string },
  { releases, placeholders }: RenderedTarget,
): RenderIndex {
  const index: RenderIndex = {
    target: target.name,
    kubernetes: target.kubernetes,
    releases: releases.map(({ release, result, apiVersions }) => {
      const { name, stack, chart } = release;
      const file = path.posix.join(stack, `${name}.yaml`);
      if (!("problem" in result)) {
        fs.mkdirSync(path.join(outDir, stack), { recursive: true });
        fs.writeFileSync(path.join(outDir, file), result.manifests);
      }
      return {
        release: name,
        stack,
        chart: chart.kind === "local" ? "manifests (Octarine's own)" : `${chart.name} ${chart.version}`,
        ...("problem" in result ? { problem: result.problem } : { file }),
        apiVersions,
      };
    }),
    placeholders: Object.fromEntries([...placeholders].map(([expression, name]) => [name, expression])),
  };
  fs.mkdirSync(outDir, { recursive: true });
  fs.writeFileSync(path.join(outDir, "index.json"), `${JSON.stringify(index, null, 2)}\n`);
  return index;
}
