/* The small form of an action, or its confirmation if it asks nothing. */
import { Button, Form } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { newKey } from '@/shared/api/client';
import { useHotkeys } from '@/shared/hotkeys';
import { useLabel, useT } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { FieldsForm, useServerErrors } from './FieldsForm';
import { createBody, initialValues } from './formState';
import type { ActionMeta } from './types';

export function ActionDialog(props: {
  action: ActionMeta;
  title: string;
  intro?: ReactNode;
  given?: Record<string, unknown>;
  /* Rejects with an ApiError if the server refuses; the complaints are shown here. */
  onRun: (values: Record<string, unknown>, key: string) => Promise<void>;
  onClose: () => void;
}) {
  const t = useT();
  const label = useLabel();
  const [form] = Form.useForm();
  const [busy, setBusy] = useState(false);
  const { action } = props;
  const fields = action.fields ?? [];
  const name = `action-${action.name}`;
  const errors = useServerErrors(form, name, fields);
  // A refused attempt is a new attempt; a repeated send of the same one is not.
  const [key, setKey] = useState(newKey);
  const initial = useMemo(
    () => initialValues(action.fields ?? [], undefined, props.given),
    [action, props.given],
  );
  const submit = async (values: Record<string, unknown>) => {
    setBusy(true);
    errors.clear();
    try {
      await props.onRun(createBody(fields, values), key);
    } catch (error) {
      setKey(newKey());
      errors.place(error);
    } finally {
      setBusy(false);
    }
  };
  useHotkeys({ 'mod+s': () => form.submit() }, { inLayer: true });
  return (
    <Dialog
      title={props.title}
      width={fields.length > 3 ? 560 : 460}
      onClose={() => !busy && props.onClose()}
      footer={
        <>
          <Button onClick={props.onClose} disabled={busy}>
            {t('form.cancel')}
          </Button>
          <Button
            type="primary"
            danger={action.tone === 'danger'}
            loading={busy}
            onClick={() => form.submit()}
          >
            {label(action.label)}
          </Button>
        </>
      }
    >
      <div className={fields.length > 3 ? 'dialog-body' : 'dialog-body form-narrow'}>
        {props.intro && <p style={{ marginBottom: 14 }}>{props.intro}</p>}
        <FieldsForm
          form={form}
          name={name}
          groups={[{ label: '', fields }]}
          initial={initial}
          general={errors.general}
          onSubmit={submit}
        />
      </div>
    </Dialog>
  );
}
