const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied; let the user that runs octarine read it",
  EPERM: "permission denied; let the user that runs octarine read it",
  EISDIR: "it is a folder; write a file, or rename the folder",
  ELOOP: "it is a link that leads back to itself; remove it",
  ENOENT: "it is a link to what is not there; remove it, or mend the link",
  ENOTDIR: "it is not a folder; name the folder of targets with --envs",
  EMFILE: "too many files are open; raise the limit (ulimit -n)",
};

/** The system's reason and the remedy, for a file of a config that can't be read. */
export function whyUnreadable(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  return Object.hasOwn(REASONS, code)
    ? (REASONS[code] ?? code)
    : `the system says ${code === "" ? String(error) : code}`;
}
