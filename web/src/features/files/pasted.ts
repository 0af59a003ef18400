/** Cells from the clipboard as a file. No React. */

/** Two lines at least, and something that separates cells. */
export function isTable(text: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.length >= 2 && (text.includes('\t') || lines.every((line) => /[,;|]/.test(line)));
}

const two = (n: number) => String(n).padStart(2, '0');

export function pastedFile(text: string, at: Date): File {
  const kind = text.includes('\t') ? 'tsv' : 'csv';
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const name = `Pasted ${day} ${two(at.getHours())}.${two(at.getMinutes())}.${kind}`;
  return new File([text], name, { type: 'text/plain' });
}
