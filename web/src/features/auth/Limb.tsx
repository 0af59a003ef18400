import type { ReactNode } from 'react';

/** The limb of a sextant: sixty degrees of arc, a tick for each third of a degree, and the index arm. */
export function Limb() {
  const cx = 420;
  const R = 592;
  const cy = -150;
  const at = (r: number, a: number): [number, number] => [cx + r * Math.sin(a), cy + r * Math.cos(a)];
  const ticks: ReactNode[] = [];
  for (let i = 0; i <= 240; i++) {
    const a = ((i / 240) * 70 - 35) * (Math.PI / 180);
    const big = i % 20 === 0;
    const mid = i % 10 === 0;
    const [x1, y1] = at(R, a);
    const [x2, y2] = at(R - (big ? 28 : mid ? 18 : 10), a);
    ticks.push(<line key={i} x1={x1} y1={y1} x2={x2} y2={y2} strokeWidth={big ? 1.25 : 0.75} />);
    if (big) {
      const [tx, ty] = at(R - 46, a);
      ticks.push(
        <text
          key={`t${i}`}
          x={tx}
          y={ty}
          fontSize="13"
          textAnchor="middle"
          dominantBaseline="middle"
          fill="var(--text-3)"
          stroke="none"
          transform={`rotate(${(-a * 180) / Math.PI} ${tx} ${ty})`}
        >
          {120 - i / 2}
        </text>,
      );
    }
  }
  const arc = (r: number) => {
    const [x1, y1] = at(r, (-37 * Math.PI) / 180);
    const [x2, y2] = at(r, (37 * Math.PI) / 180);
    return `M${x1} ${y1}A${r} ${r} 0 0 0 ${x2} ${y2}`;
  };
  const arm = (8.75 * Math.PI) / 180;
  const [ax, ay] = at(R + 36, arm);
  const [bx, by] = at(0, arm);
  return (
    <svg
      viewBox="0 0 840 900"
      preserveAspectRatio="xMidYMin slice"
      fill="none"
      stroke="var(--border-strong)"
      aria-hidden
    >
      <path d={arc(R)} strokeWidth="1.25" />
      <path d={arc(R + 36)} strokeWidth="1.25" />
      <path d={arc(R - 80)} strokeWidth="0.75" />
      {ticks}
      {[-37, 37].map((a) => {
        const [x, y] = at(R + 36, (a * Math.PI) / 180);
        return <line key={a} x1={cx} y1={cy} x2={x} y2={y} strokeWidth="1.25" />;
      })}
      <line x1={bx} y1={by} x2={ax} y2={ay} stroke="var(--accent)" strokeWidth="2" />
      <circle
        cx={at(R + 18, arm)[0]}
        cy={at(R + 18, arm)[1]}
        r="11"
        fill="var(--sunken)"
        stroke="var(--accent)"
        strokeWidth="2"
      />
      <circle cx={at(R + 18, arm)[0]} cy={at(R + 18, arm)[1]} r="2.5" fill="var(--accent)" stroke="none" />
    </svg>
  );
}
