import type { Command } from "commander";
import { selectTarget } from "../../fleet/select-targets";
import type { DiagramFormat, DiagramKind } from "../../report/diagrams/diagram-names";
import { diagramOf, drawDiagram } from "../../report/diagrams/diagrams";
import { checkedFleet } from "../checked-fleet";
import { UsageError } from "../report-error";
import { print, say } from "../terminal";
import { shownFile, writeWhole } from "../write-whole";

interface DiagramOptions {
  readonly format: DiagramFormat;
  readonly of: DiagramKind;
  readonly out?: string;
}

export function diagram(name: string, { format, of, out }: DiagramOptions, command: Command): void {
  const fleet = checkedFleet(command);
  const target = selectTarget(fleet, name);
  const diagram = diagramOf(target, of, fleet);
  if (diagram === undefined)
    throw new UsageError(`${target.name} has no ${of}; npx octarine mesh show names those that have one`);
  const drawing = drawDiagram(diagram, format);
  if (out === undefined) return print(drawing.trimEnd());
  writeWhole(out, `${drawing.trimEnd()}\n`);
  say(`wrote ${shownFile(out)}`);
}
