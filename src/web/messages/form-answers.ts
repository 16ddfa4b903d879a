/** Of the screen, not of the person. */
const hidden = new Set(['flow_token'])

/** What somebody filled in, line by line; a text that is no JSON object says nothing. */
export function formAnswers(json: string): { name: string; value: string }[] {
  const answers = read(json)
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) return []
  return Object.entries(answers)
    .filter(([name]) => !hidden.has(name))
    .map(([name, value]) => ({ name: name.replaceAll('_', ' '), value: spoken(value) }))
    .filter(({ value }) => value !== '')
}

function read(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

function spoken(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join(', ')
  return JSON.stringify(value)
}
