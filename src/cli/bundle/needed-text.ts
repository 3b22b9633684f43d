import { columns } from "../../text/columns";
import { counted } from "../../text/counted";
import type { Needed } from "./needed";

/** The list for readers: a section for each kind of thing. */
export function neededText(needed: Needed): string {
  const { terraform, platforms, providers, modules, charts, images, vendored } = needed;
  const sections: readonly (readonly [string, readonly (readonly string[])[]])[] = [
    ["Terraform", terraform.map((version) => [version])],
    [`providers for ${platforms.join(", ")}`, providers.map(({ source, version }) => [source, version])],
    [
      "modules",
      modules.map(({ source, version = "", of }) => [
        source,
        version,
        ...(of === undefined ? [] : [`called by ${of}`]),
      ]),
    ],
    ["charts", charts.map(({ repository, name, version }) => [name, version, repository])],
    ["images", images.map(({ source }) => [source])],
    ["in this repository", vendored.map((file) => [file])],
  ];
  return sections
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => [title, ...columns(rows).map((line) => `  ${line}`)].join("\n"))
    .join("\n\n");
}

/** What it comes to. */
export function neededSummary({ targets, providers, modules, charts, images }: Needed): string {
  const counts = [
    counted(providers.length, "provider"),
    counted(modules.length, "module"),
    counted(charts.length, "chart"),
    counted(images.length, "image"),
  ];
  return `${counted(targets.length, "target")}: ${counts.join(", ")}; add-ons and node images come from AWS`;
}

/** What the list can't tell. */
export function notTold({ unread }: Needed): readonly string[] {
  return unread.map((name) => `${name} may call modules that are not in this list; a download tells`);
}
