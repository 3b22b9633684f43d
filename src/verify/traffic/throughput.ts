/** Bytes that are sent: less than two seconds at 10 Gbit/s. */
const BYTES = 2_000_000_000;
const PORT = 5201;

/** Takes what is sent, one after the other. */
export const receiveScript = `while :; do nc -l -p ${PORT} </dev/null >/dev/null 2>&1 || sleep 1; done`;

/** Sends, and says how much in how many hundredths of a second. */
export function sendScript(address: string, bytes = BYTES): string {
  return [
    "now() { read up rest </proc/uptime; echo ${up%.*}${up#*.}; }",
    "for i in 1 2 3; do begin=$(now)",
    `if head -c ${bytes} /dev/zero | nc -w 10 '${address}' ${PORT} >/dev/null 2>&1; then echo "sent ${bytes} in $(( $(now) - begin ))"; exit 0; fi`,
    "sleep 1; done; echo unreached; exit 0",
  ].join("\n");
}

/** Gbit/s; undefined where nothing came through. */
export function gigabitsIn(output: string): number | undefined {
  const [, bytes, hundredths] = /^sent (\d+) in (\d+)$/m.exec(output) ?? [];
  return bytes === undefined ? undefined : (Number(bytes) * 8) / (Math.max(1, Number(hundredths)) * 1e7);
}
