import type { Ctx } from '../platform/index.ts'

/** 24 random bytes in the form that Standard Webhooks libraries take. */
export function newSecret(ctx: Ctx): string {
  return `whsec_${Buffer.from(ctx.random.token(24), 'base64url').toString('base64')}`
}

interface SealedSecrets {
  id: string
  secret_sealed: Buffer
  previous_secret_sealed: Buffer | null
}

export function sealSecret(ctx: Ctx, endpointId: string, secret: string): Buffer {
  return ctx.secrets.seal(secret, boundTo(endpointId))
}

/** The secrets that sign just now, newest first. */
export function openSecrets(ctx: Ctx, endpoint: SealedSecrets): string[] {
  const sealed = [endpoint.secret_sealed, endpoint.previous_secret_sealed].filter((secret) => secret !== null)
  return sealed.map((secret) => ctx.secrets.open(secret, boundTo(endpoint.id)))
}

function boundTo(endpointId: string): string {
  return `webhook_endpoints:${endpointId}:secret`
}
