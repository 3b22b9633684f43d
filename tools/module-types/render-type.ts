import { attributePath, elementPath, type PathStep, pathText, tupleElementPath } from "./interface-names";
import { type ObjectAttribute, type ObjectType, type TerraformType } from "./terraform-type";

type Names = ReadonlyMap<string, string>;
type Path = readonly PathStep[];

/**
 * The TypeScript type of a module input. Arrays stay mutable and take no token where cdktf's class declares a plain
 * array; where it declares `any`, both are allowed.
 */
export function renderInput(type: TerraformType, path: Path, names: Names): string {
  const takesAnything = type.kind === "object" || (type.kind === "map" && isAnyForCdktf(type.element));
  return `${renderForCdktf(type, path, names)}${takesAnything ? " | IResolvable" : ""}`;
}

/** An exported interface for the object type that stands at all the given paths. */
export function renderInterface(type: ObjectType, paths: readonly [Path, ...Path[]], names: Names): string {
  const [first, ...others] = paths;
  const more = others.length === 0 ? "" : `, and in ${others.length} more`;
  return [
    `/** \`${pathText(first)}\`${more} */`,
    `export interface ${nameAt(first, names)} {`,
    ...type.attributes.flatMap((attribute) => renderAttribute(attribute, first, names)),
    "}",
  ].join("\n");
}

function renderForCdktf(type: TerraformType, path: Path, names: Names): string {
  if (type.kind === "list" || type.kind === "set") {
    return `${renderForCdktf(type.element, elementPath(path), names)}[]`;
  }
  if (type.kind === "map") {
    return `{ readonly [key: string]: ${renderForCdktf(type.element, elementPath(path), names)} }`;
  }
  return render(type, path, names).replace(/^readonly /, "");
}

/** cdktf's class declares `any` for these. */
function isAnyForCdktf(type: TerraformType): boolean {
  return type.kind === "object" || type.kind === "any";
}

function renderAttribute(attribute: ObjectAttribute, path: Path, names: Names): string[] {
  const name = /^[A-Za-z_]\w*$/.test(attribute.name) ? attribute.name : JSON.stringify(attribute.name);
  const type = render(attribute.type, attributePath(path, attribute.name), names);
  const token = takesToken(attribute.type) ? " | IResolvable" : "";
  const line = `  readonly ${name}${attribute.optional ? "?" : ""}: ${type}${token};`;
  if (attribute.default === undefined || attribute.default === "null") return [line];
  return [`  /** Default: \`${attribute.default.replaceAll("*/", "*\\/")}\` */`, line];
}

/** Strings and numbers carry tokens themselves (`Token.asString`), `unknown` takes everything. */
function takesToken(type: TerraformType): boolean {
  return type.kind !== "string" && type.kind !== "number" && type.kind !== "any";
}

function render(type: TerraformType, path: Path, names: Names): string {
  switch (type.kind) {
    case "string":
    case "number":
      return type.kind;
    case "bool":
      return "boolean";
    case "any":
      return "unknown";
    case "list":
    case "set": {
      const element = render(type.element, elementPath(path), names);
      return `readonly ${element.startsWith("readonly ") ? `(${element})` : element}[]`;
    }
    case "map":
      return `{ readonly [key: string]: ${render(type.element, elementPath(path), names)} }`;
    case "tuple": {
      const elements = type.elements.map((element, index) =>
        render(element, tupleElementPath(path, index), names),
      );
      return `readonly [${elements.join(", ")}]`;
    }
    case "object":
      return nameAt(path, names);
  }
}

function nameAt(path: Path, names: Names): string {
  const name = names.get(pathText(path));
  if (name === undefined) throw new Error(`no interface name for ${pathText(path)}`);
  return name;
}
