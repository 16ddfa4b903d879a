import { ParleyError } from '../platform/index.ts'
import type { GupshupClient, GupshupConnection, ProviderError } from '../providers/index.ts'
import { checkFailed, type FieldProblem, refuseUnreachable } from './check-credentials.ts'

/**
 * Tries the fields of a Gupshup app against Gupshup. Throws connector_check_failed with `details.fields`, each naming a
 * field that is wrong, or provider_unreachable.
 */
export async function checkGupshup(
  gupshup: GupshupClient,
  connection: GupshupConnection,
  source: string,
): Promise<void> {
  const key = await gupshup.checkKey(connection)
  if (!key.ok) throw checkFailed([keyProblem(key.error)])
  const sender = await gupshup.checkSource(connection, source)
  if (!sender.ok) throw checkFailed(sourceProblems(sender.error))
}

export function keyProblem(error: ProviderError): FieldProblem {
  refuseBusy(error)
  if (error.code === 'gupshup.unauthorized') {
    const message = 'Gupshup does not accept this API key. Copy it from the Gupshup console, top right.'
    return { path: 'api_key', message }
  }
  const message =
    'Gupshup knows no such app for this API key. Copy the app id from the settings of the app; it is not its name.'
  return { path: 'app_id', message }
}

/** Gupshup looks at name and number together, and mostly doesn't say which of them is wrong. */
function sourceProblems(error: ProviderError): FieldProblem[] {
  refuseBusy(error)
  if (error.code === 'gupshup.unauthorized') return [keyProblem(error)]
  const source: FieldProblem = {
    path: 'source',
    message:
      'The source is the number of the app: digits with country code, as the Gupshup console shows it.',
  }
  if (/source/i.test(error.title)) return [source]
  const message = `Gupshup does not know an app of this name with this number: ${error.title.replace(/\.$/, '')}.`
  return [{ path: 'app_name', message }, source]
}

function refuseBusy(error: ProviderError): void {
  refuseUnreachable(error)
  if (error.code !== 'gupshup.too_many_requests') return
  throw new ParleyError('provider_unreachable', 'Gupshup asks to wait. Try again in a minute.')
}
