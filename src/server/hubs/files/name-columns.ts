import { normalizePhone } from '../../contacts/index.ts'

/** A first line with a phone in it is no header: its columns get numbers for names. */
export function hasHeader(firstLine: readonly string[]): boolean {
  return !firstLine.some((cell) => /\d{7}/.test(cell.replace(/\D/g, '')) && normalizePhone(cell).ok)
}

/** Names of columns, each of them once: the match knows columns by name. */
export function nameColumns(header: readonly string[]): string[] {
  const taken = new Set<string>()
  return header.map((cell, index) => {
    const wanted = cell.replaceAll(/\s+/g, ' ').trim().slice(0, 200) || `Column ${index + 1}`
    let name = wanted
    for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`
    taken.add(name)
    return name
  })
}
