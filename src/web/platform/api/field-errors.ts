import { isApiError } from './api-error.ts'

/** The sentences of a refused form by field name, for `form.setErrors`; empty when the hub named no field. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!isApiError(error)) return {}
  const { fields, field } = error.details
  if (typeof field === 'string') return { [field]: error.message }
  if (Array.isArray(fields)) return Object.fromEntries(fields.flatMap(namedSentence))
  if (isRecord(fields)) {
    return Object.fromEntries(
      Object.entries(fields).map(([name, text]) => [
        name,
        Array.isArray(text) ? text.join(' ') : String(text),
      ]),
    )
  }
  return {}
}

function namedSentence(entry: unknown): [string, string][] {
  if (!isRecord(entry)) return []
  const name = entry.field ?? entry.path
  const text = entry.message
  return typeof name === 'string' && typeof text === 'string' ? [[name, text]] : []
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
