/** What whoever shows a grid must know, without the grid's code. */
export interface GridColumn {
  name: string;
  type: string;
  label?: string;
  unit?: string | null;
}

export const ROW_HEIGHT = 32;
