/** What a shell would run: prompts and comments left out, continued lines joined. */
export function shellLines(language: string, text: string): string[] {
  const lines = text.replace(/\\\n\s*/g, " ").split("\n");
  const typed = language === "console" ? lines.flatMap((line) => /^\$ (.*)$/.exec(line)?.[1] ?? []) : lines;
  return typed.map((line) => line.replace(/(^|\s)#.*$/, "").trim());
}

const COMMAND = /(?:^|(?:&&|\||;)\s*|^(?:\w+=\S+ )+)((?:npx )?octarine(?: .*?)?)(?=\s*(?:&&|;|\s\|\s|>|$))/;

/** The command of ours in a line of a shell. */
export function ownCommand(line: string): string | undefined {
  return COMMAND.exec(line)?.[1];
}
