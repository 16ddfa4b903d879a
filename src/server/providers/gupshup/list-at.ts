/** The list, or an empty one for whatever else it is. */
export function listAt(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
