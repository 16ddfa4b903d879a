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
