/** Names of the jobs of this room; their data is `workspace_id` and `list_id`. */
export const importJob = 'lists.import'
export const checkJob = 'lists.check'
