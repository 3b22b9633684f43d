import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Identity } from "../../src/permissions/identity";
import type { Grants } from "../../src/permissions/grants/grants";
import { items } from "../../src/values/value";
import { type IdentityProof, prove } from "../../src/permissions/prove";
import { wholeProofOf } from "../../src/synth/guard-targets";

const { targets } = loadFleet(path.join(__dirname, "../../envs"));

/** An identity for each of its calls on each resource, so that none is judged beside another. */
function apart(identity: Identity): Identity[] {
  return identity.calls.flatMap((call) =>
    call.resources.map((resource) => ({ ...identity, calls: [{ ...call, resources: [resource] }] })),
  );
}

function ends(proofs: readonly IdentityProof[]): Set<string> {
  return new Set(
    proofs.flatMap(({ identity, calls }) =>
      calls.map(({ call, resource, verdict }) =>
        JSON.stringify([identity.name, call.action, call.context, resource, verdict.kind]),
      ),
    ),
  );
}

/** As if statements had been forgotten, and of the others the resources but the first: much is denied then. */
function thinned({ roles, ...rest }: Grants): Grants {
  return {
    ...rest,
    roles: roles.map((role) => ({
      ...role,
      statements: role.statements
        .filter((_, index) => index % 3 !== 2)
        .map(({ attributes, ...each }) => ({
          ...each,
          attributes: { ...attributes, resources: items(attributes.resources).slice(0, 1) },
        })),
    })),
  };
}

test.each(targets.map((target) => [target.name, target] as const))(
  "%s: a call that is judged with others ends as it does alone, whether policies take it or not",
  (_, target) => {
    const proof = wholeProofOf(target);
    if (proof === undefined) throw new Error(`${target.name} is in no region`);
    const identities = proof.proofs.map(({ identity }) => identity).filter(({ calls }) => calls.length > 0);
    for (const grants of [proof.grants, thinned(proof.grants)]) {
      expect(ends(prove(identities, grants))).toEqual(ends(prove(identities.flatMap(apart), grants)));
    }
    expect([...ends(prove(identities, thinned(proof.grants)))].join()).toContain('"denied"');
  },
);
