import { createHmac } from 'node:crypto'

export interface SignedRequest {
  /** Head and body, ready to be written to a socket. */
  bytes: Buffer
}

export interface WebhookAddress {
  path: string
  appSecret: string
  wabaId: string
  phoneNumberId: string
}

/** The provider's id of the n-th message that the hub has sent. */
export function wamid(n: number): string {
  return `wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI${String(n).padStart(22, '0')}`
}

const kinds = ['sent', 'delivered', 'read'] as const

/** Webhooks about messages: one status each, as Meta writes them, all different and rightly signed. */
export function signRequests(address: WebhookAddress, from: number, count: number): SignedRequest[] {
  return Array.from({ length: count }, (_, index) => {
    const n = from + index
    return signedRequest(
      address,
      statusBody(address, Math.floor(n / kinds.length), kinds[n % kinds.length] ?? 'sent'),
    )
  })
}

/** Fat webhooks, as Meta batches them when much happens: so many statuses in each. */
export function signBatches(address: WebhookAddress, count: number, statusesEach: number): SignedRequest[] {
  return Array.from({ length: count }, (_, index) => {
    const numbers = Array.from({ length: statusesEach }, (_, n) => index * statusesEach + n)
    return signedRequest(
      address,
      bodyOf(
        address,
        numbers.map((n) => changeOf(address, n, kinds[n % kinds.length] ?? 'sent')),
      ),
    )
  })
}

function signedRequest({ path, appSecret }: WebhookAddress, text: string): SignedRequest {
  const body = Buffer.from(text)
  const signature = createHmac('sha256', appSecret).update(body).digest('hex')
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'user-agent: facebookexternalua',
    'accept: */*',
    'content-type: application/json',
    `x-hub-signature-256: sha256=${signature}`,
    `content-length: ${body.length}`,
  ].join('\r\n')
  return { bytes: Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]) }
}

function statusBody(address: WebhookAddress, n: number, status: string): string {
  return bodyOf(address, [changeOf(address, n, status)])
}

function bodyOf({ wabaId }: WebhookAddress, changes: object[]): string {
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: wabaId, changes }] })
}

function changeOf({ phoneNumberId }: WebhookAddress, n: number, status: string): object {
  const phone = String(598_091_000_000 + (n % 5_000))
  const user = `UY.${13_491_208_655_302_000 + (n % 5_000)}`
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '59891234567', phone_number_id: phoneNumberId },
    contacts: [{ profile: { name: 'Sheena Nelson' }, wa_id: phone, user_id: user }],
    statuses: [
      {
        id: wamid(n),
        status,
        timestamp: String(1_763_000_000 + (n % 100_000)),
        recipient_id: phone,
        recipient_user_id: user,
        conversation: {
          id: '72b14d6bd5407799e66f64d1b338e567',
          expiration_timestamp: '1763100000',
          origin: { type: 'marketing' },
        },
        pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'marketing' },
        biz_opaque_callback_data: `v1.AbCdEfGhIjKlMnOpQrStUv.1.${String(n).padStart(11, '0')}`,
      },
    ],
  }
  return { value, field: 'messages' }
}
