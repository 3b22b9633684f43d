import { readable } from "../../guardrails/iam/symbol";
import type { Resource, Source } from "../../guardrails/resource";
import { isAbsent } from "../../values/value";
import type { Grants, Role } from "../grants/grants";
import { type DocumentSize, documentSize, sumOf } from "./document-size";

/**
 * Roles as IAM counts them, as resources of type `aws-role`, and statements that registry modules and bootstrap
 * write, of type `unseen-statement`: for the rules POLICY-*, which else see only what is written out in the stacks.
 */
export function roleResources({ roles }: Grants, inventory: readonly Resource[], source: Source): Resource[] {
  const owners = new Set(inventory.filter(isWrittenOut).map((each) => placeOf(each)));
  return roles.flatMap((role) => {
    const hidden = role.policies.filter((each) => each.kind !== "aws" && !owners.has(placeOf(each)));
    return [
      {
        type: "aws-role",
        stack: role.stack,
        address: role.address,
        source,
        attributes: {
          attached: role.policies.filter(({ kind }) => kind !== "inline").length,
          sizes: sizesOf(role, hidden).map(({ what, most, size }) => ({ what, most, ...size })),
        },
      },
      ...hidden
        .flatMap(({ statements }) => statements)
        .filter(({ attributes }) => attributes.isUnread !== true)
        .map((each) => ({ ...each, type: "unseen-statement", source })),
    ];
  });
}

interface Sized {
  readonly what: string;
  readonly most: number;
  readonly size: DocumentSize;
}

/** IAM User Guide, "IAM and STS quotas". */
function sizesOf({ policies, trust }: Role, hidden: Role["policies"]): Sized[] {
  const inline = policies.filter(({ kind }) => kind === "inline");
  return [
    { what: "its trust policy", most: 2048, size: documentSize(trust) },
    {
      what: inline.length === 1 ? "its inline policy" : "its inline policies together",
      most: 10_240,
      size: sumOf(inline.map(({ statements }) => documentSize(statements))),
    },
    ...hidden
      .filter(({ kind }) => kind === "managed")
      .map(({ label, statements }) => ({
        what: `its policy ${readable(label)}`,
        most: 6144,
        size: documentSize(statements),
      })),
  ];
}

/** Whether the rules see the policy in the stack itself. */
function isWrittenOut({ type, attributes }: Resource): boolean {
  return /^aws_iam_(policy|role_policy)$/.test(type) && !isAbsent(attributes.policy);
}

function placeOf({ stack, address }: { readonly stack: string; readonly address: string }): string {
  return `${stack}/${address}`;
}
