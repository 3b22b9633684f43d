/** The reader's scheme. On paper it is the light one. */
export type Scheme = "light" | "dark";
export type Colour = Readonly<Record<Scheme, string>>;

const colour = (light: string, dark: string): Colour => ({ light, dark });

/** Colours of all pages and pictures. */
export const palette = {
  text: colour("#1b1f24", "#e6e9ec"),
  more: colour("#4b5663", "#b3bdc7"),
  page: colour("#ffffff", "#14181c"),
  card: colour("#f6f8fa", "#1b2026"),
  shade: colour("#b9c2cb", "#55616d"),
  line: colour("#d3dae1", "#39424c"),
  link: colour("#0b57a4", "#8ec1ff"),
  box: colour("#ffffff", "#1d2228"),
  edge: colour("#7a8794", "#7f8c99"),
  bar: colour("#1f5fa8", "#6aa9f0"),
  track: colour("#dde3e9", "#39424c"),
  bad: colour("#b3261e", "#ff9b93"),
  "bad-ground": colour("#fdeceb", "#3d1f1e"),
  warn: colour("#7a4b00", "#f0c36d"),
  "warn-ground": colour("#fff3dc", "#36290f"),
  good: colour("#1b6e3c", "#7fd6a0"),
  "good-ground": colour("#e6f4ea", "#17301f"),
  "note-ground": colour("#eaeef2", "#2a3138"),
  // Parts of a demand for addresses, each told from its neighbours by brightness as well as by hue.
  steady: colour("#1f5fa8", "#6aa9f0"),
  infrastructure: colour("#5b6b7b", "#9fb0c2"),
  surge: colour("#8a4fb5", "#c79be6"),
  burst: colour("#b8860b", "#f0c75e"),
  growth: colour("#7fae8f", "#3f7d57"),
  free: colour("#e4e8ec", "#2b3138"),
  missing: colour("#c62828", "#ff8a80"),
} as const;

/** Declarations of CSS variables, `--text:#1b1f24;...`. */
export function colourVariables(names: readonly (keyof typeof palette)[], scheme: Scheme): string {
  return names.map((name) => `--${name}:${palette[name][scheme]}`).join(";");
}
