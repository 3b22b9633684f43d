import type { Difference } from "../diff/difference";
import { type Phrase, say, words } from "../model/phrase";

/** Differences as settings, short: `max-pods 110 to 29`, `startupTaints[x] goes`. */
export function settingLines(all: readonly Difference[], most: number): Phrase[] {
  const lines = inItems(all).map(settingLine);
  const left = lines.length - most;
  return [...lines.slice(0, most), ...(left > 0 ? [words(`and ${left} more settings`)] : [])];
}

function settingLine({ path, before, after }: Difference): Phrase {
  const name = path
    .replace(/^(values|user_data|userData|configuration_values): /, "")
    .replace(/^userData: /, "")
    .replace(/^(template\.spec|settings)\./, "")
    .replace(/^block_device_mappings\[[^\]]*\]\./, "")
    .replace(/^ebs\[0\]\./, "")
    // An item of a list of texts is its own value.
    .replace(/\["[^"]*"\]$/, "");
  if (before === undefined)
    return after === undefined || after === "" ? say`${name} is new` : say`${name} becomes ${after}`;
  return after === undefined
    ? before === ""
      ? say`${name} goes`
      : say`${name} ${before} goes`
    : say`${name} ${before} to ${after}`;
}

/** By what an item is known: where that stays, the item does. */
const IDENTITY = /\.(key|name|deviceName|device_name|kind)$/;

/** An item of a list that comes or goes as a whole is one line, whatever it holds. */
function inItems(all: readonly Difference[]): Difference[] {
  const items = new Map<string, Difference[]>();
  for (const each of all) {
    const item = /^.*\[[^\]]*\](?=\.)/.exec(each.path)?.[0] ?? each.path;
    items.set(item, [...(items.get(item) ?? []), each]);
  }
  return [...items].flatMap(([path, inner]) => {
    const [first] = inner;
    if (first === undefined || inner.length === 1 || inner.some(({ kind }) => kind !== first.kind))
      return inner;
    if (first.kind === "changed" || !inner.some((each) => IDENTITY.test(each.path))) return inner;
    return [{ path, kind: first.kind, ...(first.kind === "removed" ? { before: "" } : { after: "" }) }];
  });
}
