import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";

/** A chart on this machine, or why there is none. */
export type FoundChart = { readonly path: string } | { readonly problem: string };

/**
 * A chart in a folder of charts: `<name>-<version>.tgz` as `helm pull` writes it, or unpacked in `<name>-<version>` or
 * `<name>`.
 */
export function chartIn(folder: string, name: string, version: string): FoundChart {
  const archive = path.join(folder, `${name}-${version}.tgz`);
  if (fs.existsSync(archive)) return { path: archive };
  for (const dir of [path.join(folder, `${name}-${version}`), path.join(folder, name)]) {
    const found = versionOf(path.join(dir, "Chart.yaml"));
    if (found === undefined) continue;
    return found === version
      ? { path: dir }
      : { problem: `${dir} holds version ${found}, and the target installs ${version}` };
  }
  return {
    problem: `no ${name} ${version} in ${folder}; helm pull it there, or leave --charts out where its repository can be reached`,
  };
}

function versionOf(file: string): string | undefined {
  if (!fs.existsSync(file)) return undefined;
  const chart: unknown = parse(fs.readFileSync(file, "utf8"));
  if (typeof chart !== "object" || chart === null || !("version" in chart)) return undefined;
  return String(chart.version);
}
