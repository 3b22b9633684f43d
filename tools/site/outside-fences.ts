/** Rewrites what a page says outside of its fenced blocks, line numbers kept. */
export function outsideFences(text: string, rewrite: (prose: string) => string): string {
  const parts: string[] = [];
  let prose: string[] = [];
  let fence: string | undefined;
  const flush = () => {
    if (prose.length > 0) parts.push(rewrite(prose.join("\n")));
    prose = [];
  };
  for (const line of text.split("\n")) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined && mark === undefined) {
      prose.push(line);
      continue;
    }
    flush();
    parts.push(line);
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined;
  }
  flush();
  return parts.join("\n");
}

/** The same, with code between backticks left as it is. */
export function outsideCode(text: string, rewrite: (prose: string) => string): string {
  return outsideFences(text, (prose) =>
    prose
      .split(/(`+[^`]*?`+)/)
      .map((part, index) => (index % 2 === 0 ? rewrite(part) : part))
      .join(""),
  );
}
