/** Node.js's names of what Go names otherwise (https://go.dev/doc/install/source#environment). */
const PROCESSORS: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };
const SYSTEMS: Readonly<Record<string, string>> = { win32: "windows" };

/** A platform as Terraform names it: `linux_amd64`. */
export function platformName(system: string, processor: string): string {
  return `${SYSTEMS[system] ?? system}_${PROCESSORS[processor] ?? processor}`;
}
