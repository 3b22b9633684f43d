import { BundleError } from "../../bundle/manifest";
import { programHere } from "../bundle/make/program";
import { takeFrom } from "./offline";
import { openBundle } from "./open-bundle";

/**
 * From here on Terraform takes everything from a bundle.
 *
 * @throws BundleError where it is none, was changed, or was made with another program than the one that runs
 */
export async function useBundle(dir: string): Promise<void> {
  const bundle = openBundle(dir);
  const { name } = await programHere();
  const { program } = bundle.manifest;
  // Each looks for providers and modules under its own registry's name.
  if (name !== program.name)
    throw new BundleError(
      `${dir} was made with ${program.name}, and this is ${name}; make it with the program that uses it`,
    );
  takeFrom(bundle);
}
