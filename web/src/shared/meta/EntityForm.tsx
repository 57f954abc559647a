/* Makes or changes a record: a drawer for short forms, a page for long ones; the same fields, checks and rules. */
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Form } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useBlocker, useLocation, useNavigate } from 'react-router';
import { ApiError, api, newKey } from '@/shared/api/client';
import { refreshAll, useOne } from '@/shared/api/hooks';
import { MOD, useHotkeys } from '@/shared/hotkeys';
import { useLabel, useT } from '@/shared/i18n';
import { ErrorState, Kbd, PageHead, PageSkeleton } from '@/shared/ui';
import { FieldsForm, useServerErrors } from './FieldsForm';
import { formGroups } from './formFields';
import { changesOf, createBody, type FormValues, initialValues } from './formState';
import { useSlots } from './pages';
import { StaleDialog } from './StaleDialog';
import { type EntityMeta, type Row, titleOf } from './types';

interface Editor {
  meta: EntityMeta;
  row?: Row | undefined;
  given?: FormValues | undefined;
  onSaved: (row: Row) => void;
}

/* Everything about saving that drawer and page share. */
function useEditor({ meta, row, given, onSaved }: Editor) {
  const t = useT();
  const label = useLabel();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm();
  const slots = useSlots(meta.name);
  const [dirty, setDirty] = useState(false);
  const [busy, setBusy] = useState(false);
  const [stale, setStale] = useState<{ fresh: Row; mine: FormValues }>();
  const groups = useMemo(() => formGroups(meta), [meta]);
  const fields = useMemo(() => groups.flatMap((group) => group.fields), [groups]);
  const initial = useMemo(() => initialValues(fields, row, given), [fields, row, given]);
  const name = `form-${meta.name}`;
  const errors = useServerErrors(form, name, fields);
  const key = useRef(newKey());

  const send = async (body: FormValues, version: number | undefined): Promise<Row> =>
    row
      ? api.patch<Row>(`/api/${meta.name}/${row.id}`, { version, ...body })
      : api.post<Row>(`/api/${meta.name}`, body, { key: key.current });

  const save = async (body: FormValues, version: number | undefined) => {
    setBusy(true);
    errors.clear();
    try {
      const saved = await send(body, version);
      setDirty(false);
      setStale(undefined);
      message.success(row ? t('form.saved') : t('form.created', { what: label(meta.label) }));
      await refreshAll(client);
      onSaved(saved);
    } catch (error) {
      key.current = newKey();
      if (row && error instanceof ApiError && error.stale) {
        setStale({ fresh: await api.get<Row>(`/api/${meta.name}/${row.id}`), mine: body });
      } else {
        setStale(undefined);
        errors.place(error);
      }
    } finally {
      setBusy(false);
    }
  };
  const submit = (values: FormValues) => {
    const body = row ? changesOf(fields, row, values) : createBody(fields, values);
    if (row && Object.keys(body).length === 0) {
      setDirty(false);
      message.info(t('form.nothing'));
      onSaved(row);
      return;
    }
    save(body, row?.version);
  };
  useHotkeys({ 'mod+s': () => !busy && !stale && form.submit() }, { inLayer: true });

  const view = (
    <>
      <FieldsForm
        form={form}
        name={name}
        groups={groups}
        initial={initial}
        row={row}
        general={errors.general}
        onSubmit={submit}
        onTouched={() => setDirty(true)}
        onValuesChange={(changed, values) =>
          slots.form?.onValuesChange?.(changed, values, (next) => form.setFieldsValue(next))
        }
      >
        {slots.form?.sections?.(row)}
      </FieldsForm>
      {stale && row && (
        <StaleDialog
          meta={meta}
          base={row}
          fresh={stale.fresh}
          mine={stale.mine}
          shown={form.getFieldsValue()}
          busy={busy}
          onKeep={() => save(stale.mine, stale.fresh.version)}
          onReload={() => {
            setStale(undefined);
            setDirty(false);
            form.setFieldsValue(initialValues(fields, stale.fresh));
            client.setQueryData(['one', meta.name, row.id], stale.fresh);
          }}
          onClose={() => setStale(undefined)}
        />
      )}
    </>
  );
  return { view, form, dirty, setDirty, busy };
}

function useLeaveGuard(dirty: boolean) {
  const t = useT();
  const { modal } = App.useApp();
  useEffect(() => {
    if (!dirty) return;
    const stop = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', stop);
    return () => window.removeEventListener('beforeunload', stop);
  }, [dirty]);
  return (leave: () => void, stay?: () => void) => {
    if (!dirty) return leave();
    modal.confirm({
      title: t('form.leaveTitle'),
      content: t('form.leaveText'),
      okText: t('form.leaveOk'),
      cancelText: t('form.leaveStay'),
      okButtonProps: { danger: true },
      onOk: leave,
      ...(stay ? { onCancel: stay } : {}),
    });
  };
}

/* Asks before another page takes the place of unsaved entries. */
function useRouteGuard(dirty: boolean, ask: ReturnType<typeof useLeaveGuard>) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      dirty && currentLocation.pathname !== nextLocation.pathname,
  );
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    latest.current(
      () => blocker.proceed(),
      () => blocker.reset(),
    );
  }, [blocker]);
}

export default function EntityFormDrawer(props: Editor & { onClose: () => void }) {
  const t = useT();
  const label = useLabel();
  const { meta, row } = props;
  const editor = useEditor(props);
  const ask = useLeaveGuard(editor.dirty);
  useRouteGuard(editor.dirty, ask);
  const close = () => ask(props.onClose);
  return (
    <Drawer
      open
      size={Math.min(640, window.innerWidth)}
      title={t(row ? 'form.editTitle' : 'form.createTitle', { what: label(meta.label) })}
      onClose={close}
      mask={{ closable: true }}
      footer={
        <div className="row" style={{ justifyContent: 'flex-end', padding: '4px 0' }}>
          <Button onClick={close}>{t('form.cancel')}</Button>
          <Button type="primary" loading={editor.busy} onClick={() => editor.form.submit()}>
            {t('form.save')}
            <Kbd>{MOD}S</Kbd>
          </Button>
        </div>
      }
    >
      {editor.view}
    </Drawer>
  );
}

export function EntityFormPage(props: { meta: EntityMeta; id?: string | undefined }) {
  const { meta, id } = props;
  const record = useOne(meta.name, id);
  if (record.error && !record.data) {
    return (
      <div className="card">
        <ErrorState error={record.error} onRetry={() => record.refetch()} />
      </div>
    );
  }
  if (id && !record.data) return <PageSkeleton />;
  return <FormOnPage meta={meta} row={record.data} />;
}

function FormOnPage(props: { meta: EntityMeta; row?: Row | undefined }) {
  const t = useT();
  const label = useLabel();
  const navigate = useNavigate();
  const location = useLocation();
  // The record as it was opened: a refresh in the background must not move the ground under the person.
  const [row] = useState(props.row);
  const { meta } = props;
  const what = label(meta.label);
  const saved = useRef<string>(undefined);
  const editor = useEditor({
    meta,
    row,
    given: (location.state as { given?: FormValues } | null)?.given,
    onSaved: (record) => {
      saved.current = record.id;
      setTimeout(() => navigate(`/e/${meta.name}/${record.id}`, { replace: true }), 0);
    },
  });
  const ask = useLeaveGuard(editor.dirty);
  useRouteGuard(editor.dirty, ask);
  const title = t(row ? 'form.editTitle' : 'form.createTitle', { what });
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return (
    <>
      <PageHead
        title={title}
        count={row ? titleOf(meta, row) : undefined}
        crumb={[{ to: `/e/${meta.name}`, label: meta.label }]}
      />
      <section className="card form-page">
        <div className="card-body">{editor.view}</div>
        <div className="form-foot">
          <Button onClick={() => navigate(-1)}>{t('form.cancel')}</Button>
          <Button type="primary" loading={editor.busy} onClick={() => editor.form.submit()}>
            {t('form.save')}
            <Kbd>{MOD}S</Kbd>
          </Button>
        </div>
      </section>
    </>
  );
}
