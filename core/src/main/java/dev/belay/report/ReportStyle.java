package dev.belay.report;

/** How the HTML report looks: on a phone, on a screen, at night, on paper. */
final class ReportStyle {
    static final String CSS = """
            :root { color-scheme: light dark; --text: #1c2024; --soft: #60646c; --page: #f4f5f7; --card: #fff;
              --line: #d9dbe0; --good: #18794e; --held: #8f5b00; --bad: #b3261e; }
            @media (prefers-color-scheme: dark) {
              :root { --text: #edeef0; --soft: #b0b4ba; --page: #111113; --card: #1b1c1f; --line: #363a3f;
                --good: #3dd68c; --held: #ffca16; --bad: #ff9592; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--page); color: var(--text); overflow-wrap: anywhere;
              font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
            main { max-width: 52rem; margin: 0 auto; padding: 1rem; }
            header, section, dl { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
              margin: 0 0 1rem; padding: 1rem; }
            header, .box { border-left: 6px solid var(--mood); }
            .good { --mood: var(--good); } .held { --mood: var(--held); } .bad, .error { --mood: var(--bad); }
            h1 { font-size: 1.25rem; margin: .25rem 0; }
            h2 { font-size: 1rem; margin: 0 0 .5rem; }
            .box h2, .outcome { color: var(--mood); }
            p { margin: 0; }
            .outcome { font-size: 1.5rem; font-weight: 700; line-height: 1.2; }
            .lines { white-space: pre-line; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
            dt, th { color: var(--soft); font-weight: 400; }
            dd { margin: 0; }
            table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
            .box table { margin-top: .75rem; }
            th, td { padding: .35rem .5rem .35rem 0; text-align: left; vertical-align: top; }
            th { white-space: nowrap; }
            td { border-top: 1px solid var(--line); }
            .reason td { border-top: 0; padding-top: 0; color: var(--soft); }
            .number { text-align: right; white-space: nowrap; }
            .number:last-child { padding-right: 0; }
            .tag { border: 1px solid currentColor; border-radius: 4px; padding: 0 .4rem; font-size: .875rem;
              white-space: nowrap; color: var(--soft); }
            .passed { color: var(--good); } .failed, .critical { color: var(--bad); } .minor { color: var(--held); }
            ul { margin: 0; padding-left: 1.1rem; }
            li { margin-bottom: .35rem; }
            li .tag, li strong { margin-right: .4rem; }
            @media (max-width: 30rem) {
              h1 { font-size: 1.1rem; } table { font-size: .9375rem; }
              dl { display: block; } dd { margin-bottom: .5rem; } }
            @media print { body { background: none; } header, section, dl { break-inside: avoid; } }
            """;

    private ReportStyle() {}
}
