const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A quantity of Kubernetes as a number (apimachinery, pkg/api/resource/quantity.go); undefined for other texts. */
export function amountOf(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([mkMGT]|[KMGT]i)?$/.exec(text.trim()) ?? [];
  return number === undefined ? undefined : Number(number) * (UNITS[unit ?? ""] ?? 1);
}
