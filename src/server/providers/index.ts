export type { Connection } from './connection.ts'
export type {
  AccountFact,
  ContactChangeFact,
  Fact,
  FactOrigin,
  Json,
  JsonObject,
  MessageFact,
  NumberFact,
  PreferenceFact,
  Pricing,
  ReactionFact,
  StatusFact,
  StatusKind,
  TemplateFact,
  UnknownFact,
} from './fact.ts'
export { listErrors } from './list-errors.ts'
export { describeError, type ErrorDescription, type ErrorPolicy } from './meta/describe-error.ts'
export type {
  AppSubscription,
  MediaReading,
  MessagePayload,
  MetaClient,
  NumberReading,
  SendOptions,
  SubscribedApp,
  TemplateReading,
  TokenReading,
  WabaReading,
} from './meta/meta-client.ts'
export { type ParsedWebhook, parseMetaWebhook } from './meta/parse/parse-webhook.ts'
export { verifyMetaSignature } from './meta/verify-signature.ts'
export type { ProviderAnswer, ProviderError } from './provider-error.ts'
export { createProviders, type Providers, type ProvidersOptions, type ServerCtx } from './providers.ts'
export type { NewSandboxAccount, SandboxAccount, SandboxClient } from './sandbox/sandbox-client.ts'
export type { SendOutcome } from './send-outcome.ts'
