import { table } from "../../text/columns";
import { counted } from "../../text/counted";
import type { Command } from "commander";
import { selectTarget } from "../../fleet/select-targets";
import { checkedFleet } from "../checked-fleet";
import { byReason } from "../render/by-reason";
import { copyScript, type CopyTool } from "../render/copy-images";
import { renderTarget } from "../render/render-target";
import { targetImages } from "../render/target-images";
import { refuseNoFolder } from "../named-path";
import { UsageError } from "../report-error";
import { print, printJson, say, warn } from "../terminal";

export function images(name: string, options: ImagesOptions, command: Command): void {
  refuseNoFolder("--charts", options.charts);
  const target = selectTarget(checkedFleet(command), name);
  const mirror = target.config.images?.mirror;
  if (options.copy !== undefined && mirror === undefined) {
    throw new UsageError(`${name} has no images.mirror to fill; add one, or leave --copy out`);
  }
  const { images, unknown } = targetImages(renderTarget(target, options.charts).releases, mirror);
  if (unknown.length > 0) process.exitCode = 1;
  if (options.copy !== undefined && mirror !== undefined) {
    return printCopies(name, images, mirror, options.copy, unknown);
  }
  if (options.json) return printJson("images", { target: target.name, images, unknown });
  if (images.length > 0) print(imagesText(images, mirror !== undefined));
  byReason(unknown.map(({ release, why }) => [release, why])).forEach((line) => say(`unknown: ${line}`));
  images
    .filter(({ mirrored }) => mirror !== undefined && !mirrored)
    .forEach(({ source }) => warn(`${source} is not taken from the mirror`));
  const left = unknown.length > 0 ? `; the images of ${counted(unknown.length, "release")} are unknown` : "";
  print(`${counted(images.length, "image")} of Helm releases${left}; EKS add-ons bring their own`);
}

interface ImagesOptions {
  readonly charts?: string;
  readonly json?: boolean;
  readonly copy?: CopyTool;
}

/** The script alone on standard output, so that it can be piped; what it lacks is said beside it. */
function printCopies(
  target: string,
  images: ReturnType<typeof targetImages>["images"],
  mirror: string,
  tool: CopyTool,
  unknown: ReturnType<typeof targetImages>["unknown"],
): void {
  const releases = unknown.map(({ release }) => release);
  const { script, leftOut, byTag } = copyScript(target, images, mirror, tool, releases);
  if (leftOut.length > 0) process.exitCode = 1;
  print(script);
  byReason(unknown.map(({ release, why }) => [release, why])).forEach((line) => say(`unknown: ${line}`));
  leftOut.forEach(({ image, why }) => say(`left out: ${image} ${why}`));
  images
    .filter(({ mirrored }) => !mirrored)
    .forEach(({ source }) => warn(`${source} is not taken from the mirror`));
  if (byTag.length > 0) {
    warn(
      `${counted(byTag.length, "image")} without a digest: what is copied is what the tag names on that day`,
    );
  }
}

function imagesText(images: ReturnType<typeof targetImages>["images"], hasMirror: boolean): string {
  // One line would not fit: the names of an image and of its mirror are long.
  if (!hasMirror)
    return table([
      ["IMAGE", "RELEASE"],
      ...images.map(({ source, releases }) => [source, releases.join(", ")]),
    ]);
  return images
    .flatMap(({ source, mirror, releases }) => [
      source,
      ...(mirror === undefined || mirror === source ? [] : [`  mirror   ${mirror}`]),
      `  release  ${releases.join(", ")}`,
    ])
    .join("\n");
}
