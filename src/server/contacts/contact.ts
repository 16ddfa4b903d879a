/** When WhatsApp told each, in ISO 8601. */
export type Told = Partial<Record<'phone' | 'user_id' | 'username' | 'name' | 'profile_name', string>>

export interface ContactRow {
  id: string
  phone: string | null
  user_id: string | null
  /** It stands for a group, whose id is in `user_id`. */
  is_group: boolean
  username: string | null
  name: string | null
  profile_name: string | null
  attributes: Record<string, string>
  opted_out_all_at: Date | null
  opted_out_marketing_at: Date | null
  source: string
  told: Told
  created_at: Date
  updated_at: Date
}
export type IdentityRow = Pick<
  ContactRow,
  'id' | 'phone' | 'user_id' | 'is_group' | 'username' | 'name' | 'profile_name' | 'told'
>
