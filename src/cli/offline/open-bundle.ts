import fs from "node:fs";
import path from "node:path";
import { refuseOtherFiles } from "../../bundle/files";
import { BundleError, type BundleManifest, MANIFEST, readManifest } from "../../bundle/manifest";
import { platformName } from "../../bundle/platform";
import { tellProgress } from "../progress";

/** A bundle whose files were compared with its manifest. */
export interface OpenBundle {
  /** Absolute. */
  readonly root: string;
  /** As the user named it. */
  readonly shown: string;
  readonly manifest: BundleManifest;
}

/**
 * Reads a bundle and compares each file that is used here with its manifest. Providers of other platforms are not read.
 *
 * @throws BundleError where it is none, is not complete, was changed, or has no providers for this platform
 */
export function openBundle(
  shown: string,
  platform = platformName(process.platform, process.arch),
): OpenBundle {
  const file = path.join(shown, MANIFEST);
  if (!fs.existsSync(file))
    throw new BundleError(
      `${shown} is not a bundle; make one with npx octarine bundle TARGET --out ${shown}`,
    );
  const manifest = readManifest(fs.readFileSync(file, "utf8"), file);
  if (!manifest.complete)
    throw new BundleError(
      `${shown} is not complete; run npx octarine bundle again, which goes on where it ended`,
    );
  if (!manifest.platforms.includes(platform))
    throw new BundleError(
      `${shown} has providers for ${manifest.platforms.join(", ")}, and this is ${platform}; make it with --platform ${platform}`,
    );
  tellProgress(`comparing ${shown} with its manifest`);
  const others = manifest.platforms.filter((each) => each !== platform);
  refuseOtherFiles(shown, manifest, (name) => !others.some((each) => isOf(name, each)));
  return { root: path.resolve(shown), shown, manifest };
}

/** Whether a file is of a platform's provider. */
function isOf(file: string, platform: string): boolean {
  return (
    file.startsWith("providers/") && (file.endsWith(`_${platform}.zip`) || file.includes(`/${platform}/`))
  );
}
