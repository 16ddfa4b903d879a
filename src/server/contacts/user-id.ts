import { userIdForm } from '../../contract/index.ts'

/** Whether it is a person's; a group's id looks otherwise. */
export function isUserId(text: string): boolean {
  return userIdForm.test(text)
}
