/* Who is logged in and what the server lets this person see. */
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useMemo } from 'react';
import { ApiError, api, setCsrf } from '@/shared/api/client';
import type { EntityMeta } from '@/shared/meta/types';

export interface Me {
  id: string;
  name: string;
  login: string;
  post: string;
  department: string;
  property: { id: string; name: string };
  /* A merchant's login: it sees /portal and has no post, roles or rights of the house. */
  merchant?: { id: string; name: string };
  properties: { id: string; name: string }[];
  roles: string[];
  permissions: string[];
  lang?: 'zh' | 'en' | null;
  demo?: boolean;
  today: string;
  version: string;
  must_change_password?: boolean;
}

export interface DemoLogin {
  login: string;
  name: string;
  post: string;
}

export interface SessionState {
  me: Me | null;
  demoLogins: DemoLogin[];
  /* The password all demo logins share, if the server tells it. */
  demoPassword?: string | undefined;
}

interface SessionAnswer {
  csrf: string;
  me: Me;
}

export function keepSession(client: QueryClient, answer: SessionAnswer): void {
  setCsrf(answer.csrf);
  client.setQueryData<SessionState>(['session'], { me: answer.me, demoLogins: [] });
}

async function fetchSession(): Promise<SessionState> {
  try {
    const answer = await api.get<SessionAnswer>('/api/session');
    setCsrf(answer.csrf);
    return { me: answer.me, demoLogins: [] };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    const logins = error.body.demo_logins;
    const password = error.body.demo_password;
    return {
      me: null,
      demoLogins: Array.isArray(logins) ? (logins as DemoLogin[]) : [],
      demoPassword: typeof password === 'string' ? password : undefined,
    };
  }
}

export function useSessionQuery() {
  return useQuery({ queryKey: ['session'], queryFn: fetchSession, staleTime: 5 * 60_000 });
}

/* Starts at the same time as the session, so that the first page waits for one round trip, not two. */
export function useMetaQuery(enabled: boolean) {
  return useQuery({
    queryKey: ['meta'],
    queryFn: () => api.get<{ entities: EntityMeta[] }>('/api/meta'),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    enabled,
  });
}

interface World {
  me: Me;
  entities: Map<string, EntityMeta>;
}

const WorldContext = createContext<World | null>(null);

export function WorldProvider(props: { me: Me; entities: EntityMeta[]; children: ReactNode }) {
  const { me, entities, children } = props;
  const world = useMemo(
    () => ({ me, entities: new Map(entities.map((entity) => [entity.name, entity])) }),
    [me, entities],
  );
  return <WorldContext value={world}>{children}</WorldContext>;
}

function useWorld(): World {
  const world = use(WorldContext);
  if (!world) throw new Error('no session around this page');
  return world;
}

export function useMe(): Me {
  return useWorld().me;
}

export function useEntities(): Map<string, EntityMeta> {
  return useWorld().entities;
}

export function useEntity(name: string): EntityMeta | undefined {
  return useWorld().entities.get(name);
}

/* "lead.create" by name, "lead.*" for any right on leads. */
export function mayOf(me: Pick<Me, 'permissions'>, permission: string): boolean {
  const { permissions } = me;
  if (permissions.includes('*') || permissions.includes('*.*')) return true;
  if (permission.endsWith('.*')) {
    const prefix = permission.slice(0, -1);
    return permissions.some((one) => one.startsWith(prefix));
  }
  const [entity] = permission.split('.');
  return permissions.includes(permission) || permissions.includes(`${entity}.*`);
}

export function useMay(): (permission: string) => boolean {
  const me = useMe();
  return (permission) => mayOf(me, permission);
}

export function useLogout(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await api.delete('/api/session').catch(() => undefined);
    client.clear();
    window.location.assign('/login');
  };
}
