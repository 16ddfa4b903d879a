import { ParleyError } from '../platform/index.ts'

/** What is wrong with the file, and the way out, for the person who uploaded it. */
export function unreadable(message: string, line?: number): ParleyError {
  return new ParleyError('file_unreadable', message, line === undefined ? undefined : { line })
}
