import { listed } from "../text/listed";
import { counted } from "../text/counted";
import type { Gravity, OpenPoint } from "./open-points";
import type { Tone } from "./parts";

/** What a reader with one minute should know. */
export interface Verdict {
  readonly tone: Extract<Tone, "bad" | "warn" | "good">;
  /** In a word or two, for a table. */
  readonly word: string;
  readonly sentence: string;
}

/** @param findings guardrail errors, which points put together by their rule */
export function verdictOf(open: readonly OpenPoint[], findings: number): Verdict {
  const count = (gravity: Gravity) => open.filter((each) => each.gravity === gravity).length;
  const addresses = open.filter(
    ({ gravity, section }) => gravity === "error" && section === "capacity",
  ).length;
  if (count("error") > 0) {
    const causes = [
      ...(findings > 0 ? [counted(findings, "guardrail error")] : []),
      ...(addresses > 0 ? [`${counted(addresses, "error")} of the address plan`] : []),
    ];
    const others = open.length - count("error");
    const more =
      others === 0 ? "" : ` ${counted(others, "other point")} ${others === 1 ? "is" : "are"} open.`;
    return {
      tone: "bad",
      word: "not ready",
      sentence: `Not ready to deploy: ${listed(causes)} must be fixed first.${more}`,
    };
  }
  const left = [
    ...(count("warning") > 0 ? [counted(count("warning"), "warning")] : []),
    ...(count("not met") > 0 ? [`${counted(count("not met"), "readiness item")} not met`] : []),
    ...(count("decision") > 0 ? [`${counted(count("decision"), "decision")} to write down`] : []),
  ];
  const ready = "Ready for a plan: no guardrail finding and no address problem stands in the way";
  return left.length === 0
    ? { tone: "good", word: "ready", sentence: `${ready}, and nothing is open.` }
    : { tone: "warn", word: "ready, points open", sentence: `${ready}. Still open: ${left.join(", ")}.` };
}

/** Of a page about several targets. */
export function fleetVerdict(
  targets: readonly { readonly name: string; readonly verdict: Verdict }[],
): Verdict {
  const of = (tone: Verdict["tone"]) => targets.filter(({ verdict }) => verdict.tone === tone);
  const [bad, warn] = [of("bad"), of("warn")];
  const all = targets.length;
  if (bad.length > 0)
    return {
      tone: "bad",
      word: "not ready",
      sentence: `${bad.length} of ${all} targets ${bad.length === 1 ? "is" : "are"} not ready to deploy: ${bad.map(({ name }) => name).join(", ")}.`,
    };
  const open =
    warn.length === 0
      ? "and nothing is open"
      : `and ${warn.length === all ? "all" : warn.length} have points open`;
  return {
    tone: warn.length === 0 ? "good" : "warn",
    word: "ready",
    sentence: `All ${all} targets are ready for a plan, ${open}.`,
  };
}
