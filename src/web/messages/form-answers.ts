/** Of the screen, not of the person. */
const hidden = new Set(['flow_token'])

/** What somebody filled in, line by line; a text that is no JSON object says nothing. */
export function formAnswers(json: string): { name: string; value: string }[] {
  const answers = read(json)
  return isGroup(answers) ? linesOf(answers) : []
}

/** An address comes as a group of its own: its lines stand among the others. */
function linesOf(answers: object, depth = 0): { name: string; value: string }[] {
  return Object.entries(answers)
    .filter(([name]) => !hidden.has(name))
    .flatMap(([name, value]) =>
      isGroup(value) && depth < depthMax
        ? linesOf(value, depth + 1)
        : [{ name: name.replaceAll('_', ' '), value: spoken(value) }],
    )
    .filter(({ value }) => value !== '')
}

const depthMax = 3

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
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
