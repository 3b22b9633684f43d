import ts from "typescript";

/** JSON Schema, draft 2020-12, as much of it as types of JSON need. */
export type Schema = boolean | { readonly [key: string]: unknown };

/** The schema of what `JSON.stringify` makes of values of a type; types with a name are in `$defs`. */
export function schemaOf(type: ts.Type, checker: ts.TypeChecker): { readonly [key: string]: unknown } {
  const making = new SchemaMaking(checker);
  const schema = making.of(type);
  return {
    ...(typeof schema === "boolean" ? {} : schema),
    ...(making.defs.size > 0 && {
      $defs: Object.fromEntries([...making.defs].sort(([one], [other]) => (one < other ? -1 : 1))),
    }),
  };
}

/** Names of how a type is made, and not of what it is. */
const OF_TYPESCRIPT = new Set([
  "Array",
  "Exclude",
  "Omit",
  "Partial",
  "Pick",
  "Readonly",
  "ReadonlyArray",
  "Record",
  "Required",
]);

class SchemaMaking {
  readonly defs = new Map<string, Schema>();
  readonly #names = new Map<ts.Type, string>();

  constructor(private readonly checker: ts.TypeChecker) {}

  of(type: ts.Type): Schema {
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (type.flags & ts.TypeFlags.BooleanLiteral)
      return { const: this.checker.typeToString(type) === "true" };
    if (type.flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) return { type: "string" };
    if (type.flags & ts.TypeFlags.Number) return { type: "number" };
    if (type.flags & ts.TypeFlags.Boolean) return { type: "boolean" };
    if (type.flags & ts.TypeFlags.Null) return { type: "null" };
    if (type.isUnion()) return this.#union(type.types);
    if (type.flags & ts.TypeFlags.NonPrimitive) return { type: "object" };
    if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return false;
    return this.#named(type) ?? this.#object(type);
  }

  #union(types: readonly ts.Type[]): Schema {
    const some = types.filter((each) => !(each.flags & ts.TypeFlags.Undefined));
    const literals = some.flatMap((each) =>
      each.isStringLiteral() || each.isNumberLiteral() ? [each.value] : [],
    );
    const booleans = some.filter((each) => each.flags & ts.TypeFlags.BooleanLiteral);
    const others = some.filter(
      (each) =>
        !each.isStringLiteral() && !each.isNumberLiteral() && !(each.flags & ts.TypeFlags.BooleanLiteral),
    );
    const all: Schema[] = [
      ...(literals.length > 1 ? [{ enum: literals }] : literals.map((value) => ({ const: value }))),
      ...(booleans.length === 2 ? [{ type: "boolean" }] : booleans.map((each) => this.of(each))),
      ...others.map((each) => this.of(each)),
    ];
    const [first, ...more] = all;
    return more.length === 0 ? (first ?? false) : { anyOf: all };
  }

  /** A type that somebody has named, by a reference: it may hold itself. */
  #named(type: ts.Type): Schema | undefined {
    const known = this.#names.get(type);
    if (known !== undefined) return { $ref: `#/$defs/${known}` };
    const name = type.aliasSymbol?.name ?? type.getSymbol()?.name ?? "__";
    if (name.startsWith("__") || this.checker.isArrayType(type) || this.checker.isTupleType(type))
      return undefined;
    if (OF_TYPESCRIPT.has(name)) return undefined;
    const taken = [...this.#names.values()].filter((each) => each.replace(/_\d+$/, "") === name).length;
    const own = taken === 0 ? name : `${name}_${taken + 1}`;
    this.#names.set(type, own);
    this.defs.set(own, this.#object(type));
    return { $ref: `#/$defs/${own}` };
  }

  #object(type: ts.Type): Schema {
    if (this.checker.isTupleType(type)) {
      const items = this.checker.getTypeArguments(type as ts.TypeReference);
      const { combinedFlags, minLength } = (type as ts.TupleTypeReference).target;
      if (combinedFlags & ts.ElementFlags.Variable)
        return { type: "array", items: this.#union(items), minItems: minLength };
      return { type: "array", prefixItems: items.map((each) => this.of(each)), minItems: minLength };
    }
    const item = this.checker.isArrayType(type)
      ? this.checker.getTypeArguments(type as ts.TypeReference)[0]
      : undefined;
    if (item !== undefined) return { type: "array", items: this.of(item) };
    return this.#members(type);
  }

  #members(type: ts.Type): Schema {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const member of this.checker.getPropertiesOfType(type)) {
      const declared = this.checker.getTypeOfSymbol(member);
      // What JSON leaves out.
      if (declared.getCallSignatures().length > 0 || declared.flags & ts.TypeFlags.Undefined) continue;
      const isOptional =
        (member.flags & ts.SymbolFlags.Optional) !== 0 ||
        (declared.isUnion() && declared.types.some((each) => each.flags & ts.TypeFlags.Undefined));
      const description = ts.displayPartsToString(member.getDocumentationComment(this.checker)).trim();
      const schema = this.of(declared);
      properties[member.name] =
        description === "" || typeof schema === "boolean" ? schema : { description, ...schema };
      if (!isOptional) required.push(member.name);
    }
    const rest = this.checker.getIndexInfoOfType(type, ts.IndexKind.String);
    return {
      type: "object",
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(required.length > 0 && { required }),
      ...(rest !== undefined && { additionalProperties: this.of(rest.type) }),
    };
  }
}
