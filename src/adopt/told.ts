import { counted } from "../text/counted";
import { listed } from "../text/listed";
import { typeOfAddress } from "../text/terraform-address";
import type { FirstChange } from "./first-plan";
import type { Doubt } from "./match";

/** What came with a VPC can't be created (provider's pages of aws_default_*). */
const EMPTIED = "taken over without an import: it loses the routes and rules that the stack does not have";

/** What a first plan does with an address, as a row: the address, what becomes of it, and whether anybody said so. */
export function changeRow({ address, does, imported, attributes, unsaid }: FirstChange): readonly string[] {
  const missing = unsaid.length === 0 ? "" : "not said";
  switch (does) {
    case "nothing":
      return [address, "taken over, unchanged", ""];
    case "changes":
      return [
        address,
        `${imported ? "taken over, " : ""}changes ${attributes.join(", ")}`,
        missing && `not said: ${unsaid.join(", ")}`,
      ];
    case "creates":
      return [address, typeOfAddress(address).startsWith("aws_default_") ? EMPTIED : "created", missing];
    case "replaces":
      return [address, "REPLACED: what exists is deleted", missing];
    case "deletes":
      return [address, "DELETED", missing];
  }
}

/** `aws_vpc.a: two fit, vpc-1 (old) and vpc-2 (older)`. */
export function doubtLine({ address, fits, rivals }: Doubt): string {
  const names = fits.map(({ id, name }) =>
    name === id || name === "" ? id : `${id} (${name.replace(`${id} `, "")})`,
  );
  const others = rivals.length === 0 ? "" : `, which fits ${listed(rivals)} as well`;
  return `${address}: ${names.length === 1 ? "" : `${names.length} fit, `}${listed(names, "or")}${others}`;
}

/** `41 taken over, 3 of them changed, 2 created`. */
export function summary(changes: readonly FirstChange[]): string {
  const of = (does: FirstChange["does"], imported?: boolean) =>
    changes.filter((each) => each.does === does && (imported === undefined || each.imported === imported))
      .length;
  const taken = changes.filter(({ imported }) => imported).length;
  const counts: readonly (readonly [number, string])[] = [
    [of("changes", true), "of them changed"],
    [of("changes", false), "changed that the state has"],
    [of("creates"), "created"],
    [of("replaces"), "replaced"],
    [of("deletes"), "deleted"],
  ];
  return [
    `${taken} taken over`,
    ...counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`])),
  ].join(", ");
}

/** What nobody said, as one line each for an error; empty where all is said. */
export function unsaidLines(changes: readonly FirstChange[]): readonly string[] {
  return changes
    .filter(({ unsaid }) => unsaid.length > 0)
    .map((each) => {
      const [address = "", what = ""] = changeRow(each);
      return `${address}: ${what}${each.does === "changes" && each.unsaid.length < each.attributes.length ? ` (not said: ${each.unsaid.join(", ")})` : ""}`;
    });
}

export function unsaidCount(changes: readonly FirstChange[]): string {
  return counted(changes.filter(({ unsaid }) => unsaid.length > 0).length, "change");
}
