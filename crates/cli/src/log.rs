//! Lines on standard error: plain for people, JSON Lines for schedulers, never through the progress bar.

use std::fmt;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use indicatif::MultiProgress;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, MakeWriter};
use tracing_subscriber::registry::LookupSpan;

use crate::app::Talk;
use crate::console::Console;

/// Starts the log; `SOLIEU_LOG` overrides the level (`SOLIEU_LOG=debug`).
pub fn start(talk: Talk, console: &Console) {
    let level = match (talk.quiet, talk.verbose) {
        (true, _) => LevelFilter::ERROR,
        (false, 0) => LevelFilter::WARN,
        (false, 1) => LevelFilter::INFO,
        (false, _) => LevelFilter::DEBUG,
    };
    // Under --json the summary is an event of its own, which a scheduler waits for.
    let level = if talk.json && !talk.quiet { level.max(LevelFilter::INFO) } else { level };
    let filter = EnvFilter::builder().with_default_directive(level.into()).with_env_var("SOLIEU_LOG").from_env_lossy();
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(AboveProgress(console.bars()));
    if talk.json {
        lines.json().flatten_event(true).with_ansi(false).init();
    } else {
        lines.event_format(ForPeople).init();
    }
}

/// Standard error, with the progress bar out of the way for a moment.
#[derive(Clone)]
struct AboveProgress(MultiProgress);

impl Write for AboveProgress {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.suspend(|| anstream::stderr().write_all(bytes))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for AboveProgress {
    type Writer = Self;

    fn make_writer(&'a self) -> Self::Writer {
        self.clone()
    }
}

/// `warning: pages/1.html: there is nothing to read`, and a hint on a line of its own.
struct ForPeople;

impl<S, N> FormatEvent<S, N> for ForPeople
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut parts = Parts::default();
        event.record(&mut parts);
        let (word, color) = match *event.metadata().level() {
            Level::ERROR => ("error", AnsiColor::Red),
            Level::WARN => ("warning", AnsiColor::Yellow),
            Level::INFO => ("info", AnsiColor::Blue),
            Level::DEBUG | Level::TRACE => ("debug", AnsiColor::BrightBlack),
        };
        let style = Style::new().fg_color(Some(color.into())).bold();
        writeln!(out, "{style}{word}:{style:#} {}", parts.message)?;
        if let Some(hint) = parts.hint {
            let style = Style::new().fg_color(Some(AnsiColor::Cyan.into()));
            writeln!(out, "{style}hint:{style:#} {hint}")?;
        }
        Ok(())
    }
}

/// The fields of an event that people see; the others are for machines.
#[derive(Default)]
struct Parts {
    message: String,
    hint: Option<String>,
}

impl Visit for Parts {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "hint" {
            self.hint = Some(value.to_owned());
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.message = format!("{value:?}");
        }
    }
}
