import { pathToFileURL } from "node:url";

/** A project's module, by its file. In a file of its own: of a script that imports what others name, no compiled code is kept. */
export async function importFile(file: string): Promise<unknown> {
  return (await import(pathToFileURL(file).href)) as unknown;
}
