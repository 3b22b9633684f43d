import fc from "fast-check";
import { stringify } from "yaml";
import { targetJsonSchema } from "../../src/config/json-schema/target-schema-json";
import { hostileWords, yamlPieces } from "./hostile-words";
import { ofSchema } from "./schema-arbitrary";

/** Files of a config by name. */
export type Files = Readonly<Record<string, Buffer>>;

/** Targets by the schema, over a layer that is right: whatever the schema allows, and what it does not. */
export function byTheSchema(environment: string, own: string): fc.Arbitrary<Files> {
  const { properties = {} } = targetJsonSchema();
  const parts = fc
    .subarray(Object.keys(properties), { minLength: 1, maxLength: 5 })
    .chain((keys) =>
      fc.record(Object.fromEntries(keys.map((key) => [key, ofSchema(properties[key] ?? {})]))),
    );
  return parts.map((config) => ({
    "dev/environment.yaml": Buffer.from(environment),
    "dev/us-east-1.yaml": Buffer.from(withBase(own, config)),
  }));
}

/** What is generated goes last; where it says a key that the base says, the base's is left out. */
function withBase(own: string, config: Readonly<Record<string, unknown>>): string {
  const base = "network" in config ? "" : own;
  return base + stringify(config, { aliasDuplicateObjects: false });
}

/** A text of a config with some of its bytes changed, taken out, doubled, or with pieces of YAML put in. */
export function byBytes(texts: readonly string[], environment: string): fc.Arbitrary<Files> {
  const change = fc.record({
    how: fc.constantFrom("insert", "delete", "double", "byte", "line", "cut"),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 1, max: 40 }),
    piece: fc.oneof(
      fc.constantFrom(...yamlPieces, ...hostileWords.filter((word) => word.length < 400)),
      fc.string({ maxLength: 8 }),
    ),
    byte: fc.integer({ min: 0, max: 255 }),
  });
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 6 }), fc.boolean())
    .map(([text, changes, inLayer]) => {
      const changed = changes.reduce(changedBy, Buffer.from(text));
      return inLayer
        ? { "dev/environment.yaml": changed, "dev/us-east-1.yaml": Buffer.from(texts[0] ?? "") }
        : { "dev/environment.yaml": Buffer.from(environment), "dev/us-east-1.yaml": changed };
    });
}

interface Change {
  readonly how: string;
  readonly at: number;
  readonly length: number;
  readonly piece: string;
  readonly byte: number;
}

function changedBy(text: Buffer, { how, at, length, piece, byte }: Change): Buffer<ArrayBuffer> {
  const from = Math.floor(at * text.length);
  const [before, after] = [text.subarray(0, from), text.subarray(from)];
  switch (how) {
    case "insert":
      return Buffer.concat([before, Buffer.from(piece), after]);
    case "delete":
      return Buffer.concat([before, after.subarray(length)]);
    case "double":
      return Buffer.concat([before, after.subarray(0, length), after]);
    case "byte":
      return Buffer.concat([before, Buffer.from([byte]), after.subarray(1)]);
    case "line":
      return Buffer.concat([before, Buffer.from("\n"), after]);
    default:
      return Buffer.from(before);
  }
}
