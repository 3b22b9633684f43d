import fs from "node:fs";
import path from "node:path";
import { chartsOf, chartComponents, components } from "../../src/components/components";
import { isInstalled, isOneOf } from "../../src/releases/pins";
import { addonNames } from "../../src/components/components";

const folder = path.join(__dirname, "..", "..", "src");
const source = ["stacks", "components", "modules"]
  .flatMap((layer) =>
    fs
      .readdirSync(path.join(folder, layer), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.startsWith("registry") && !isRecord(layer, name))
      .map((name) => fs.readFileSync(path.join(folder, layer, name), "utf8")),
  )
  .join("\n");

/** What says which components there are installs none. */
function isRecord(layer: string, name: string): boolean {
  return layer === "components" && (!name.includes(path.sep) || name.endsWith("record.ts"));
}

/** Whether a stack or a module takes the pin of a chart or an add-on out of the release. */
function isTaken(name: string): boolean {
  const key = isOneOf(addonNames, name) ? `|"${name}"` : "";
  return new RegExp(`(charts|addons)(\\.${name}\\b|\\["${name}"\\])${key}`).test(source);
}

test("a component that a config can pin is one that some stack installs, and the others are not", () => {
  const pinned = components.filter(
    (component) => isOneOf(addonNames, component) || isOneOf(chartComponents, component),
  );
  const taken = pinned.filter((component) =>
    (isOneOf(chartComponents, component) ? chartsOf(component) : [component]).some(isTaken),
  );

  expect(pinned.filter((component) => isInstalled(component) && !taken.includes(component))).toEqual([]);
  expect(taken.filter((component) => !isInstalled(component))).toEqual([]);
  expect(pinned.filter((component) => !isInstalled(component))).not.toEqual([]);
});
