import { parseAllDocuments } from "yaml";

/** What an answer in JSON or YAML holds: the items of a list, or the one object; nothing where it holds neither. */
export function itemsIn(answerText: string): unknown[] {
  const values = parsed(answerText);
  return values.flatMap((value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
    return "items" in value && Array.isArray(value.items) ? (value.items as unknown[]) : [value];
  });
}

/** Documents of a text in JSON or YAML; none where it is neither. */
export function parsed(answerText: string): unknown[] {
  if (/^\s*[{[]/.test(answerText)) {
    try {
      return [JSON.parse(answerText)];
    } catch {
      return [];
    }
  }
  try {
    return [...parseAllDocuments(answerText)].map((each) => each.toJS() as unknown);
  } catch {
    return [];
  }
}
