import { orderOf } from "../../text/versions";
import { type Phrase, say, words } from "../model/phrase";

export function isDowngrade(from: string, to: string): boolean {
  return orderOf(from, to) === 1;
}

/** `1.7.0 to 1.6.0, a downgrade` */
export function versionPhrase(from: string, to: string): Phrase {
  return say`${from} to ${to}${words(isDowngrade(from, to) ? ", a downgrade" : "")}`;
}
