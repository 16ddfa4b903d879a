import type { Connector, Shop } from './shop.ts'

export interface GupshupApp {
  app_id: string
  app_name: string
  api_key: string
  source: string
  /** The emulator's name of the number, for its control API. */
  phone_number_id: string
  waba_id: string
}

/** Makes an app at the emulator's Gupshup, connects it, and gives it the connector's callback URL. */
export async function connectGupshup(
  { api, control }: Pick<Shop, 'api' | 'control'>,
  wanted: object = {},
): Promise<{ app: GupshupApp; connector: Connector }> {
  const { body: app } = await control.send<GupshupApp>('POST', '/_control/gupshup/apps', wanted)
  const { app_id, app_name, api_key, source } = app
  const fields = { provider: 'gupshup', name: 'Gupshup line', app_id, app_name, api_key, source }
  const { status, body: connector } = await api.send<Connector>('POST', '/api/v1/connectors', fields)
  if (status >= 300) throw new Error(`Connecting failed: ${JSON.stringify(connector)}`)
  await control.send('PATCH', `/_control/gupshup/apps/${app_id}`, { callback_url: connector.webhook_url })
  return { app, connector }
}

/** The same shop seen through another connector: what the rig does, it does with that one's number. */
export function through(shop: Shop, connector: Connector): Shop {
  const [number] = connector.numbers
  if (number === undefined) throw new Error('The connector has no number.')
  return { ...shop, connector, numberId: number.id, phoneNumberId: number.phone_number_id }
}
