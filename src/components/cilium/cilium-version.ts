/** `1.19.6` is at least `1.19`. */
export function isAtLeast(version: string, minor: string): boolean {
  const numbers = (text: string) => text.split(".").map(Number);
  const [[major = 0, wanted = 0], [haveMajor = 0, have = 0]] = [numbers(minor), numbers(version)];
  return haveMajor > major || (haveMajor === major && have >= wanted);
}
