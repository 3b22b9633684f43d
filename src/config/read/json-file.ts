import { exists, readText } from "../../reads/reads";
import { whyUnreadable } from "./why-unreadable";

/** What lies at a path: JSON, whatever it says, or why there is none. */
export type JsonFile =
  | { readonly kind: "none" }
  | { readonly kind: "unreadable"; readonly why: string }
  | { readonly kind: "not JSON" }
  | { readonly kind: "read"; readonly json: unknown };

export function readJsonFile(file: string): JsonFile {
  if (!exists(file)) return { kind: "none" };
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    return { kind: "unreadable", why: whyUnreadable(error) };
  }
  try {
    return { kind: "read", json: JSON.parse(text) as unknown };
  } catch {
    return { kind: "not JSON" };
  }
}
