import path from "node:path";
import type { BundleManifest } from "../../../bundle/manifest";
import type { StackNeeds } from "../../../bundle/stack-needs";
import type { HttpGet } from "../../refresh/http";
import type { CopyTool } from "../../render/copy-images";
import type { Needed } from "../needed";
import { BundleFolder } from "./bundle-folder";
import { bringCharts } from "./charts";
import { bringImages, type BroughtImages } from "./images";
import { bringModules } from "./modules";
import { fullAddress, programHere } from "./program";
import { bringProviders } from "./providers";

export interface BundleSources {
  /** Filesystem mirror of providers, instead of their registries. */
  readonly providers?: string;
  /** Folder of charts, instead of their repositories. */
  readonly charts?: string;
}

export interface BundleRequest {
  readonly needed: Needed;
  readonly stacks: readonly StackNeeds[];
  readonly sources: BundleSources;
  readonly tool: CopyTool;
  readonly mirrors: readonly string[];
  /** What is needed of images, once the folder of charts is there. */
  readonly withCharts: (charts: string) => Pick<Needed, "images" | "unknown">;
  readonly get: HttpGet;
}

export interface MadeBundle extends BroughtImages {
  readonly manifest: BundleManifest;
  readonly unknown: Needed["unknown"];
}

/** Fills a folder with all that deployments download, and says in its manifest what each file is. */
export async function makeBundle(out: string, request: BundleRequest): Promise<MadeBundle> {
  const { needed, stacks, sources, get } = request;
  const program = await programHere();
  const { targets, platforms } = needed;
  const folder = new BundleFolder(out, {
    format: 1,
    program,
    targets: [...targets],
    platforms: [...platforms],
    providers: [],
    modules: [],
    charts: [],
  });
  try {
    await bringModules(
      folder,
      stacks.flatMap(({ calls }) => calls),
      needed.providers.map(({ source }) => fullAddress(source, program)),
    );
    await bringProviders(folder, {
      needs: needed.providers,
      platforms,
      program,
      mirror: sources.providers && path.resolve(sources.providers),
    });
    await bringCharts(folder, needed.charts, sources.charts, get);
    const { images, unknown } = request.withCharts(path.join(out, "charts"));
    const releases = [...new Set(unknown.map(({ release }) => release))];
    const brought = await bringImages(folder, {
      images,
      unknown: releases,
      mirrors: request.mirrors,
      tool: request.tool,
      get,
    });
    return { ...brought, unknown, manifest: folder.finish() };
  } catch (error) {
    folder.abandon();
    throw error;
  }
}
