/* Small pieces that the parts of a charge term share. */
import { DeleteOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { TermDraft } from './termDraft';

export interface Part {
  term: TermDraft;
  /* Where its complaints are: "terms[0]." */
  path: string;
  onChange: (patch: Partial<TermDraft>) => void;
}

export function Group(props: { title: string; children: ReactNode }) {
  return (
    <fieldset className="term-group">
      <legend>{props.title}</legend>
      <div className="term-fields">{props.children}</div>
    </fieldset>
  );
}

export function Remove(props: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      className="icon-btn"
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      <DeleteOutlined />
    </button>
  );
}
