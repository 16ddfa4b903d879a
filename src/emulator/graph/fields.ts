import type { Fault } from '../faults/faults.ts'
import type { Json } from '../json.ts'

/**
 * `fields=id,name,health_status{errors}` cut from everything known about an object. Without `fields` the
 * default ones; a field the object doesn't have is an error, as in the Graph API.
 */
export function pickFields(
  known: Json,
  asked: unknown,
  defaults: readonly string[],
): { picked: Json } | { fault: Fault } {
  const names = typeof asked === 'string' && asked !== '' ? splitFields(asked) : defaults
  const picked: Json = {}
  for (const name of names) {
    if (!(name in known)) {
      return {
        fault: { code: 100, message: `(#100) Tried accessing nonexisting field (${name})` },
      }
    }
    if (known[name] !== undefined) picked[name] = known[name]
  }
  picked.id = known.id
  return { picked }
}

/** Top-level names; what stands in braces or after a dot narrows a field, and the whole field is given. */
function splitFields(asked: string): string[] {
  const names: string[] = []
  let depth = 0
  let name = ''
  for (const sign of `${asked},`) {
    if (sign === '{' || sign === '(') depth += 1
    else if (sign === '}' || sign === ')') depth -= 1
    else if (depth > 0) continue
    else if (sign === ',') {
      if (name.trim() !== '') names.push(name.trim().split('.')[0] ?? '')
      name = ''
    } else name += sign
  }
  return names
}
