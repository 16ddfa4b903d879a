import { ParleyError } from '../platform/index.ts'

let common: Promise<ReadonlySet<string>> | null = null

/** Throws validation_failed for one of the 49,000 passwords that guessers try first, however it is capitalised. */
export async function refuseCommonPassword(password: string): Promise<void> {
  if (!(await isCommonPassword(password))) return
  const message = 'This is one of the passwords that are guessed first. Choose another one.'
  throw new ParleyError('validation_failed', message, { fields: [{ path: 'password', message }] })
}

export async function isCommonPassword(password: string): Promise<boolean> {
  common ??= readList()
  return (await common).has(password.normalize('NFKC').toLowerCase())
}

/** Read when it is first needed: most processes never set a password. */
async function readList(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}
