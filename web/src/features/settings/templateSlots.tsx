/* A document template: how to make one of your own, and every name that may stand in it. */
import { FileWordOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { api } from '@/shared/api/client';
import { defineText, type Label, useLabel } from '@/shared/i18n';
import type { Slots } from '@/shared/meta/overrides';
import type { Row } from '@/shared/meta/types';
import './settings.css';

/* Braces are written apart: what stands between two of them is filled in by the texts themselves. */
const useText = defineText(
  {
    fields: '可用字段',
    get: '下载当前模板',
    how: '如何使用自己的模板',
    step1: '下载当前模板，在 Word 里改成贵司的文本；或打开贵司原有的 .docx。',
    step2: '在要填写的地方写上字段名，两边各加两个花括号，例如 ',
    step3: '表格：把某表的字段（例如 ',
    step3b: '）写在表格的一行里，这一行会按条数自动重复。',
    step4: '在“附件”页上传。上传时会逐个核对字段名；写错的会指出名字，原模板继续使用。',
    find: '查找字段',
    copied: '已复制 {{name}}',
    copy: '点击复制',
    table: '整行重复',
    none: '没有符合的字段',
  },
  {
    fields: 'Fields',
    get: 'Download this template',
    how: 'How to use a template of your own',
    step1: 'Download this template and change its text in Word, or open your own .docx.',
    step2:
      'Write a field’s name where it is to be filled in, between two braces on each side, e.g. ',
    step3: 'Tables: write the fields of one table (e.g. ',
    step3b: ') into one row; the row repeats for each entry.',
    step4:
      'Upload it under Files. Every name is checked then; wrong ones are told by name and the former template stays in use.',
    find: 'Find a field',
    copied: 'Copied {{name}}',
    copy: 'Click to copy',
    table: 'row repeats',
    none: 'No field matches',
  },
);

interface Group {
  name: string;
  label: Label;
  is_table: boolean;
  fields: { name: string; label: Label }[];
}

const braced = (name: string) => `{{${name}}}`;
const EXAMPLE: Record<string, string> = { payment_order: 'lines.name', lease: 'units.no' };

function Fields({ row }: { row: Row }) {
  const t = useText();
  const label = useLabel();
  const { message } = App.useApp();
  const [q, setQ] = useState('');
  const needle = q.trim().toLowerCase();
  const groups = (row.groups as Group[])
    .map((group) => ({
      ...group,
      fields: group.fields.filter((one) =>
        `${one.name} ${label(one.label)} ${label(group.label)}`.toLowerCase().includes(needle),
      ),
    }))
    .filter((group) => group.fields.length);
  const copy = (name: string) =>
    navigator.clipboard
      ?.writeText(braced(name))
      .then(() => message.success(t('copied', { name: braced(name) })));
  return (
    <div className="paper-fields">
      <input
        className="plain-input"
        type="search"
        aria-label={t('find')}
        placeholder={t('find')}
        value={q}
        onChange={(event) => setQ(event.target.value)}
      />
      {!groups.length && <p className="dim">{t('none')}</p>}
      {groups.map((group, i) => (
        <section key={`${group.name}${i}`}>
          <h3>
            {label(group.label)} {group.is_table && <small className="dim">{t('table')}</small>}
          </h3>
          <ul>
            {group.fields.map((one) => (
              <li key={one.name}>
                <button type="button" title={t('copy')} onClick={() => copy(one.name)}>
                  <code>{braced(one.name)}</code>
                  <span className="dim">{label(one.label)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function FieldsLabel() {
  return useText()('fields');
}

function How({ row }: { row: Row }) {
  const t = useText();
  const table = EXAMPLE[String(row.kind)];
  return (
    <section className="card paper-how" aria-label={t('how')}>
      <h2>{t('how')}</h2>
      <ol>
        <li>{t('step1')}</li>
        <li>
          {t('step2')}
          <code>{braced('merchant.name')}</code>
        </li>
        {table && (
          <li>
            {t('step3')}
            <code>{braced(table)}</code>
            {t('step3b')}
          </li>
        )}
        <li>{t('step4')}</li>
      </ol>
    </section>
  );
}

function Download({ row }: { row: Row }) {
  const t = useText();
  return (
    <Button
      icon={<FileWordOutlined />}
      onClick={() =>
        api.download(`/api/document_template/${row.id}/file.docx`, undefined, `${row.name}.docx`)
      }
    >
      {t('get')}
    </Button>
  );
}

const slots: Slots = {
  detail: {
    banner: (row) => <How row={row} />,
    actions: (row) => <Download row={row} />,
    tabs: (row) => [{ key: 'fields', label: <FieldsLabel />, children: <Fields row={row} /> }],
  },
};
export default slots;
