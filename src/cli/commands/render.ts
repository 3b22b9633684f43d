import { table } from "../../text/columns";
import { counted } from "../../text/counted";
import path from "node:path";
import type { Command } from "commander";
import { selectTarget } from "../../fleet/select-targets";
import { checkedFleet } from "../checked-fleet";
import { envsDir } from "../fleet-options";
import { refuseNoFolder } from "../named-path";
import { refuseInsideEnvs } from "../out-of-envs";
import { byReason } from "../render/by-reason";
import { renderTarget } from "../render/render-target";
import { renderedFindings } from "../render/rendered-findings";
import { writeRendered } from "../render/write-rendered";
import { print, printJson, say } from "../terminal";

interface Options {
  readonly charts?: string;
  readonly out: string;
  readonly json?: boolean;
}

export function render(name: string, options: Options, command: Command): void {
  refuseNoFolder("--charts", options.charts);
  refuseInsideEnvs(options.out, envsDir(command));
  const target = selectTarget(checkedFleet(command), name);
  const rendered = renderTarget(target, options.charts);
  const out = path.join(options.out, target.workspace);
  const kubernetes = target.release.kubernetes.version;
  const index = writeRendered(out, { name: target.name, kubernetes }, rendered);
  const failed = index.releases.filter(({ problem }) => problem !== undefined);
  const findings = renderedFindings(
    rendered.releases.flatMap(({ release: { name: release, namespace }, result }) =>
      "problem" in result ? [] : [{ release, namespace, objects: result.objects }],
    ),
  );
  process.exitCode = failed.length > 0 || findings.length > 0 ? 1 : 0;
  if (options.json) return printJson("render", { ...index, findings });
  const rows = index.releases.flatMap(({ release, chart, file }) =>
    file === undefined ? [] : [[release, chart, file]],
  );
  if (rows.length > 0) print(table([["RELEASE", "CHART", "FILE"], ...rows]));
  findings.forEach(say);
  byReason(failed.map(({ release, problem = "" }) => [release, problem])).forEach(say);
  print(
    `${counted(rows.length, "release")} of ${index.releases.length} in ${out}; ` +
      `${counted(Object.keys(index.placeholders).length, "placeholder")} for what only Terraform knows (index.json)`,
  );
}
