import { Component, type ReactNode } from 'react';

/** A part of the frame that breaks is left out; the page around it goes on. */
export class Guard extends Component<{ children: ReactNode; fallback?: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? (this.props.fallback ?? null) : this.props.children;
  }
}
