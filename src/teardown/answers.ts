/** Fields of what the aws CLI answers in JSON; what is not there reads as empty. */
export type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

export function listOf(answer: unknown, key: string): readonly Fields[] {
  const value = fieldsOf(answer)[key];
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

export const textOf = (fields: Fields, key: string): string => {
  const value = fields[key];
  return typeof value === "string" ? value : "";
};

export function tagsOf(fields: Fields): ReadonlyMap<string, string> {
  const tags = [...listOf(fields, "Tags"), ...listOf(fields, "TagSet")];
  return new Map(tags.map((tag) => [textOf(tag, "Key"), textOf(tag, "Value")]));
}
