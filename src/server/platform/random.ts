import { randomBytes } from 'node:crypto'
import { uuidv7, uuidv7obj } from 'uuidv7'
import type { Random } from './context.ts'

export const systemRandom: Random = {
  id: (prefix) => `${prefix}_${uuidv7obj().toHex()}`,
  token: (byteCount = 32) => randomBytes(byteCount).toString('base64url'),
  uuid: () => uuidv7(),
  number: () => Math.random(),
}
