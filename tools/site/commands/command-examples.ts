import { fencesIn } from "../fences";
import { type SitePage, titleOf } from "../site-page";
import { ownCommand, shellLines } from "./shell-lines";

/** A command as a page of docs shows it in a block. */
export interface Example {
  readonly page: SitePage;
  readonly line: string;
}

/** Commands of ours that a page shows to be copied: not help, and no forms with brackets. */
export function examplesOf(page: SitePage): Example[] {
  return fencesIn(page.path, page.text)
    .filter(({ language }) => language === "console" || language === "sh")
    .flatMap(({ language, text }) => shellLines(language, text))
    .flatMap((line) => {
      const command = ownCommand(line);
      return command === undefined || /[[<]|--help/.test(command) ? [] : [{ page, line: command }];
    });
}

/** Those of a command, each once, under the page that explains it; `names` are those of all commands. */
export function exampleBlocks(
  name: string,
  names: readonly string[],
  examples: readonly Example[],
): string[] {
  const own = examples.filter(({ line }) => commandOf(line, names) === name);
  const seen = new Set<string>();
  return [...new Set(own.map(({ page }) => page))].flatMap((page) => {
    const lines = own.flatMap((each) => (each.page === page && !seen.has(each.line) ? [each.line] : []));
    lines.forEach((line) => seen.add(line));
    if (lines.length === 0) return [];
    const block = [...new Set(lines)].map((line) => `$ ${line}`).join("\n");
    return [`From [${titleOf(page)}](../../${page.path}):`, `\`\`\`console\n${block}\n\`\`\``];
  });
}

function commandOf(line: string, names: readonly string[]): string | undefined {
  const words = line.replace(/^(npx )?octarine (--\S+ \S+ )*/, "");
  return names.filter((each) => `${words} `.startsWith(`${each} `)).sort((a, b) => b.length - a.length)[0];
}
