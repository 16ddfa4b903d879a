/** One record of a CSV file by RFC 4180, safe to open in a spreadsheet. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** Spreadsheets run cells that begin like a formula (ASVS 1.2.10): an apostrophe makes them text. RFC 4180 quotes. */
export function csvCell(cell: string): string {
  const safe = /^[=+\-@\t\r\n\0＝＋－＠]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
