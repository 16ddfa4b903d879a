/** Names of the jobs of this room; the data of the first two is `workspace_id` and `list_id`. */
export const importJob = 'lists.import'
export const checkJob = 'lists.check'
export const recountJob = 'lists.recount'
