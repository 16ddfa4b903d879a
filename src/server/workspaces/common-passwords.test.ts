import { describe, expect, it } from 'vitest'
import { refuseCommonPassword } from './common-passwords.ts'

describe('T26 a password that everybody uses', () => {
  it.each(['password', 'Password1', '12345678', 'iloveyou', 'QWERTYUIOP', 'ｐａｓｓｗｏｒｄ'])(
    '%s is refused naming the field',
    async (password) => {
      await expect(refuseCommonPassword(password)).rejects.toMatchObject({
        code: 'validation_failed',
        details: { fields: [{ path: 'password' }] },
      })
    },
  )

  it.each(['a-long-enough-password', 'quiet harbour at dawn', 'x7-Kd9-tulip'])(
    '%s is not',
    async (password) => {
      await expect(refuseCommonPassword(password)).resolves.toBeUndefined()
    },
  )
})
