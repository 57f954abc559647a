/* Where things live in the address bar. */

/* The page of one record. An approval has a page of its own. */
export function recordPath(entity: string, id: string): string {
  return entity === 'approval' ? `/approval/${id}` : `/e/${entity}/${id}`;
}

/* A link of the server ("/api/lease?state=effective", "/e/unit?status=vacant", "lease/12") as a page of ours. */
export function pagePath(link: string): string {
  if (!link.startsWith('/')) return `/e/${link}`;
  const api = /^\/api\/(report\/)?(.*)$/.exec(link);
  if (!api) return link;
  return api[1] ? `/report/${api[2]}` : `/e/${api[2]}`;
}
