import { counted } from "../../text/counted";
import { wrap } from "../../text/wrap";
import type { PinCheck } from "./pin-check";

const WIDTH = 100;

export type ReleaseCheck = PinCheck & { readonly release: string };

/** What somebody has to look at: contradicted pins one by one, those not reached by reason; the others are counted. */
export function refreshText(checks: readonly ReleaseCheck[]): string {
  const of = (wanted: PinCheck["result"]) => checks.filter(({ result }) => result === wanted);
  const [wrong, silent] = [of("contradicted"), of("unreachable")];
  return [
    ...wrong.flatMap(({ release, pin, version, detail }) =>
      hanging(`contradicted: release ${release}, ${pin} ${version}: ${detail}`),
    ),
    ...[...byDetail(silent)].flatMap(([detail, pins]) =>
      hanging(`not reached: ${detail}, so not checked: ${pins.join(", ")}`),
    ),
    `${counted(checks.length, "pin")}: ${of("confirmed").length} confirmed, ${wrong.length} contradicted, ${silent.length} not reached`,
  ].join("\n");
}

function byDetail(checks: readonly ReleaseCheck[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { detail, pin, version } of checks) {
    const pins = groups.get(detail) ?? [];
    const text = `${pin} ${version}`;
    if (!pins.includes(text)) groups.set(detail, [...pins, text]);
  }
  return groups;
}

function hanging(text: string): string[] {
  return wrap(text, WIDTH - 2).map((line, index) => (index === 0 ? line : `  ${line}`));
}
