/** An error in the provider's own words. `describeError(code)` has the plain ones. */
export interface ProviderError {
  code: string
  title: string
  detail: string | null
}

/** What asking a provider gave. `unreachable` and `unreadable` are our codes for "no answer" and "no answer we understand". */
export type ProviderAnswer<Value> = { ok: true; value: Value } | { ok: false; error: ProviderError }
