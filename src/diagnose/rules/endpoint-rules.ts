import { quoteOf } from "../read/lines";
import { at, listAt, quoteIn, textAt } from "../read/values";
import type { Reading, Rule } from "../rule";
import type { World } from "../world";

/** `Endpoints: <none>` of a Service, and the table of endpoints. */
const none: Rule = ({ lines, rows }) => [
  ...lines
    .filter(({ text }) => /^Endpoints:\s+(?:<none>)?\s*$/.test(text))
    .map((line): Reading => ({ cause: "endpoints-missing", certainty: "sure", quotes: [quoteOf(line)] })),
  ...rows
    .filter(
      ({ cells, from }) =>
        cells.ENDPOINTS === "<none>" || (cells.ENDPOINTS === "<unset>" && /endpointslice/.test(from.command)),
    )
    .map(({ from, line, text, cells }): Reading => ({
      cause: "endpoints-missing",
      certainty: "sure",
      quotes: [{ file: from.file, line, text: text.trim() }],
      detail: cells.NAME ?? "",
    })),
];

/** EndpointSlices that hold pods which are not ready. */
const slices: Rule = ({ objects }) =>
  objects.flatMap(({ value, from }): Reading[] => {
    if (value.kind !== "EndpointSlice") return [];
    const unready = listAt(value, "endpoints").filter(
      (each) => at(each, "conditions", "ready") === false && at(each, "conditions", "terminating") !== true,
    );
    const name = textAt(value, "metadata", "name");
    const about = `${textAt(value, "metadata", "namespace")}/${name}`;
    if (listAt(value, "endpoints").length === 0)
      return [
        {
          cause: "endpoints-missing",
          certainty: "possible",
          quotes: [quoteIn(from, name, `endpointslice ${name}: no pod is selected`)],
          detail: name,
          about,
        },
      ];
    if (unready.length === 0) return [];
    const pods = unready.map((each) => textAt(each, "targetRef", "name")).join(", ");
    return [
      {
        cause: "endpoints-missing",
        certainty: "likely",
        quotes: [quoteIn(from, name, `endpointslice ${name}: not ready: ${pods}`)],
        detail: pods,
        about,
      },
    ];
  });

/** Probes that fail, of pods that are not known to be ready. Those of the CNI and of DNS have causes of their own. */
const probes: Rule = ({ lines, pods }) => {
  const ready = new Set(pods.filter((pod) => pod.ready === true).map(({ name }) => name));
  const unready = new Set(pods.filter((pod) => pod.ready === false).map(({ name }) => name));
  return lines.flatMap((line): Reading[] => {
    if (!/Readiness probe (?:failed|errored)/.test(line.text) || /:50051|:53\b/.test(line.text)) return [];
    const name = podOf(line);
    const times = Number(/\(x(\d+) over/.exec(line.text)?.[1] ?? 1);
    if (name !== undefined && ready.has(name) && !unready.has(name)) return [];
    if (times < 3 && !(name !== undefined && unready.has(name)))
      return [{ ...found(line), certainty: "possible" }];
    return [found(line)];
  });
};

function found(line: World["lines"][number]): Reading {
  return {
    cause: "endpoints-missing",
    certainty: "likely",
    quotes: [quoteOf(line, "Readiness probe")],
    ...(line.about !== undefined && { about: line.about }),
  };
}

function podOf({ text, command }: World["lines"][number]): string | undefined {
  return /\bpod\/(\S+)/.exec(text)?.[1] ?? /describe pods? (?:-n \S+ +)?([a-z0-9.-]+)/.exec(command)?.[1];
}

export const endpointRules: readonly Rule[] = [none, slices, probes];
