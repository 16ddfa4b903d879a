import { ParleyError } from '../platform/index.ts'

/** Does not say where: the other workspace is none of this one's business. */
export function alreadyConnected(): ParleyError {
  return new ParleyError(
    'number_already_connected',
    'This phone number is connected already. A number belongs to one workspace at a time; disconnect it there first.',
  )
}
