import { isMap, parseDocument } from "yaml";

/** What is added to what a stack takes over. */
export interface Said {
  readonly imports?: Readonly<Record<string, string>>;
  readonly changes?: Readonly<Record<string, readonly string[]>>;
  readonly creates?: readonly string[];
}

/**
 * The file of what a target takes over with more in it; what people wrote there stays, comments as well.
 *
 * @param text of the file; undefined where there is none
 */
export function withSaid(
  text: string | undefined,
  target: string,
  stack: string,
  { imports = {}, changes = {}, creates = [] }: Said,
): string {
  const document = parseDocument(text ?? HEADER(target));
  if (!isMap(document.contents))
    document.contents = document.createNode({}) as unknown as typeof document.contents;
  const under = (key: string) => [stack, key];
  for (const [address, id] of Object.entries(imports)) document.setIn([...under("imports"), address], id);
  for (const [address, attributes] of Object.entries(changes)) {
    const before = listAt(document.getIn([...under("changes"), address], true));
    const all = [...new Set([...before, ...attributes])].sort();
    document.setIn([...under("changes"), address], document.createNode(all, { flow: true }));
  }
  if (creates.length > 0) {
    const before = listAt(document.getIn(under("creates"), true));
    const more = creates.filter((each) => !before.includes(each));
    if (before.length === 0) document.setIn(under("creates"), document.createNode([...more].sort()));
    else for (const each of more) document.addIn(under("creates"), each);
  }
  return document.toString({ lineWidth: 0 });
}

const HEADER = (target: string) =>
  `# What ${target} takes over of what exists, and what its first plans may do besides. npx octarine adopt adds to it.\n`;

function listAt(node: unknown): readonly string[] {
  const value: unknown =
    typeof node === "object" && node !== null && "toJSON" in node ? (node.toJSON as () => unknown)() : [];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
