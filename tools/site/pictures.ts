import { svg } from "../../src/diagram/svg";
import { directImports, readRooms } from "../architecture/architecture";

/** A picture that the site has in place of a block of Mermaid, which browsers don't draw by themselves. */
export const IMPORTS_PICTURE = "imports.svg";

const MERMAID = /```mermaid\n[\s\S]*?```/;

/** The page on the architecture, with its picture of imports. */
export function withPicture(text: string, page: string): string {
  return page === "architecture.md"
    ? text.replace(MERMAID, `![Which folder imports which](./${IMPORTS_PICTURE})`)
    : text;
}

export function importsPicture(): string {
  const direct = directImports(readRooms());
  const edges = Object.entries(direct).flatMap(([from, others]) => others.map((to) => ({ from, to })));
  return svg({
    title: "Which folder imports which",
    description: "An arrow leads from a folder to one that it imports. The table above says the same.",
    nodes: Object.keys(direct).map((name) => ({ id: name, lines: [name] })),
    groups: [],
    edges,
  });
}
