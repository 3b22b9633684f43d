import { type ObjectAttribute, type TerraformType } from "./terraform-type";
import { TypeScanner } from "./type-scanner";

/**
 * Parses a type constraint, for example `map(object({ size = optional(number, 20) }))`.
 *
 * @throws Error with line and cause when the text is no type constraint.
 */
export function parseType(text: string): TerraformType {
  const scanner = new TypeScanner(text);
  const type = typeConstraint(scanner);
  if (!scanner.atEnd) throw scanner.unexpected("the end");
  return type;
}

function typeConstraint(scanner: TypeScanner): TerraformType {
  const keyword = scanner.identifier();
  switch (keyword) {
    case "string":
    case "number":
    case "bool":
    case "any":
      return { kind: keyword };
    case "list":
    case "set":
    case "map":
      return { kind: keyword, element: collectionElement(scanner) };
    case "tuple":
      return { kind: keyword, elements: tupleElements(scanner) };
    case "object":
      return { kind: keyword, attributes: objectAttributes(scanner) };
    default:
      throw new Error(`"${keyword}" is not a Terraform type`);
  }
}

/** Terraform still reads the bare words of its version 0.11, `list` for `list(any)`. */
function collectionElement(scanner: TypeScanner): TerraformType {
  if (!scanner.take("(")) return { kind: "any" };
  const element = typeConstraint(scanner);
  scanner.take(",");
  scanner.expect(")");
  return element;
}

function tupleElements(scanner: TypeScanner): TerraformType[] {
  const elements: TerraformType[] = [];
  scanner.expect("(");
  scanner.expect("[");
  while (!scanner.take("]")) {
    elements.push(typeConstraint(scanner));
    scanner.take(",");
  }
  scanner.expect(")");
  return elements;
}

function objectAttributes(scanner: TypeScanner): ObjectAttribute[] {
  const attributes: ObjectAttribute[] = [];
  scanner.expect("(");
  scanner.expect("{");
  while (!scanner.take("}")) {
    attributes.push(objectAttribute(scanner));
    scanner.take(",");
  }
  scanner.expect(")");
  return attributes;
}

function objectAttribute(scanner: TypeScanner): ObjectAttribute {
  const name = scanner.attributeName();
  if (!scanner.take("=")) scanner.expect(":");
  if (!scanner.take("optional")) return { name, type: typeConstraint(scanner), optional: false };

  scanner.expect("(");
  const type = typeConstraint(scanner);
  const defaultText = scanner.take(",") ? scanner.expressionText().replace(/\s+/g, " ") : "";
  scanner.expect(")");
  return { name, type, optional: true, ...(defaultText === "" ? {} : { default: defaultText }) };
}
